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
	/** `before`: characters that were put into the line in front of it. */
	const byLine = new Map<number, { column: number; length: number; before: number }[]>();
	for (const { line, column, text } of insertions) {
		const ofLine = byLine.get(line) ?? [];
		const last = ofLine.at(-1);
		ofLine.push({ column, length: text.length, before: last ? last.before + last.length : 0 });
		byLine.set(line, ofLine);
	}
	return {
		code: withInsertions(source, insertions),
		columnWithout(inLine, column) {
			const last = lastWhere(byLine.get(inLine), ({ column: at, before }) => at + before <= column);
			if (!last) return column;
			const { column: at, length, before } = last;
			// Within a guard: where it was put in.
			return Math.max(at, column - before - length);
		},
		mappings: (without) =>
			shiftColumns(without, (inLine, column) => {
				const last = lastWhere(byLine.get(inLine), ({ column: at }) => at <= column);
				return last ? column + last.before + last.length : column;
			}),
	};
}

/** The last of those that fit, which stand in front of the others: a line of a packed script has thousands. */
function lastWhere<One>(all: readonly One[] = [], fits: (one: One) => boolean): One | undefined {
	let [from, to] = [0, all.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		const one = all[middle];
		if (one !== undefined && fits(one)) from = middle + 1;
		else to = middle;
	}
	return all[from - 1];
}
