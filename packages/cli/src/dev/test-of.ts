/** "Copy as test": what the inspector has seen, as a test of the script by the harness of `@inlay/framework`, which passes. */
import { isDeepStrictEqual } from "node:util";
import { Worker } from "node:worker_threads";
import { besideUs } from "./beside-us.ts";
import type { HarnessPlan, HarnessResult } from "./harness-worker.ts";
import type { Entry } from "./protocol.ts";

export interface TestFacts {
	/** Name of the script's file. */
	file: string;
	/** A classic script. */
	source: string;
	/** Of the page around the panel, and the panel's address behind its `?`. */
	hostOrigin: string;
	search: string;
}

/** A script that does not come to an end; milliseconds. */
const patienceMs = 5_000;

/**
 * What the script does is what it does in the harness, to which it is asked twice: what differs from time to time, such as a
 * date, is not held against it. Rejects with an Error to show.
 */
export async function testOf(entry: Entry, facts: TestFacts): Promise<string> {
	const plan = {
		source: facts.source,
		hostOrigin: facts.hostOrigin,
		search: withoutOurs(facts.search),
		step: stepOf(entry),
	};
	const [first, second] = await play(plan);
	const steady = (key: keyof HarnessResult) => isDeepStrictEqual(first[key], second[key]);
	const [lead, ...code] = sourceOf(facts.file);
	return [
		'import assert from "node:assert/strict";',
		...(lead ? [lead] : []),
		'import { test } from "node:test";',
		'import { runFrameworkScript } from "@inlay/framework/harness";',
		...code,
		"",
		`test(${JSON.stringify(`${entry.name} is answered as in the panel`)}, () => {`,
		`	const run = runFrameworkScript(source, ${literal({ hostOrigin: plan.hostOrigin, search: plan.search })});`,
		"	run.initialSetup();",
		"	const [acted, told] = [run.actions.length, run.host.received.length];",
		`	${callOf(plan.step)}`,
		...(first.answer === undefined ? [] : [`	assert.deepEqual(plain(answer), ${literal(first.answer)});`]),
		steady("actions")
			? `	assert.deepEqual(plain(run.actions.slice(acted)), ${literal(first.actions)});`
			: "	// What it asked of PureCloud is not the same each time.",
		steady("told")
			? `	assert.deepEqual(plain(run.host.received.slice(told)), ${literal(first.told)});`
			: "	// What it told the page is not the same each time.",
		"});",
		"",
		"/** What came from the script's window, as of ours. */",
		"function plain(value) {",
		"	return JSON.parse(JSON.stringify(value));",
		"}",
		"",
	].join("\n");
}

/** What makes a panel of local development of it is not for the script. */
function withoutOurs(search: string): string {
	const parameters = new URLSearchParams(search);
	for (const name of ["crm", "framework", "deployment", "login_hint"]) parameters.delete(name);
	return parameters.size > 0 ? `?${parameters}` : "";
}

function stepOf({ kind, name, payload, direction, isObject }: Entry): HarnessPlan["step"] {
	const [type = "", category = ""] = name.split(" ");
	if (kind === "event") return { do: "emit", given: [type, category, payload] };
	if (kind === "message" && direction === "in")
		return { do: "message", given: [isObject || typeof payload === "string" ? payload : JSON.stringify(payload)] };
	const known = ["initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"] as const;
	const callback = kind === "callback" ? known.find((each) => each === name) : undefined;
	if (!callback) throw new Error("Tests are made of events, callbacks and messages to the script.");
	// The harness brings its own answering functions.
	const isFunction = (each: unknown) => typeof each === "string" && each.startsWith("ƒ");
	return { do: callback, given: (Array.isArray(payload) ? payload : []).filter((each) => !isFunction(each)) };
}

function callOf({ do: what, given }: HarnessPlan["step"]): string {
	const list = given.map(literal).join(", ");
	if (what === "message") return `run.host.deliver(${list});`;
	const answers = what === "processCallLog" || what === "contactSearch" ? "const answer = " : "";
	return `${answers}run.${what}(${list});`;
}

/** The line that is imported among the others, then what stands below them. */
function sourceOf(file: string): string[] {
	const address = `new URL(${JSON.stringify(`./${file}`)}, import.meta.url)`;
	if (/\.[cm]?tsx?$/.test(file))
		return [
			'import { bundleFramework } from "@inlay/cli/bundle";',
			"",
			`const { code: source } = await bundleFramework(${address}, { readable: true });`,
		];
	return ['import { readFileSync } from "node:fs";', "", `const source = readFileSync(${address}, "utf8");`];
}

function literal(value: unknown): string {
	return (JSON.stringify(value, null, "\t") ?? "undefined").replaceAll("\n", "\n\t");
}

function play(plan: HarnessPlan): Promise<[HarnessResult, HarnessResult]> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(besideUs("./harness-worker"), {
			workerData: plan,
			stdout: true,
			stderr: true,
		});
		const timer = setTimeout(() => void worker.terminate(), patienceMs);
		worker.once("message", (result: [HarnessResult, HarnessResult]) => {
			resolve(result);
			// Its timers would go on.
			void worker.terminate();
		});
		worker.once("error", reject);
		worker.once("exit", () => {
			clearTimeout(timer);
			reject(new Error("the script does not come to an end."));
		});
	});
}
