import { type Static, Type } from "typebox";
import { badField, notSupported } from "../../kernel/http/api-error.ts";
import { isDescending, SortOrder } from "../../kernel/http/schemas.ts";
import { type AssetField, type AssetFilter, type AssetSort, assetFields, assetSorts } from "./asset-store.ts";

const text = Type.String({ minLength: 1, maxLength: 200 });

/** `ResponseAssetSearchRequest`. */
export const searchBody = Type.Object({
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
	sortOrder: SortOrder,
	sortBy: Type.Optional(text),
	query: Type.Array(
		Type.Object({
			type: text,
			fields: Type.Optional(Type.Array(text, { minItems: 1, maxItems: 10 })),
			value: Type.Optional(text),
			values: Type.Optional(Type.Array(text, { minItems: 1, maxItems: 100 })),
		}),
		{ maxItems: 20 },
	),
});
type Search = Static<typeof searchBody>;
type Asked = Search["query"][number];

/** Kinds of the platform's searches that a field of text has, as patterns. */
const patterns: Readonly<Record<string, (value: string) => string>> = {
	EXACT: (value) => value,
	TERM: (value) => value,
	TERMS: (value) => value,
	STARTS_WITH: (value) => `${value}%`,
	CONTAINS: (value) => `%${value}%`,
};

/** All of what is asked for has to hold; each in one field. @throws ApiError 400 naming what is not there */
export function readSearch({ query, sortBy = "name", sortOrder }: Search) {
	if (!Object.hasOwn(assetSorts, sortBy)) throw notSupported([`sortBy=${sortBy}`]);
	const order = { by: sortBy as AssetSort, descending: isDescending(sortOrder) };
	const filter: Omit<AssetFilter, "divisions"> = {
		patterns: query.filter(({ type }) => type.toUpperCase() !== "MATCH_ALL").map(readOne),
	};
	return { filter, order };
}

function readOne({ type, fields = [], value, values }: Asked) {
	const [field = "", second] = fields;
	const pattern = Object.hasOwn(patterns, type.toUpperCase()) ? patterns[type.toUpperCase()] : undefined;
	if (!pattern || second !== undefined || !Object.hasOwn(assetFields, field))
		throw notSupported([`query=${type} ${fields.join()}`]);
	const asked = values ?? (value === undefined ? [] : [value]);
	if (asked.length === 0) throw badField("query", "Each of query must have a value, or values.");
	return {
		field: field as AssetField,
		values: asked.map((one) => pattern(one.replaceAll(/[\\%_]/g, "\\$&"))),
	};
}
