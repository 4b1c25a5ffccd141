import { badField } from "../http/api-error.ts";

/** First and last instants that every part of the server can keep and write down: years 1 to 9999. */
const earliest = Date.parse("0001-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * A time that came with a request, as ISO 8601 or any form that JavaScript reads.
 * @throws ApiError 400 naming the field, by `code`
 */
export function readTime(fieldName: string, text: string, code = "invalid.value"): Date {
	const time = new Date(text);
	if (time.getTime() >= earliest && time.getTime() <= latest) return time;
	throw badField(fieldName, `${fieldName} must be a time such as 2026-11-26T08:00:00Z, of the years 1 to 9999.`, code);
}
