import { authorsPlaceOf, messageOf } from "../guard.ts";
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
	const tell = (message: string, place: string) => {
		const text = `${message} (${place})`;
		if (told.has(text) || told.size >= mostTold) return;
		told.add(text);
		threw(text);
	};
	window.addEventListener("error", ({ filename, message, lineno, error }) => {
		if (error instanceof ScriptEnded) return;
		const place = authorsPlaceOf(error);
		if (place !== undefined || pathOf(filename ?? "") === address) tell(message, place ?? `line ${lineno}`);
	});
	window.addEventListener("unhandledrejection", ({ reason }) => {
		if (reason instanceof ScriptEnded) return;
		const place = authorsPlaceOf(reason) ?? lineIn(reason, address);
		if (place) tell(messageOf(reason), place);
	});
}

function pathOf(address: string): string {
	return address.split(/[?#]/, 1)[0] ?? "";
}

/** The first line of the script that the browser names; a rejection of the panel's own has none. */
function lineIn(reason: unknown, address: string): string | undefined {
	try {
		const [, after] = String((reason as { stack?: unknown }).stack).split(address);
		const line = after && /^[^\s:]*:(\d+)/.exec(after)?.[1];
		return line && `line ${line}`;
	} catch {
		return undefined;
	}
}
