import { wantedWords } from "@inlay/contract/words";
import { type Expression, type SqlBool, sql } from "kysely";
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
		.map((words) => {
			const text = words.join(" ");
			return sql<number>`case
			when ${name} = ${text} then 4
			when starts_with(${name}, ${text}) then 3
			when ${every(words.map((word) => beginsWord(name, word)))} then 2
			when ${every(words.map((word) => isIn(name, word)))} then 1
			else 0 end`;
		});
	return scores.length === 0 ? sql<number>`(0 + 0)` : sql<number>`greatest(${sql.join(scores)})`;
}

/** Whoever types a name types few words. */
const mostWords = 8;

function textsOf(criteria: readonly SearchCriterion[]): string[][] {
	return [...new Set(typedIn(criteria).map((text) => wantedWords(text).slice(0, mostWords).join(" ")))]
		.filter((text) => text !== "")
		.map((text) => text.split(" "));
}

function every(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
	return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

function beginsWord(name: Expression<string>, word: string): Expression<SqlBool> {
	const spaced = ` ${word.replaceAll(/[-.]/g, " ")}`;
	return sql<SqlBool>`position(${spaced} in translate(' ' || ${name}, '-.,', '   ')) > 0`;
}

function isIn(name: Expression<string>, word: string): Expression<SqlBool> {
	return sql<SqlBool>`position(${word} in ${name}) > 0`;
}

function typedIn(criteria: readonly SearchCriterion[]): string[] {
	return criteria.flatMap(({ type, value, values = [], operator, group }): string[] => {
		if (operator?.toUpperCase() === "NOT") return [];
		if (group && group.length > 0) return typedIn(group);
		return typed.has(type.toUpperCase()) ? [...(value === undefined ? [] : [value]), ...values] : [];
	});
}
