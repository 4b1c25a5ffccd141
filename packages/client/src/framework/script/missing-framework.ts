import { safeGet } from "@inlay/contract";
import type { ScriptReport } from "../ports.ts";

export interface MissingFrameworkParts {
	window: Window;
	report: (report: ScriptReport) => void;
	/** Reads a script's text; the browser's own way otherwise. */
	read?: ((url: string) => Promise<string | undefined>) | undefined;
}

/** Says why there is no `window.Framework`: once, and as soon as it is known. */
export class MissingFramework {
	readonly #parts: MissingFrameworkParts;
	#isSaid = false;

	constructor(parts: MissingFrameworkParts) {
		this.#parts = parts;
	}

	/** It takes its time, as far as anybody knows. @param seconds that have passed */
	late(seconds: number): void {
		if (!this.#isSaid) this.#parts.report({ code: "framework.late", text: `${seconds}` });
	}

	/** It will not come any more. */
	never(): void {
		if (!this.#isSaid) this.#say({ code: "framework.missing", text: "window.Framework was never set" });
	}

	/** The script has thrown. */
	threw(message: string): void {
		this.#say({ code: "framework.script.error", text: message });
	}

	/** A script that has run through, and does not even name it, will not set it later either. */
	async look(scriptUrl: string): Promise<void> {
		const { window, read = readScript } = this.#parts;
		const isThere = () => this.#isSaid || safeGet(window, "Framework") !== undefined;
		if (isThere()) return;
		const source = await read(new URL(scriptUrl, window.document.baseURI).href);
		if (source !== undefined && !maySetFramework(source) && !isThere()) this.never();
	}

	#say(report: ScriptReport): void {
		this.#isSaid = true;
		this.#parts.report(report);
	}
}

/** As it was before any script ran. */
const ownFetch = globalThis.fetch?.bind(globalThis);

/** What stands in a script, to find out why nothing came of it; undefined where it cannot be read. */
async function readScript(url: string): Promise<string | undefined> {
	try {
		const answer = await ownFetch(url, { cache: "force-cache", credentials: "same-origin" });
		return answer.ok ? await answer.text() : undefined;
	} catch {
		return undefined;
	}
}

/** Names `Framework`, or brings in something else that may: a loader, an evaluated text. */
const maySetLater =
	/\bFramework\b|\bimport\b|createElement|document\.write|insertAdjacent|innerHTML|fetch|XMLHttpRequest|eval|Function|atob|fromCharCode|\\x|\\u/;

/** Whether `window.Framework` can still come from a script that has run through without setting it. */
function maySetFramework(source: string): boolean {
	return maySetLater.test(source);
}
