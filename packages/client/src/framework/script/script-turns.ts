/**
 * The other end of a guarded script ([decision 58](docs/decisions/0058-a-script-that-does-not-come-back.md)): it calls in each
 * turn of its loops, and is ended there when it has held the panel up for too long.
 */
import { turnGuard } from "@inlay/contract/script-guards";

/** How long a script may work without letting the panel come to anything, ms. */
const longestMs = 5_000;
/** Looks at the clock in one turn of so many: a look costs as much as a small turn. A power of two. */
const turnsPerLook = 32;
/** Between two looks a script has waited, for a dialog or a debugger, rather than worked: no more counts than this, ms. */
const mostBetweenMs = 500;

/** Thrown into a script that is ended, in every turn and call from then on. */
export class ScriptEnded extends Error {}

export interface ScriptTurnsParts {
	/** Milliseconds, on a clock that never goes back. */
	now: () => number;
	/** Runs a task once the browser has come to something else. */
	later: (task: () => void) => void;
	/** Hears once, after the script has let go, that it was ended. @param line of the script that it was in */
	ended: (line: ScriptLine, seconds: number) => void;
}

/** With its file, where a script of several is being written (`inlay dev`). */
export type ScriptLine = number | string;

/** For people. */
export function lineText(line: ScriptLine): string {
	return typeof line === "string" ? line : `line ${line}`;
}

/** Counts a script's turns; gives the function that it calls. */
export function countTurns({ now, later, ended }: ScriptTurnsParts): (line: ScriptLine) => void {
	let turns = 0;
	let isEnded = false;
	/** Of the time since the browser last came to something else: when it was looked at last, and what the script has worked. */
	let lookedAt: number | undefined;
	let workedMs = 0;
	const begin = (at: number) => {
		lookedAt = at;
		workedMs = 0;
		later(() => {
			lookedAt = undefined;
		});
	};
	const look = (line: ScriptLine) => {
		const at = now();
		if (lookedAt === undefined) return begin(at);
		workedMs += Math.min(at - lookedAt, mostBetweenMs);
		lookedAt = at;
		if (workedMs < longestMs) return;
		isEnded = true;
		later(() => ended(line, Math.round(workedMs / 1000)));
	};
	return (line) => {
		turns = (turns + 1) | 0;
		if (!isEnded && (turns & (turnsPerLook - 1)) === 0) look(line);
		if (isEnded) throw new ScriptEnded("framework.js was ended, as it had held the panel up.");
	};
}

/** As they are before any script runs. */
const now = performance.now.bind(performance);
const { MessageChannel } = globalThis;

/** In a window; its script calls the function by {@link turnGuard}. */
export function watchTurns(window: object, ended: ScriptTurnsParts["ended"]): void {
	const value = countTurns({ now, later: createLater(), ended });
	Object.defineProperty(window, turnGuard, { value, configurable: true });
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
		waiting.push(task);
		post ??= open();
		post();
	};
}
