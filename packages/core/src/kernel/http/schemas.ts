import { type TSchema, Type } from "typebox";

/** Ids are opaque to the server's schema layer; an unknown one is 404, never 400. */
export const Id = Type.String({ minLength: 1, maxLength: 200 });

/** `{name}` path parameter objects, e.g. `idParams("userId")`. */
export function idParams<K extends string>(...names: K[]) {
	return Type.Object(Object.fromEntries(names.map((name) => [name, Id])) as Record<K, typeof Id>);
}

/** The SDK sends arrays comma-joined; others repeat the key (platform-api 1.4). Both arrive as `string[]` through `readList`. */
export const CommaList = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));

/** Splits what `CommaList` lets in. */
export function readList(value: string | string[] | undefined): string[] {
	if (value === undefined) return [];
	const parts = Array.isArray(value) ? value : [value];
	return parts
		.flatMap((part) => part.split(","))
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

/** Key of a schema: which of the contract's values the route honours. */
const honoured = "x-honoured-values";
/** Keys for the schema of a body's field of which only these values are honoured; all others are refused by name. */
export function honouredIn(...values: string[]): Record<string, readonly string[]> {
	return { [honoured]: values };
}

/** A query parameter of which only these values are honoured; all others are refused by name. */
export function honouring(...values: string[]) {
	return Type.Optional(Type.String({ [honoured]: values }));
}

/** `expand`, comma-joined or repeated, of which these values are honoured. */
export function expanding(...values: string[]) {
	return Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())], { [honoured]: values }));
}

/** `sortOrder` as the platform's operations spell it: ASC, DESC, ascending, descending, in any letter case. */
export const SortOrder = Type.Optional(
	Type.String({ pattern: "^([Aa][Ss][Cc]|[Dd][Ee][Ss][Cc])([Ee][Nn][Dd][Ii][Nn][Gg])?$" }),
);

/** True where `SortOrder` asks for the last first. */
export function isDescending(sortOrder: string | undefined): boolean {
	return sortOrder?.toLowerCase().startsWith("desc") ?? false;
}

/** Values of a parameter's schema that are honoured, in lower case; undefined where it does not limit them. */
export function honouredValues(schema: unknown): ReadonlySet<string> | undefined {
	const values = (schema as Record<string, readonly string[] | undefined>)[honoured];
	return values && new Set(values.map((value) => value.toLowerCase()));
}

/** Query of a paged listing (platform-api 4.4), with room for a route's own keys. */
export function pagedQuery<T extends Record<string, TSchema>>(extra: T = {} as T) {
	return Type.Object({
		pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 25 })),
		pageNumber: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
		...extra,
	});
}

/** Query of a listing for which the platform has no pages: who asks for none gets all (`pageOrAll`). */
export const pagesIfAsked = {
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
};
