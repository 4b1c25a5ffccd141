import { withoutComments } from "@inlay/contract/health/sign-in-choice";

/** Something to look at in a framework.js that is no mistake: those are the linter's (`use-findings.ts`). */
export type ScriptHint = "no.setup" | "too.large";

/** Largest script that the server takes, in bytes of UTF-8. */
export const maxScriptBytes = 1_048_576;

/** Reads a script as text and says what its author may have forgotten. */
export function scriptHints(written: string): ScriptHint[] {
	if (written.trim() === "") return [];
	const source = withoutComments(written);
	const hints: ScriptHint[] = [];
	if (new TextEncoder().encode(written).length > maxScriptBytes) hints.push("too.large");
	if (!/\bFramework\b/.test(source)) return hints;
	if (!/\binitialSetup\b/.test(source)) hints.push("no.setup");
	return hints;
}

/** The line that the server's refusal names, from 1. */
export function refusedLine(message: string): number | undefined {
	const line = /\(line (\d+)\)/.exec(message)?.[1];
	return line ? Number(line) : undefined;
}
