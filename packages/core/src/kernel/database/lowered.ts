import { type RawBuilder, type SqlBool, sql } from "kysely";

/**
 * A text in small letters as `lower(…)` of a column has them. JavaScript has others for some: of İ it makes two characters, of
 * a Σ that ends a word a ς, and what PostgreSQL makes of them depends on the database's locale. So both sides of a comparison
 * are made small in one place, and what is asked for stays as it was written.
 */
export function lowered(text: string): RawBuilder<string> {
	return sql<string>`lower(${text}::text)`;
}

/** Whether the column is one of these but for capitals. */
export function isOneOf(column: RawBuilder<unknown>, texts: readonly string[]): RawBuilder<SqlBool> {
	return sql<SqlBool>`lower(${column}) in (select lower(one) from unnest(${[...texts]}::text[]) one)`;
}
