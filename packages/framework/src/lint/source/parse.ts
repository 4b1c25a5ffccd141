import { type Options, type Program, parse } from "acorn";

/** Why a source is no classic script; `at` counts UTF-16 units from its start. */
export interface ParseFailure {
	message: string;
	at: number;
	/** It would run as a module, which the panel does not load. */
	isModule: boolean;
	/** It may well be JavaScript: the parser's stack does not suffice for it. */
	isTooDeep: boolean;
}

const classic: Options = { ecmaVersion: "latest", sourceType: "script", locations: false };

/** Parses as the panel's window will: a classic script, in sloppy mode (framework-contract 2, point 7). */
export function parseScript(source: string): { program: Program } | { failure: ParseFailure } {
	try {
		return { program: parse(source, classic) };
	} catch (thrown) {
		const failed = failureOf(thrown);
		return { failure: { ...failed, isModule: !failed.isTooDeep && parsesAs(source, "module") } };
	}
}

function parsesAs(source: string, sourceType: "module"): boolean {
	try {
		parse(source, { ...classic, sourceType });
		return true;
	} catch {
		return false;
	}
}

/** The parser's words without the place that it adds. What nests too deeply for it is none of its grammar's faults. */
function failureOf(thrown: unknown): Omit<ParseFailure, "isModule"> {
	const { message, pos = 0 } = thrown as { message?: string; pos?: number };
	const isTooDeep = thrown instanceof RangeError || String(message).startsWith("Not enough stack space");
	if (isTooDeep) return { message: "it nests too deeply to be read", at: pos, isTooDeep };
	return { message: String(message).replace(/ \(\d+:\d+\)$/, ""), at: pos, isTooDeep };
}
