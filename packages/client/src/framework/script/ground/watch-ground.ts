import { groundsOf } from "./grounds.ts";
import { callerBy, keepTimers, type TimerWindow } from "./keep-timers.ts";
import { stayHere } from "./stay-here.ts";

/** How often it is looked at besides, ms: what a script does in a timer of its own. */
const everyMs = 1000;
/** Not more often than this by events, ms: a page may send thousands. */
const restMs = 20;
/** Before the panel hears of these, its ground is looked at. */
const beforeEvents = ["click", "keydown", "message", "error", "unhandledrejection"] as const;

/** From where the panel's code comes, all of it. */
const ownFolder = import.meta.url.slice(0, import.meta.url.lastIndexOf("/") + 1);

const watched = new WeakMap<Window, () => void>();

/**
 * Keeps what the panel stands on from a script in its window: what is replaced and no longer works is put back, once the
 * script has run, after each of its callbacks, and before the panel does anything more. To be called before the script runs; once
 * for a window, as what a first script has left is no ground to keep for a second one.
 *
 * @param broke hears which part was put back, and the first names of what was replaced: each part once
 * @returns looks at once
 */
export function watchGround(window: Window, broke: (what: string) => void): () => void {
	const before = watched.get(window);
	if (before) return before;
	stayHere(window, broke);
	let isSwept = false;
	keepTimers(window as unknown as TimerWindow, callerBy(ownFolder), () => {
		if (!isSwept) broke("timers (which the script has not set, and wanted to clear)");
		isSwept = true;
	});
	const grounds = groundsOf(window);
	const told: boolean[] = [];
	const { performance } = window;
	const now = performance.now.bind(performance);
	let lookedAt = 0;
	const look = () => {
		lookedAt = now();
		for (let at = 0; at < grounds.length; at++) {
			const what = grounds[at]?.mend();
			if (what === undefined || told[at]) continue;
			told[at] = true;
			broke(what);
		}
	};
	watched.set(window, look);
	window.setInterval(look, everyMs);
	for (const type of beforeEvents) window.addEventListener(type, () => now() - lookedAt > restMs && look(), true);
	return look;
}
