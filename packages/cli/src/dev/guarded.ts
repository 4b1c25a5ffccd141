/** A script with the guards that the server puts in, of which it is known where they stand: no line moves, columns do. */
import { type LineOf, turnGuards, withInsertions } from "@inlay/framework";
import { shiftColumns } from "./shift-columns.ts";

export interface Guarded {
	code: string;
	/** The column of the script without guards; all count from 1. */
	columnWithout(line: number, column: number): number;
	/** A source map's mappings of the script without guards, as they are with them. */
	mappings(without: string): string;
}

/** Undefined for what is no script. @param lineOf the author's line for one of the script's */
export function guarded(source: string, lineOf?: LineOf): Guarded | undefined {
	const insertions = turnGuards(source, lineOf);
	if (!insertions) return undefined;
	const byLine = new Map<number, { column: number; length: number }[]>();
	for (const { line, column, text } of insertions)
		byLine.set(line, [...(byLine.get(line) ?? []), { column, length: text.length }]);
	return {
		code: withInsertions(source, insertions),
		columnWithout(inLine, column) {
			let before = 0;
			for (const { column: at, length } of byLine.get(inLine) ?? []) {
				if (column < at + before) break;
				// Within a guard: where it was put in.
				if (column < at + before + length) return at;
				before += length;
			}
			return column - before;
		},
		mappings: (without) =>
			shiftColumns(without, (inLine, column) => {
				const before = (byLine.get(inLine) ?? []).filter(({ column: at }) => at <= column);
				return before.reduce((sum, { length }) => sum + length, column);
			}),
	};
}
