import { badField } from "../http/api-error.ts";

/** First and last instants that every part of the server can keep and write down: years 1 to 9999. */
const earliest = Date.parse("0001-01-01T00:00:00.000Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** A day, or a time with its offset: without one it would be whatever the server's own clock is set to. */
const iso8601 = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

/**
 * A time that came with a request, in ISO 8601. What JavaScript would read besides is refused: "1" is no year, and the 30th
 * of February not the 2nd of March.
 * @throws ApiError 400 naming the field, by `code`
 */
export function readTime(fieldName: string, text: string, code = "invalid.value"): Date {
	const day = iso8601.exec(text)?.[1];
	const time = new Date(day && isDay(day) ? text : Number.NaN);
	if (time.getTime() >= earliest && time.getTime() <= latest) return time;
	throw badField(fieldName, `${fieldName} must be a time such as 2026-11-26T08:00:00Z, of the years 1 to 9999.`, code);
}

/** As {@link readTime}, where midnight UTC is not what a day alone means: at an appointment. */
export function readInstant(fieldName: string, text: string): Date {
	return readTime(fieldName, text.includes("T") ? text : "");
}

/**
 * `interval` as the platform's operations spell it: `2026-01-01T00:00:00Z/2026-01-02T00:00:00Z`.
 * @throws ApiError 400 `invalid.query.param.value`
 */
export function readInterval(interval: string): { from: Date; to: Date } {
	const code = "invalid.query.param.value";
	const times = interval.split("/").map((part) => readTime("interval", part, code));
	const [from, to] = times;
	if (times.length === 2 && from && to && from.getTime() <= to.getTime()) return { from, to };
	throw badField("interval", "interval must be two ISO 8601 times with a slash between them.", code);
}

function isDay(day: string): boolean {
	const time = new Date(day);
	return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
