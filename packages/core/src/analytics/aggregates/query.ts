import { isZone } from "@inlay/contract/wall-time";
import { type Static, Type } from "typebox";
import { badField, notSupported } from "../../kernel/http/api-error.ts";
import { readStretch } from "../details/query.ts";
import { type Condensed, filterBody, readFilter, type Vocabulary } from "../filters.ts";
import { measured, transferred } from "../metrics.ts";
import { bucketStarts } from "./buckets.ts";

const names = (maxItems: number) => Type.Array(Type.String({ maxLength: 100 }), { maxItems });

/** `ConversationAggregationQuery`. */
export const aggregateQueryBody = Type.Object({
	interval: Type.String({ maxLength: 200 }),
	granularity: Type.Optional(Type.String({ maxLength: 20 })),
	timeZone: Type.Optional(Type.String({ maxLength: 100 })),
	groupBy: Type.Optional(names(20)),
	filter: Type.Optional(filterBody),
	metrics: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 100 }),
});

/** What is asked of the facts. */
export interface AggregateQuery {
	from: Date;
	to: Date;
	/** Where its parts begin; the first with the interval. */
	starts: readonly Date[];
	groupBy: readonly string[];
	filter?: Condensed;
	/** As they were asked for. */
	metrics: readonly string[];
}

const longestMs = 31 * 86_400_000;
const mostDimensions = 3;

/** What a fact tells of whom it measures. */
export const factDimensions: ReadonlySet<string> = new Set([
	"conversationId",
	"direction",
	"mediaType",
	"originatingDirection",
	"purpose",
	"queueId",
	"userId",
	"wrapUpCode",
]);

/** A conversation is in several divisions: they filter, and group nothing. */
const vocabulary: Vocabulary = { dimensions: new Set([...factDimensions, "divisionId"]), metrics: new Set() };

/** @throws ApiError 400 naming the field */
export function readAggregateQuery(body: Static<typeof aggregateQueryBody>): AggregateQuery {
	const { interval, granularity, timeZone = "UTC", groupBy = [], filter, metrics } = body;
	const { from, to } = readStretch(interval, longestMs);
	if (!isZone(timeZone))
		throw badField("timeZone", `timeZone must be a zone such as Europe/Berlin; ${timeZone} is none.`);
	refuseUnknown("metrics", metrics, measured);
	refuseUnknown("groupBy", groupBy, factDimensions);
	const dimensions = [...new Set([...groupBy, "mediaType"])];
	if (dimensions.length > mostDimensions + 1)
		throw badField("groupBy", `groupBy takes ${mostDimensions} dimensions at most, beside mediaType.`);
	return {
		from,
		to,
		starts: bucketStarts(from, to, granularity, timeZone),
		groupBy: dimensions,
		...(filter ? { filter: readFilter(filter, vocabulary, "filter") } : {}),
		metrics: [...new Set(metrics)],
	};
}

function refuseUnknown(field: string, asked: readonly string[], known: ReadonlySet<string>): void {
	const unknown = asked.filter((one) => !known.has(one));
	if (unknown.length > 0) throw notSupported(unknown.map((one) => `${field}=${one}`));
}

/** The facts of which these metrics are made. */
export function factsFor(metrics: readonly string[]): string[] {
	return [...new Set(metrics.flatMap((one): readonly string[] => (one === "nTransferred" ? transferred : [one])))];
}
