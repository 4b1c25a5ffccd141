import { withoutComments } from "./script-text.ts";

/** Something to look at in a framework.js that is JavaScript all the same. */
export type ScriptHint = "no.framework" | "no.setup" | "no.client" | "foreign.client" | "too.large" | "local.only";

/** Largest script that the server takes, in bytes of UTF-8. */
const maxBytes = 1_048_576;

/**
 * Reads a script as text and says what looks wrong. It warns, it does not refuse: the server alone decides, and a script
 * may do by other means what is looked for here.
 */
export function scriptHints(written: string, clientIds: readonly string[]): ScriptHint[] {
	if (written.trim() === "") return [];
	const source = withoutComments(written);
	const hints: ScriptHint[] = [];
	if (new TextEncoder().encode(written).length > maxBytes) hints.push("too.large");
	if (!/\bFramework\b/.test(source)) return [...hints, "no.framework"];
	if (/\b(?:const|let)\s+Framework\b/.test(source) && !/(?:window|self|globalThis)\s*\.\s*Framework\b/.test(source)) {
		hints.push("local.only");
	}
	if (!/\binitialSetup\b/.test(source)) hints.push("no.setup");
	hints.push(...clientHints(source, clientIds));
	return hints;
}

function clientHints(source: string, known: readonly string[]): ScriptHint[] {
	if (!/\bclientIds\b/.test(source)) return ["no.client"];
	const named = source.toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
	if (named.length === 0) return ["no.client"];
	return named.some((id) => known.includes(id)) ? [] : ["foreign.client"];
}

/** The line that the server's refusal names, from 1. */
export function refusedLine(message: string): number | undefined {
	const line = /\(line (\d+)\)/.exec(message)?.[1];
	return line ? Number(line) : undefined;
}
