import { messageOf } from "../guard.ts";
import { ScriptEnded } from "./script-turns.ts";

/** Different ones that are told: a script that fails in a loop says nothing new. */
const mostTold = 30;

/**
 * Hears what a script in the panel's window throws where nobody catches it, once it is loaded: in its timers, its listeners
 * and its promises. Each different one once.
 *
 * @param url of the script
 */
export function hearLater(window: Window, url: string, threw: (message: string) => void): void {
	const address = pathOf(new URL(url, window.document.baseURI).href);
	const told = new Set<string>();
	const tell = (message: string, line: string | number) => {
		const text = `${message} (line ${line})`;
		if (told.has(text) || told.size >= mostTold) return;
		told.add(text);
		threw(text);
	};
	window.addEventListener("error", ({ filename, message, lineno, error }) => {
		if (error instanceof ScriptEnded) return;
		if (pathOf(filename ?? "") === address) tell(message, lineno);
	});
	window.addEventListener("unhandledrejection", ({ reason }) => {
		if (reason instanceof ScriptEnded) return;
		const line = lineIn(reason, address);
		if (line) tell(messageOf(reason), line);
	});
}

function pathOf(address: string): string {
	return address.split(/[?#]/, 1)[0] ?? "";
}

/** The first line of the script that the browser names; a rejection of the panel's own has none. */
function lineIn(reason: unknown, address: string): string | undefined {
	try {
		const [, after] = String((reason as { stack?: unknown }).stack).split(address);
		return after && /^[^\s:]*:(\d+)/.exec(after)?.[1];
	} catch {
		return undefined;
	}
}
