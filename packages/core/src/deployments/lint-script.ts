/** The linter of `@inlay/framework` at the upload (docs/framework-lint.md), in a thread that runs when a script comes. */
import type { LintFinding, LintOptions, lintFrameworkScript, scriptFailure } from "@inlay/framework";
import { NoAnswer, SideThread } from "../kernel/threads/side-thread.ts";

export interface LintQuestion {
	source: string;
	/** Absent: only whether it can run is asked. */
	options?: LintOptions;
}

export type LintAnswer =
	| { failure: NonNullable<ReturnType<typeof scriptFailure>> }
	| { findings: ReturnType<typeof lintFrameworkScript> };

/** A script of the largest size takes two seconds of a busy machine. */
const longestMs = 15_000;
const thread = new SideThread<LintQuestion, LintAnswer>({
	entry: new URL("./lint-thread.ts", import.meta.url),
	longestMs,
	megabytes: 512,
	idleMs: 20_000,
});

/** Why a script cannot run in a panel, with the line; undefined where it can. */
export async function syntaxError(source: string): Promise<string | undefined> {
	const answer = await asked({ source });
	if (!answer) return "nobody can read it in time";
	if (!("failure" in answer)) return undefined;
	const { isModule, message, line } = answer.failure;
	const why = isModule ? "it is a module, and the panel loads a classic script" : message;
	return `${why} (line ${line})`;
}

/** More ids than any script has regions. */
const mostIds = 60;

/**
 * What is worth a look in a script that was taken; undefined where the linter could not finish.
 * @param clientExists whether an OAuth client of the organization has an id
 */
export async function lintScript(
	source: string,
	clientExists: (id: string) => Promise<boolean>,
	preserveAttributeCase = false,
): Promise<LintFinding[] | undefined> {
	const written = source.toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
	const clientIds: string[] = [];
	for (const id of [...new Set(written)].slice(0, mostIds)) if (await clientExists(id)) clientIds.push(id);
	const answer = await asked({ source, options: { organization: { clientIds, preserveAttributeCase } } });
	return answer && "findings" in answer ? answer.findings : undefined;
}

async function asked(question: LintQuestion): Promise<LintAnswer | undefined> {
	try {
		return await thread.ask(question);
	} catch (error) {
		if (error instanceof NoAnswer) return undefined;
		throw error;
	}
}
