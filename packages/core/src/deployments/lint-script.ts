/** The linter of `@inlay/framework` at the upload (docs/framework-lint.md), in a thread that runs when a script comes. */
import { Script } from "node:vm";
import { extraOperations, mayWantIsolation, minimalOperations, type PlatformOperation } from "@inlay/contract";
import type {
	LintFinding,
	LintOptions,
	LintOrganization,
	LintSwitches,
	lintFrameworkScript,
	ReadSettings,
	scriptFailure,
} from "@inlay/framework";
import { NoAnswer, SideThread } from "../kernel/threads/side-thread.ts";

export interface LintQuestion {
	source: string;
	options: LintOptions;
	/** Nothing else is asked. */
	only?: "isolation" | "settings" | "guards";
}

type Failure = NonNullable<ReturnType<typeof scriptFailure>>;
export type LintAnswer =
	| { failure: Failure }
	| {
			findings: ReturnType<typeof lintFrameworkScript>;
			isolation?: boolean;
			settings?: ReadSettings | undefined;
			guarded?: string | undefined;
	  };

/** As the linter is told of them, before they have been checked, too. */
export function lintSwitches(properties: { [Name in keyof LintSwitches]?: unknown }): Required<LintSwitches> {
	const isOn = (name: keyof LintSwitches) => properties[name] === true;
	return {
		preserveAttributeCase: isOn("preserveAttributeCase"),
		pageCompatibility: isOn("pageCompatibility"),
		isolation: isOn("isolation"),
	};
}

/** What is said of a script that somebody brings: it cannot run, or what is worth a look in it. */
export type Examined = { refusal: string } | { findings: LintFinding[] };

export interface Examination {
	/** Who brings it: those who wait take turns. */
	who: string;
	/** Whether an OAuth client of the organization has an id. */
	clientExists(id: string): Promise<boolean>;
	/** Absent: nothing that depends on them is asked. */
	switches?: LintSwitches;
}

/** A script of the largest size takes two seconds of a busy machine. */
const longestMs = 15_000;
/** Whoever uploads waits, and so does their browser. */
const patienceMs = 8_000;
const thread = new SideThread<LintQuestion, LintAnswer>({
	entry: new URL("./lint-thread.ts", import.meta.url),
	longestMs,
	patienceMs,
	megabytes: 512,
	idleMs: 20_000,
});

/** A longer script gets its guards in the thread, which takes half a second to begin; UTF-16 units. */
const guardedAtOnce = 32_000;

/** Panels wait for guards: not behind what somebody uploads, or Health reads. */
const guarding = new SideThread<LintQuestion, LintAnswer>({
	entry: new URL("./lint-thread.ts", import.meta.url),
	longestMs,
	patienceMs,
	megabytes: 512,
	idleMs: 20_000,
});

/** More ids than any script has regions. */
const mostIds = 60;

/** Never waits longer than for its turn and its own time: what the linter has not read by then is said to be unread. */
export async function examineScript(
	source: string,
	by: Examination,
	linter: Pick<typeof thread, "ask"> = thread,
): Promise<Examined> {
	const written = source.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? [];
	const clientIds: string[] = [];
	for (const id of [...new Set(written)].slice(0, mostIds)) if (await by.clientExists(id)) clientIds.push(id);
	const question = { source, options: { organization: { clientIds, ...by.switches } } };
	const answer = await linter.ask(question, by.who).catch(withoutAnswer);
	if (!answer) return unread(source);
	return "failure" in answer ? { refusal: refusalOf(answer.failure) } : { findings: [...answer.findings] };
}

/**
 * What the linter says of a script that is in use, for who looks after it; undefined where it had no time.
 * @param who asks: those who wait take turns
 */
export async function lintInstalled(
	source: string,
	who: string,
	organization: LintSwitches & Pick<LintOrganization, "clientIds" | "scopes">,
): Promise<Pick<LintFinding, "code" | "severity" | "message" | "line">[] | undefined> {
	const operations = organization.scopes ? [...minimalOperations, ...extraOperations].map(forLinter) : undefined;
	const question = { source, options: { organization: { ...organization, ...(operations ? { operations } : {}) } } };
	const answer = await thread.ask(question, who).catch(withoutAnswer);
	if (!answer) return undefined;
	if ("failure" in answer) {
		const { message, line, isModule } = answer.failure;
		return [{ code: isModule ? "script.is.module" : "script.syntax", severity: "error", message, line }];
	}
	return answer.findings.map(({ code, severity, message, line }) => ({ code, severity, message, line }));
}

const forLinter = ({ method, path, permissions, permissionMode, scopes }: PlatformOperation) => ({
	...{ method, path, permissions, permissionMode, scopes },
});

/** Whether a script asks to run isolated. `isSure`: it has been read; one that nobody could read in time is taken by its text. */
export async function asksForIsolation(source: string, who: string): Promise<{ asks: boolean; isSure: boolean }> {
	if (!mayWantIsolation(source)) return { asks: false, isSure: true };
	const answer = await thread.ask({ source, options: {}, only: "isolation" }, who).catch(withoutAnswer);
	if (!answer) return { asks: true, isSure: false };
	return { asks: "findings" in answer ? answer.isolation === true : true, isSure: true };
}

/** What a script's settings show; undefined where its text does not say, or nobody could read it in time. */
export async function readShownSettings(source: string, who: string): Promise<ReadSettings | undefined> {
	const answer = await thread.ask({ source, options: {}, only: "settings" }, who).catch(withoutAnswer);
	return answer && "settings" in answer ? answer.settings : undefined;
}

/** The script with its guards; undefined where it cannot be read, `busy` where nobody had the time. */
export async function guardScript(source: string, who: string): Promise<string | "busy" | undefined> {
	// With its parser it is loaded for the first who needs it, and not when the server starts.
	if (source.length <= guardedAtOnce) return (await import("@inlay/framework")).guardTurns(source);
	const answer = await guarding.ask({ source, options: {}, only: "guards" }, who).catch(withoutAnswer);
	if (!answer) return "busy";
	return "guarded" in answer ? answer.guarded : undefined;
}

function refusalOf({ isModule, isTooDeep, message, line }: Failure): string {
	if (isTooDeep) return `nests too deeply to be read (line ${line}).`;
	return `is not JavaScript: ${isModule ? "it is a module, and the panel loads a classic script" : message} (line ${line}).`;
}

/** Whether it can run is known without the linter; what else there is to say of it is not. */
function unread(source: string): Examined {
	try {
		new Script(source);
	} catch (error) {
		// What nests too deeply for one reader is left to the browser.
		if (error instanceof SyntaxError) return { refusal: `is not JavaScript: ${error.message}.` };
	}
	return { findings: [unchecked(source)] };
}

function unchecked(source: string): LintFinding {
	const kilobytes = Math.round(source.length / 1000);
	return {
		...{ code: "script.unchecked", severity: "warning", line: 1, column: 1, endLine: 1, endColumn: 1 },
		message: `The script can run and is in use, but was not looked at: the server had no time to read its ${kilobytes} kB. Upload it again later, or run inlay lint on it.`,
	};
}

function withoutAnswer(error: unknown): undefined {
	if (!(error instanceof NoAnswer)) throw error;
}
