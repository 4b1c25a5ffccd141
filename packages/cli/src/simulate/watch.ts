/** What the terminal is told of customers as it happens. */
import type { TimedStep } from "./scenario.ts";
import type { Outcome, Watcher } from "./world.ts";

/** Of more than these, each has one line: when they are over. */
const mostFollowed = 20;

export function watcherOf(steps: readonly TimedStep[], print: (line: string) => void = console.log): Watcher {
	const isOne = steps.length === 1;
	const nameOf = (at: number, kind: string) => (isOne ? kind : `${kind} ${at + 1}`);
	if (steps.length > mostFollowed) print(`${steps.length} customers come: each has a line when they are over.`);
	return {
		happened: (at, what, ms) => {
			const { kind } = steps[at]?.step ?? {};
			if (kind && steps.length <= mostFollowed) print(`${nameOf(at, kind)}: ${what} (${seconds(ms)})`);
		},
		over: (at, outcome) => print(`${nameOf(at, outcome.kind)}: ${outcomeText(outcome)}`),
	};
}

function outcomeText({ result, waitedMs, heardMs, text }: Outcome): string {
	const after = waitedMs === undefined ? "" : ` after ${seconds(waitedMs)}`;
	const heard = heardMs === undefined ? "" : heardMs > 0 ? `, heard ${seconds(heardMs)} of sound` : ", heard nothing";
	return `${result}${after}${heard}${text ? ` (${text})` : ""}`;
}

export function seconds(ms: number): string {
	return `${(ms / 1_000).toFixed(1)} s`;
}
