import { type Static, Type } from "typebox";
import { badField } from "../../kernel/http/api-error.ts";
import { honouredIn } from "../../kernel/http/schemas.ts";
import { readInterval } from "../../kernel/time/times.ts";
import { filterBody, readFilter } from "../filters.ts";
import type { DetailFilter } from "./find-store.ts";
import { conversationVocabulary, segmentVocabulary } from "./vocabulary.ts";

const filters = Type.Optional(Type.Array(filterBody, { maxItems: 20 }));

const asked = {
	interval: Type.String({ maxLength: 200 }),
	conversationFilters: filters,
	segmentFilters: filters,
	order: Type.Optional(Type.Union([Type.Literal("asc"), Type.Literal("desc")])),
	orderBy: Type.Optional(Type.String({ maxLength: 50, ...honouredIn("conversationStart") })),
};

/** `ConversationQuery`. */
export const detailQueryBody = Type.Object({
	...asked,
	paging: Type.Optional(
		Type.Object({
			pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
			pageNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
		}),
	),
});

/** `AsyncConversationQuery`: results come in the order in which the conversations began. */
export const detailJobBody = Type.Object({
	...asked,
	order: Type.Optional(Type.String({ maxLength: 10, ...honouredIn("asc") })),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
});

const dayMs = 86_400_000;
/** How far a page goes, and a job. */
export const longestQueryMs = 31 * dayMs;
export const longestJobMs = 400 * dayMs;

/**
 * @throws ApiError 400 naming the field
 * @returns the filter without what the asker may see
 */
export function readDetailQuery(
	{ interval, conversationFilters = [], segmentFilters = [] }: Omit<Static<typeof detailJobBody>, "limit" | "order">,
	longestMs: number,
): Omit<DetailFilter, "reach"> {
	const { from, to } = readStretch(interval, longestMs);
	return {
		from,
		to,
		conversation: conversationFilters.map((one) => readFilter(one, conversationVocabulary, "conversationFilters")),
		segment: segmentFilters.map((one) => readFilter(one, segmentVocabulary, "segmentFilters")),
	};
}

/** An interval that is not empty, and no longer than this. @throws ApiError 400 naming it */
export function readStretch(interval: string, longestMs: number): { from: Date; to: Date } {
	const { from, to } = readInterval(interval);
	const lasts = to.getTime() - from.getTime();
	if (lasts === 0) throw badField("interval", "interval is empty: its end comes after its beginning.");
	// The clocks may be put back in a month of days.
	if (lasts <= longestMs + 3_600_000) return { from, to };
	throw badField(
		"interval",
		`interval may span ${longestMs / dayMs} days at most. Ask for parts of it one after the other.`,
	);
}
