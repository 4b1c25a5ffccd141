import { loadScript } from "./load-script.ts";

/** Where a customer's script runs: in the panel's own window, or isolated. */
export interface ScriptPlace {
	/** The object on which `Framework` appears. */
	readonly holder: object;
	/**
	 * Runs it. Resolves after it ran, even when it threw; `failed` hears what it threw. Rejects where it cannot be loaded.
	 */
	load(url: string, failed: (message: string) => void): Promise<void>;
}

/** What scripts of the original expect: the panel's window. */
export function placeIn(window: Window): ScriptPlace {
	return { holder: window, load: (url, failed) => loadScript(window, url, failed) };
}
