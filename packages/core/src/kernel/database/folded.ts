import { plainLetters } from "@inlay/contract/words";
import { type Expression, sql } from "kysely";

/** `folded` (contract, words.ts) in PostgreSQL, whose expressions know no `\\p{M}`. */
export function foldedInSql(text: Expression<string | null>): Expression<string> {
	const bare = sql<string>`lower(regexp_replace(normalize(coalesce(${text}, ''), NFKD), ${sql.lit(`[${marks()}]`)}, '', 'g'))`;
	return Object.entries(plainLetters).reduce<Expression<string>>(
		(plain, [letter, instead]) => sql<string>`replace(${plain}, ${sql.lit(letter)}, ${sql.lit(instead)})`,
		bare,
	);
}

/** Behind the last plane in which scripts have marks. */
const end = 0x1f000;
let known: string | undefined;

/** All marks, as ranges of a bracket expression. */
function marks(): string {
	if (known !== undefined) return known;
	const ranges: [number, number][] = [];
	for (let code = 0x300; code < end; code++) {
		if (!/\p{M}/u.test(String.fromCodePoint(code))) continue;
		const last = ranges.at(-1);
		if (last && last[1] === code - 1) last[1] = code;
		else ranges.push([code, code]);
	}
	const one = (code: number) => `\\U${code.toString(16).padStart(8, "0")}`;
	known = ranges.map(([from, to]) => (from === to ? one(from) : `${one(from)}-${one(to)}`)).join("");
	return known;
}
