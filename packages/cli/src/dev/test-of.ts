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
	const plan = planOf(entry, facts);
	const [first, second] = await play(plan);
	const [lead, ...code] = sourceOf(facts.file);
	const server = first.hasFetched ? serverOf(plan) : [];
	return [
		'import assert from "node:assert/strict";',
		...(lead ? [lead] : []),
		'import { test } from "node:test";',
		'import { setImmediate } from "node:timers/promises";',
		'import { runFrameworkScript } from "@inlay/framework/harness";',
		...code,
		"",
		`test(${JSON.stringify(`${entry.name} is answered as in the panel`)}, async () => {`,
		...server,
		`	const run = runFrameworkScript(source, ${optionsOf(plan, first)});`,
		"	run.initialSetup();",
		"	await setImmediate();",
		"	const { received, unreadable } = run.host;",
		"	const [acted, told, otherwise, opened] = [run.actions, received, unreadable, run.opened].map((all) => all.length);",
		...stepLines(plan.step, first),
		...outcomeLines(first, second),
		"});",
		"",
		"/** What came from the script's window, as of ours. */",
		"function plain(value) {",
		"	return JSON.parse(JSON.stringify(value));",
		"}",
		"",
	].join("\n");
}

function planOf(entry: Entry, { source, hostOrigin, search }: TestFacts): HarnessPlan {
	return {
		source,
		// A message says itself whose it was.
		hostOrigin: entry.origin || hostOrigin,
		search: withoutOurs(search),
		server: answerOf(entry),
		step: stepOf(entry),
	};
}

/** What the script answered the panel with is all that is known of what it was told by a server. */
function answerOf({ answer }: Entry): HarnessPlan["server"] {
	const hasFailed = answer?.name === "onFailure";
	return { status: hasFailed ? 500 : 200, body: (hasFailed ? undefined : answer?.payload) ?? {} };
}

function serverOf({ server: { status, body } }: HarnessPlan): string[] {
	const answer = status === 200 ? literal(body) : `${literal(body)}, { status: ${status} }`;
	return [
		"	// The script asks a server. What that answered the inspector does not know: write it here.",
		`	const fetch = async () => Response.json(${answer});`,
	];
}

function optionsOf({ hostOrigin, search }: HarnessPlan, { hasFetched }: HarnessResult): string {
	const lines = [
		`		hostOrigin: ${JSON.stringify(hostOrigin)},`,
		...(search === "" ? [] : [`		search: ${JSON.stringify(search)},`]),
		...(hasFetched ? ["		globals: { fetch },"] : []),
	];
	return ["{", ...lines, "	}"].join("\n");
}

function stepLines(step: HarnessPlan["step"], { threw, answer }: HarnessResult): string[] {
	if (threw !== undefined) return [`	assert.throws(() => ${callOf(step)}, { message: ${literal(threw)} });`];
	const keeps = answer === undefined ? "" : "const answer = ";
	return [
		`	${keeps}${callOf(step)};`,
		"	await setImmediate();",
		...(answer === undefined ? [] : [`	assert.deepEqual(plain(answer), ${literal(answer)});`]),
	];
}

function outcomeLines(first: HarnessResult, second: HarnessResult): string[] {
	const outcomes = [
		{ key: "actions", of: "run.actions.slice(acted)", text: "What it asked of PureCloud" },
		{ key: "told", of: "received.slice(told)", text: "What it told the page" },
		{ key: "toldOtherwise", of: "unreadable.slice(otherwise)", text: "What it told the page by no JSON text" },
		{ key: "opened", of: "run.opened.slice(opened)", text: "What it opened" },
	] as const;
	return outcomes.map(({ key, of, text }) =>
		isDeepStrictEqual(first[key], second[key])
			? `	assert.deepEqual(plain(${of}), ${literal(first[key])});`
			: `	// ${text} is not the same each time.`,
	);
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
	return what === "message" ? `run.host.deliver(${list})` : `run.${what}(${list})`;
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
		let timer: NodeJS.Timeout | undefined;
		worker.on("message", (told: "begins" | [HarnessResult, HarnessResult]) => {
			if (told === "begins") {
				// The harness is loaded: from here on it is the script that takes its time.
				timer = setTimeout(() => void worker.terminate(), patienceMs);
				return;
			}
			resolve(told);
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
