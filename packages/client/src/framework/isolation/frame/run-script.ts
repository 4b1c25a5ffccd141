/** How a script failed, with its line where the browser tells it. */
export type HearFailure = (message: string) => void;

/**
 * Runs a script as the panel does: classic, in sloppy mode. Resolves after it ran, even when it threw. Rejects where it
 * cannot be loaded.
 */
export function runScript(window: Window, url: string, isReadable: boolean): Promise<void> {
	const element = window.document.createElement("script");
	return new Promise((resolve, reject) => {
		element.async = false;
		// Of another origin than none, a script's errors are told to those alone who may read it.
		if (isReadable) element.crossOrigin = "anonymous";
		element.addEventListener("load", () => resolve());
		element.addEventListener("error", () => reject(new Error(`The script ${url} could not be loaded.`)));
		element.src = url;
		window.document.head.append(element);
	});
}

/** Whatever the script throws where nobody catches it, as long as the page lives. */
export function watchFailures(window: Window, failed: HearFailure): void {
	window.addEventListener("error", ({ message, lineno }) => {
		if (message) failed(lineno ? `${message} (line ${lineno})` : message);
	});
	window.addEventListener("unhandledrejection", ({ reason }) => failed(rejectionText(reason)));
}

function rejectionText(reason: unknown): string {
	try {
		const { message, stack } = (reason ?? {}) as { message?: unknown; stack?: unknown };
		const line = /framework\.js[^\s:]*:(\d+)/.exec(String(stack))?.[1];
		return `${String(message ?? reason)}${line ? ` (line ${line})` : ""}`;
	} catch {
		return "unknown error";
	}
}
