import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db, Trx } from "./database.ts";

/**
 * A text in small letters as `lower(…)` of a column has them. JavaScript has others for some: of İ it makes two characters, of
 * a Σ that ends a word a ς, and what PostgreSQL makes of them depends on the database's locale. So both sides of a comparison
 * are made small in one place, and what is asked for stays as it was written.
 */
export function lowered(text: string): RawBuilder<string> {
	return sql<string>`lower(${text}::text)`;
}

/** Whether the column is one of these but for capitals: an array, which an index is asked for, also of two columns under an OR. */
export function isOneOf(column: RawBuilder<unknown>, texts: readonly string[]): RawBuilder<SqlBool> {
	return sql<SqlBool>`lower(${column}) = any(${loweredAll(texts)})`;
}

/** Whether a text with capitals of its own, in small letters, is like one of the patterns. */
export function isLikeOneOf(column: RawBuilder<unknown>, patterns: readonly string[]): RawBuilder<SqlBool> {
	return sql<SqlBool>`lower(${column}) like any(${loweredAll(patterns)})`;
}

function loweredAll(texts: readonly string[]): RawBuilder<string[]> {
	return sql<string[]>`array(select lower(one) from unnest(${[...texts]}::text[]) one)`;
}

/** Each of the texts as {@link isOneOf} compares it: what is the same there has one key. */
export async function loweredKeys(db: Db | Trx, texts: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ one: string; key: string }>`
		select one, lower(one) as key from unnest(${[...texts]}::text[]) one`.execute(db);
	return new Map(rows.map(({ one, key }) => [one, key]));
}
