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

/** Query of a paged listing (platform-api 4.4), with room for a route's own keys. */
export function pagedQuery<T extends Record<string, TSchema>>(extra: T = {} as T) {
	return Type.Object({
		pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 25 })),
		pageNumber: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
		sortBy: Type.Optional(Type.String()),
		sortOrder: Type.Optional(Type.String()),
		expand: CommaList,
		...extra,
	});
}
