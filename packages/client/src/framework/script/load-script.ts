import { completePromise } from "./complete-promise.ts";
import { ScriptEnded } from "./script-turns.ts";

/** A script address that could not be loaded. */
export class ScriptUnreachable extends Error {
	readonly code = "framework.script.unreachable";
	readonly url: string;

	constructor(url: string) {
		super(`The script ${url} could not be loaded. Check that the address answers and that its certificate is trusted.`);
		this.url = url;
	}
}

/**
 * Runs a script as a classic, sloppy-mode script of this window: its undeclared assignments become globals, and arrow
 * functions see the window as `this` (framework-contract 2, point 7). Resolves after it ran, even when it threw; `failed`
 * hears what it threw, and `ran`, before anybody else, that it has run. Rejects with {@link ScriptUnreachable}.
 */
export function loadScript(
	window: Window,
	url: string,
	failed: (message: string) => void,
	ran = () => {},
): Promise<void> {
	const { document } = window;
	const element = document.createElement("script");
	const address = new URL(url, document.baseURI).href;
	const listen = (event: ErrorEvent) => {
		// A script of another origin without CORS hides its name.
		if (event.error instanceof ScriptEnded) return;
		if (event.filename === address || event.filename === "") failed(`${event.message} (line ${event.lineno})`);
	};
	window.addEventListener("error", listen);
	return new Promise<void>((resolve, reject) => {
		element.async = false;
		element.addEventListener("load", () => {
			ran();
			resolve();
		});
		element.addEventListener("error", () => reject(new ScriptUnreachable(url)));
		element.src = url;
		(document.head ?? document.documentElement).append(element);
	}).finally(() => {
		window.removeEventListener("error", listen);
		completePromise(window);
	});
}
