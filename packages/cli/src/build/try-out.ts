/** Runs what was built as the panel would, without a browser: does it set `window.Framework`? */
import { runFrameworkScript } from "@inlay/framework/harness";

export type TryOut =
	| { outcome: "set" }
	/** It ran, and has set none yet; scripts may do so later. */
	| { outcome: "not.set" }
	/** Also by what the harness lacks, such as elements of a page. Line and column of the bundle, where they are told. */
	| { outcome: "thrown"; message: string; line: number | undefined; column: number | undefined };

export function tryOut(code: string): TryOut {
	try {
		const framework: unknown = runFrameworkScript(code).framework();
		// The panel takes a function with a config, too.
		return { outcome: /^(?:object|function)$/.test(typeof framework) && framework !== null ? "set" : "not.set" };
	} catch (thrown) {
		const { message = String(thrown), stack = "" } = (thrown ?? {}) as { message?: string; stack?: string };
		const place = /framework\.js:(\d+):(\d+)/.exec(stack);
		return { outcome: "thrown", message, line: numbered(place?.[1]), column: numbered(place?.[2]) };
	}
}

function numbered(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}
