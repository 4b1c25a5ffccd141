import { type Static, type TSchema, Type } from "typebox";
import { Check } from "typebox/value";
import { badField, notSupported } from "../kernel/http/api-error.ts";

const Text = Type.Optional(Type.String({ maxLength: 500 }));
const Texts = Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 200 }));

const criterion = {
	type: Type.String(),
	fields: Texts,
	value: Text,
	values: Texts,
	startValue: Text,
	endValue: Text,
	operator: Type.Optional(Type.Union([Type.Literal("AND"), Type.Literal("OR"), Type.Literal("NOT")])),
};

/** A criterion whose groups are checked as deep as the search allows them. */
function criterionSchema(depth: number): TSchema {
	if (depth === 0) return Type.Object(criterion);
	return Type.Object({ ...criterion, group: Type.Optional(Type.Array(criterionSchema(depth - 1), { maxItems: 50 })) });
}

/** `UserSearchRequest` and `GroupSearchRequest`. */
export const SearchBody = Type.Object({
	sortOrder: Type.Optional(Type.String()),
	sortBy: Type.Optional(Type.String()),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
	expand: Type.Optional(Type.Array(Type.String())),
	sort: Type.Optional(
		Type.Array(Type.Object({ sortBy: Type.Optional(Type.String()), sortOrder: Type.Optional(Type.String()) })),
	),
	query: Type.Optional(Type.Array(criterionSchema(5), { maxItems: 50 })),
});

export type SearchRequest = Static<typeof SearchBody>;

/** For the GET forms, whose request arrives inside `q64`. */
export function readSearchRequest(value: unknown): SearchRequest {
	if (Check(SearchBody, value)) {
		const beyond = Object.entries(value).filter(([key, sent]) => sent && !Object.hasOwn(SearchBody.properties, key));
		if (beyond.length > 0) throw notSupported(beyond.map(([key]) => key));
		return value as SearchRequest;
	}
	throw badField("q64", "q64 does not hold a search request.", "invalid.query.param.value");
}
