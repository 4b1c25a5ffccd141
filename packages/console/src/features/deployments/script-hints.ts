/** Something to look at that the linter cannot say: what is wrong in a framework.js is the linter's alone (`use-findings.ts`). */
export type ScriptHint = "too.large";

/** Largest script that the server takes, in bytes of UTF-8. */
export const maxScriptBytes = 1_048_576;

/** What is to be said of a script before it is sent. */
export function scriptHints(written: string): ScriptHint[] {
	return new TextEncoder().encode(written).length > maxScriptBytes ? ["too.large"] : [];
}

/** The line that the server's refusal names, from 1. */
export function refusedLine(message: string): number | undefined {
	const line = /\(line (\d+)\)/.exec(message)?.[1];
	return line ? Number(line) : undefined;
}
