/** A thread of its own in which a script is asked one thing in the harness: it may loop, and leaves its timers behind. */
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { CallLog, Interaction } from "@inlay/contract";
import { runFrameworkScript, type ScriptRun } from "@inlay/framework/harness";

export interface HarnessPlan {
	source: string;
	hostOrigin: string;
	search: string;
	/** How every server answers that the script asks, as JSON. */
	server: { status: number; body: unknown };
	step: {
		do: "emit" | "message" | "initialSetup" | "screenPop" | "processCallLog" | "openCallLog" | "contactSearch";
		given: unknown[];
	};
}

/** What the script did until it had nothing more to do at once. */
export interface HarnessResult {
	actions: unknown;
	told: unknown;
	/** What it told the page and is no JSON text. */
	toldOtherwise: unknown[];
	opened: unknown;
	/** It has asked a server. */
	hasFetched: boolean;
	/** The message of what it threw. */
	threw?: string;
	/** Of callbacks that are answered. */
	answer?: unknown;
}

async function play({ source, hostOrigin, search, server, step }: HarnessPlan): Promise<HarnessResult> {
	let hasFetched = false;
	const fetch = async () => {
		hasFetched = true;
		return Response.json(server.body, { status: server.status });
	};
	const run = runFrameworkScript(source, { hostOrigin, search, globals: { fetch } });
	run.initialSetup();
	await setImmediate();
	const { received, unreadable } = run.host;
	const before = { actions: run.actions.length, told: received.length, otherwise: unreadable.length };
	const opened = run.opened.length;
	const outcome = ask(run, step);
	await setImmediate();
	return {
		actions: plain(run.actions.slice(before.actions)),
		told: plain(received.slice(before.told)),
		toldOtherwise: plain(unreadable.slice(before.otherwise)) as unknown[],
		opened: plain(run.opened.slice(opened)),
		hasFetched,
		...("threw" in outcome ? outcome : {}),
		...("answer" in outcome && outcome.answer !== undefined ? { answer: plain(outcome.answer) } : {}),
	};
}

function ask(run: ScriptRun, { do: what, given }: HarnessPlan["step"]): { answer: unknown } | { threw: string } {
	const [first, second, third] = given;
	const steps: Record<HarnessPlan["step"]["do"], () => unknown> = {
		emit: () => run.emit(String(first), String(second), third),
		message: () => run.host.deliver(first),
		initialSetup: () => run.initialSetup(),
		screenPop: () => run.screenPop(String(first), second as Interaction),
		processCallLog: () => run.processCallLog(first as CallLog, second as Interaction, String(third)),
		openCallLog: () => run.openCallLog(first as CallLog, second as Interaction),
		contactSearch: () => run.contactSearch(String(first)),
	};
	try {
		return { answer: steps[what]() };
	} catch (thrown) {
		return { threw: String((thrown as Error | undefined)?.message ?? thrown) };
	}
}

function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

parentPort?.postMessage("begins");
// Twice: what differs from time to time is known by that.
const first = await play(workerData as HarnessPlan);
parentPort?.postMessage([first, await play(workerData as HarnessPlan)]);
