import { ApiError, badField } from "../kernel/http/api-error.ts";
import { checkedJson } from "../kernel/http/json-body.ts";

/** The platform's envelope around found users and groups. */
export function searchAnswer<T>(
	found: { results: T[]; total: number; type: string },
	pageSize: number,
	pageNumber: number,
) {
	return {
		total: found.total,
		pageCount: Math.ceil(found.total / pageSize),
		pageSize,
		pageNumber,
		types: [found.type],
		results: found.results,
	};
}

/** `q64` of the GET forms: the request as base64 of its JSON. */
export function readQ64(q64: string): unknown {
	try {
		return checkedJson(JSON.parse(Buffer.from(q64, "base64").toString("utf8")));
	} catch (error) {
		if (error instanceof ApiError) throw error;
		throw badField("q64", "q64 must be the base64 of a search request in JSON.", "invalid.query.param.value");
	}
}
