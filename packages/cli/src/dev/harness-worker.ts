/** A thread of its own in which a script is asked one thing in the harness: it may loop, and leaves its timers behind. */
import { parentPort, workerData } from "node:worker_threads";
import type { CallLog, Interaction } from "@inlay/contract";
import { runFrameworkScript } from "@inlay/framework/harness";

export interface HarnessPlan {
	source: string;
	hostOrigin: string;
	search: string;
	step: {
		do: "emit" | "message" | "initialSetup" | "screenPop" | "processCallLog" | "openCallLog" | "contactSearch";
		given: unknown[];
	};
}

/** What the script did at once. */
export interface HarnessResult {
	actions: unknown;
	told: unknown;
	/** Of callbacks that are answered. */
	answer?: unknown;
}

function play({ source, hostOrigin, search, step: { do: what, given } }: HarnessPlan): HarnessResult {
	const run = runFrameworkScript(source, { hostOrigin, search });
	run.initialSetup();
	const [acted, told] = [run.actions.length, run.host.received.length];
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
	const answer = steps[what]();
	return {
		actions: plain(run.actions.slice(acted)),
		told: plain(run.host.received.slice(told)),
		...(answer === undefined ? {} : { answer: plain(answer) }),
	};
}

function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

// Twice: what differs from time to time is known by that.
parentPort?.postMessage([play(workerData as HarnessPlan), play(workerData as HarnessPlan)]);
