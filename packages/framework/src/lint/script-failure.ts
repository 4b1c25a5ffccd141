import { parseScript } from "./source/parse.ts";
import { Places } from "./source/places.ts";

/** Why a source is no classic script, for who only wants to know that: much less work than all rules. */
export interface ScriptFailure {
	/** The parser's words, without a full stop. */
	message: string;
	/** From 1. */
	line: number;
	/** It would run as a module, which the panel does not load. */
	isModule: boolean;
	/** It may well be JavaScript, and nests deeper than can be read. */
	isTooDeep: boolean;
}

/** Undefined for what the panel's window would run. Never throws. */
export function scriptFailure(source: string): ScriptFailure | undefined {
	const parsed = parseScript(source);
	if (!("failure" in parsed)) return undefined;
	const { message, at, isModule, isTooDeep } = parsed.failure;
	return { message, line: new Places(source).range(at, at).line, isModule, isTooDeep };
}
