import type { JsonSchema } from "@inlay/contract";
import { type Static, type TSchema, Type } from "typebox";
import { Check } from "typebox/value";
import { badField } from "../kernel/http/api-error.ts";
import { refuseUnread } from "../kernel/http/contract-check.ts";
import type { SearchCriterion } from "./search-store.ts";

const Text = Type.Optional(Type.String({ maxLength: 500 }));
const Texts = Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 200 }));

const criterion = {
	type: Type.String(),
	fields: Texts,
	value: Text,
	values: Texts,
	operator: Type.Optional(Type.Union([Type.Literal("AND"), Type.Literal("OR"), Type.Literal("NOT")])),
};

/** A criterion whose groups are checked as deep as the search allows them. */
function criterionSchema(depth: number): TSchema {
	if (depth === 0) return Type.Object(criterion);
	return Type.Object({ ...criterion, group: Type.Optional(Type.Array(criterionSchema(depth - 1), { maxItems: 50 })) });
}

/** One criterion without others in it. */
export const plainCriterion = criterionSchema(0);

/** Whether a search asks for a state: else it finds who is active. */
export function stateIsWanted(query: readonly SearchCriterion[]): boolean {
	return query.some((one) => one.fields?.includes("state") || stateIsWanted(one.group ?? []));
}

/** `GroupSearchRequest`. */
export const GroupSearchBody = Type.Object({
	sortOrder: Type.Optional(Type.String()),
	sortBy: Type.Optional(Type.String()),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
	pageNumber: Type.Optional(Type.Integer({ minimum: 1 })),
	sort: Type.Optional(
		Type.Array(Type.Object({ sortBy: Type.Optional(Type.String()), sortOrder: Type.Optional(Type.String()) })),
	),
	query: Type.Optional(Type.Array(criterionSchema(5), { maxItems: 50 })),
});

/** `UserSearchRequest`. */
export const UserSearchBody = Type.Object({
	...GroupSearchBody.properties,
	expand: Type.Optional(Type.Array(Type.String())),
});

export type SearchRequest = Static<typeof UserSearchBody>;

/** For the GET forms, whose request arrives inside `q64`. @throws ApiError 400, naming what is not read of it */
export function readSearchRequest(value: unknown, schema: TSchema): SearchRequest {
	if (!Check(schema, value)) {
		throw badField("q64", "q64 does not hold a search request.", "invalid.query.param.value");
	}
	refuseUnread(schema as JsonSchema, value);
	return value as SearchRequest;
}
