import { type Static, Type } from "typebox";
import { badField, notSupported } from "../kernel/http/api-error.ts";
import type { ResponseFilter } from "./response-store.ts";

/** `ResponseQueryRequest`. */
export const queryBody = Type.Object({
	queryPhrase: Type.Optional(Type.String({ maxLength: 200 })),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
	filters: Type.Optional(
		Type.Array(
			Type.Object({
				name: Type.String({ minLength: 1, maxLength: 40 }),
				operator: Type.String({ minLength: 1, maxLength: 20 }),
				values: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
			}),
			{ maxItems: 20 },
		),
	),
});
type Query = Static<typeof queryBody>;
type Asked = NonNullable<Query["filters"]>[number];

const nameOperators = {
	EQUALS: "equals",
	IN: "equals",
	BEGINS_WITH: "begins",
	ENDS_WITH: "ends",
	CONTAINS: "contains",
} as const;

/** @throws ApiError 400 naming the filter that is not there */
export function readFilters({ queryPhrase, filters = [] }: Query): ResponseFilter {
	const names = filters.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) < index);
	if (twice !== undefined) throw badField("filters", `filters may name ${twice} once.`);
	return Object.assign({ search: queryPhrase }, ...filters.map(readFilter));
}

function readFilter({ name, operator, values }: Asked): ResponseFilter {
	if (name === "libraryId" && (operator === "EQUALS" || operator === "IN")) return { libraryIds: values };
	if (name === "libraryId" && operator === "NOTEQUALS") return { notInLibraryIds: values };
	if (name === "name" && Object.hasOwn(nameOperators, operator))
		return { name: { how: nameOperators[operator as keyof typeof nameOperators], values } };
	if (name === "responseType" && values.join() === "Footer" && /^(EQUALS|IN|NOTEQUALS)$/.test(operator))
		return { isSignature: operator !== "NOTEQUALS" };
	throw notSupported([`filters=${name} ${operator}`]);
}
