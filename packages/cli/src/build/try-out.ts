/** Runs what was built as the panel would, without a browser: does it set `window.Framework`? */
import { isRecord, safeGet } from "@inlay/contract";
import { runFrameworkScript } from "@inlay/framework/harness";

export type TryOut =
	| { outcome: "set" }
	/** It ran, and has set none yet; scripts may do so later. */
	| { outcome: "not.set" }
	/** It is a function, which the panel takes for what it has of a `config` and never calls. */
	| { outcome: "function" }
	/** Also by what the harness lacks, such as elements of a page. Line and column of the bundle, where they are told. */
	| { outcome: "thrown"; message: string; line: number | undefined; column: number | undefined };

export function tryOut(code: string): TryOut {
	try {
		const framework: unknown = runFrameworkScript(code).framework();
		if (typeof framework === "function")
			return { outcome: isRecord(safeGet(framework, "config")) ? "set" : "function" };
		return { outcome: typeof framework === "object" && framework !== null ? "set" : "not.set" };
	} catch (thrown) {
		const { message = String(thrown), stack = "" } = (thrown ?? {}) as { message?: string; stack?: string };
		const place = /framework\.js:(\d+):(\d+)/.exec(stack);
		return { outcome: "thrown", message, line: numbered(place?.[1]), column: numbered(place?.[2]) };
	}
}

function numbered(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}
