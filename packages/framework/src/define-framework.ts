import type { FrameworkScript } from "./framework-script.ts";

/**
 * Puts a typed script where the panel looks for it, and gives it back.
 * `place` is the window to put it on; the global one unless told otherwise.
 */
export function defineFramework<Script extends FrameworkScript>(
	script: Script,
	place: { Framework?: FrameworkScript } = globalThis as { Framework?: FrameworkScript },
): Script {
	place.Framework = script;
	return script;
}
