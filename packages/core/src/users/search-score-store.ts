import { type Expression, sql } from "kysely";
import { folded } from "../kernel/database/folded.ts";
import type { SearchCriterion } from "./search-store.ts";

/** Whoever types names few: more would cost each name a comparison, and tell little of what fits. */
const mostScored = 10;

/** These compare text that somebody types to find by. */
const typed = new Set(["CONTAINS", "STARTS_WITH", "QUERY_STRING", "SIMPLE", "TERM", "TERMS"]);

/**
 * How well a name fits what was searched for (`sortOrder: SCORE`), best first: the whole name, its beginning, that of one of its
 * words, a part of one; names that were found by something else come last. Whoever types "Anna" means no Hanna first.
 * @param name folded, as by `foldedInSql`
 */
export function scoreOf(criteria: readonly SearchCriterion[], name: Expression<string>): Expression<number> {
	const scores = textsOf(criteria)
		.slice(0, mostScored)
		.map((text) => {
			const spaced = text.replaceAll(/[-.,]/g, " ");
			return sql<number>`case
			when ${name} = ${text} then 4
			when starts_with(${name}, ${text}) then 3
			when position(${` ${spaced}`} in translate(' ' || ${name}, '-.,', '   ')) > 0 then 2
			when position(${text} in ${name}) > 0 then 1
			else 0 end`;
		});
	return scores.length === 0 ? sql<number>`(0 + 0)` : sql<number>`greatest(${sql.join(scores)})`;
}

function textsOf(criteria: readonly SearchCriterion[]): string[] {
	const all = criteria.flatMap(({ type, value, values = [], operator, group }): string[] => {
		if (operator?.toUpperCase() === "NOT") return [];
		if (group && group.length > 0) return textsOf(group);
		return typed.has(type.toUpperCase()) ? [...(value === undefined ? [] : [value]), ...values] : [];
	});
	return [...new Set(all.map((text) => folded(text).trim()))].filter((text) => text !== "");
}
