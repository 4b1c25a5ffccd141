import { type Expression, sql } from "kysely";

/** Text as searches compare it: without letter case and accents, so that "jose" finds José. As {@link foldedInSql}. */
export function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replaceAll(/[\u0300-\u036f]/g, "")
		.toLowerCase();
}

/** {@link folded} in PostgreSQL. */
export function foldedInSql(text: Expression<string | null>): Expression<string> {
	return sql<string>`lower(regexp_replace(normalize(coalesce(${text}, ''), NFKD), '[\\u0300-\\u036f]', '', 'g'))`;
}
