/**
 * The other end of a guarded script ([decision 58](docs/decisions/0058-a-script-that-does-not-come-back.md)): it calls in each
 * turn of its loops, and is ended there when it has held the panel up for too long.
 */
import { turnGuard } from "@inlay/contract/script-guards";
import { watchWaits } from "./script-waits.ts";

/** How long a script may work without letting the panel come to anything, ms. */
const longestMs = 5_000;
/** How long it may wait for its requests meanwhile, ms: a page of the CRM may be slow. */
const longestWaitMs = 30_000;
/** Looks at the clock in one turn of so many: a look costs as much as a small turn. A power of two. */
const turnsPerLook = 32;
/** Between two looks a script has waited, for a debugger say, rather than worked: no more counts than this, ms. */
const mostBetweenMs = 500;

/** Thrown into a script that is ended, in every turn and call from then on. */
export class ScriptEnded extends Error {}

export interface ScriptTurnsParts {
	/** Milliseconds, on a clock that never goes back. */
	now: () => number;
	/** Runs a task once the browser has come to something else. */
	later: (task: () => void) => void;
	/** Hears once, after the script has let go, that it was ended. @param line of the script that it was in @param held by what */
	ended: (line: ScriptLine, held: string) => void;
}

/** With its file, where a script of several is being written (`inlay dev`). */
export type ScriptLine = number | string;

/** For people. */
export function lineText(line: ScriptLine): string {
	return typeof line === "string" ? line : `line ${line}`;
}

/** What a script has of the window's time, and its end. */
export interface ScriptTurns {
	/** A turn of a loop, or a call of a function. Throws {@link ScriptEnded} where it is ended. */
	turn: (line: ScriptLine) => void;
	/** It has stood still for so long, for a request that it waited for. */
	waited: (ms: number) => void;
	/** Nothing else does it good. Throws {@link ScriptEnded}. @param held as `ended` is to hear it */
	end: (held: string) => never;
	/** It was ended. */
	hasEnded: () => boolean;
}

/** Counts a script's turns. */
export function countTurns({ now, later, ended }: ScriptTurnsParts): ScriptTurns {
	let turns = 0;
	let isEnded = false;
	let lastLine: ScriptLine = 0;
	/** Of the time since the browser last came to something else: when it was looked at last, and what the script had of it. */
	let lookedAt: number | undefined;
	let workedMs = 0;
	let waitedMs = 0;
	const begin = (at: number) => {
		lookedAt = at;
		workedMs = 0;
		waitedMs = 0;
		later(() => {
			lookedAt = undefined;
		});
	};
	const stop = (held: string) => {
		isEnded = true;
		const line = lastLine;
		later(() => ended(line, held));
	};
	const look = () => {
		const at = now();
		if (lookedAt === undefined) return begin(at);
		workedMs += Math.min(at - lookedAt, mostBetweenMs);
		lookedAt = at;
		if (workedMs >= longestMs) stop(seconds(workedMs));
	};
	const leave = (): never => {
		throw new ScriptEnded("framework.js was ended, as it had held the panel up.");
	};
	return {
		hasEnded: () => isEnded,
		turn: (line) => {
			lastLine = line;
			turns = (turns + 1) | 0;
			if (!isEnded && (turns & (turnsPerLook - 1)) === 0) look();
			if (isEnded) leave();
		},
		waited: (ms) => {
			if (lookedAt === undefined) begin(now());
			else lookedAt += ms;
			waitedMs += ms;
			if (!isEnded && waitedMs >= longestWaitMs) stop(seconds(waitedMs + workedMs));
		},
		end: (held) => {
			if (!isEnded) stop(held);
			return leave();
		},
	};
}

function seconds(ms: number): string {
	return `${Math.round(ms / 1000)} s`;
}

/** As they are before any script runs. */
const now = performance.now.bind(performance);
const { MessageChannel, queueMicrotask } = globalThis;

/** In a window; its script calls the function by {@link turnGuard}. */
export function watchTurns(window: Window, ended: ScriptTurnsParts["ended"]): void {
	const turns = countTurns({ now, later: createLater(), ended });
	Object.defineProperty(window, turnGuard, { value: turns.turn, configurable: true });
	watchWaits(window, turns, now);
}

/** Timers of a browser wait longer, and a script may replace them. */
function createLater(): ScriptTurnsParts["later"] {
	const waiting: Array<() => void> = [];
	let post: (() => void) | undefined;
	const open = () => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			for (const task of waiting.splice(0)) task();
		};
		return port2.postMessage.bind(port2, 0);
	};
	return (task) => {
		// While a script waits for a dialog or a request, Firefox comes to messages; to the work after one only behind the script.
		waiting.push(() => queueMicrotask(task));
		post ??= open();
		post();
	};
}
