import { loadScript } from "./load-script.ts";
import { type ScriptTurnsParts, watchTurns } from "./script-turns.ts";

/** Where a customer's script runs: in the panel's own window, or isolated. */
export interface ScriptPlace {
	/** The object on which `Framework` appears. */
	readonly holder: object;
	/**
	 * Runs it. Resolves after it ran, even when it threw; `failed` hears what it threw. Rejects where it cannot be loaded.
	 */
	load(url: string, failed: (message: string) => void): Promise<void>;
	/** After it was called: what the panel stands on is put back where the script has broken it. */
	called?(): void;
}

/**
 * What scripts of the original expect: the panel's window.
 *
 * @param hears.threw what the script throws later, where nobody catches it
 * @param hears.blocked that the browser has blocked a window that the script wanted to open
 * @param hears.broke that it has replaced what the panel stands on, which was put back
 * @param hears.ended that it was ended in that line, as it had held the panel up, and by what
 */
export function placeIn(
	window: Window,
	hears: {
		threw: (message: string) => void;
		blocked: () => void;
		broke: (what: string) => void;
		ended: ScriptTurnsParts["ended"];
	},
): ScriptPlace {
	watchTurns(window, hears.ended);
	let called = () => {};
	// A window that only stands for one has nothing to be put back. Without this part the script runs as without it.
	const watched = window === globalThis.window ? import("./ground/watch-ground.ts") : Promise.resolve(undefined);
	watched.catch(() => undefined);
	const load: ScriptPlace["load"] = async (url, failed) => {
		const ground = await watched.catch(() => undefined);
		if (ground) called = ground.watchGround(window, hears.broke);
		await loadScript(window, url, failed, called);
		// Nobody waits for it.
		import("./later-trouble.ts")
			.then(({ hearLaterTrouble }) => hearLaterTrouble(window, url, hears))
			.catch(() => undefined);
	};
	return { holder: window, load, called: () => called() };
}
