import type { ScriptReport } from "../ports.ts";

export interface MissingFrameworkParts {
	window: Window;
	/** Whether the script has set `Framework`. */
	isThere: () => boolean;
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
		const { window, read } = this.#parts;
		const isThere = () => this.#isSaid || this.#parts.isThere();
		if (isThere()) return;
		// Of the few whose script has not set it at once.
		const { readScript, maySetFramework } = await import("./script-source.ts");
		const address = new URL(scriptUrl, window.document.baseURI).href;
		const source = await (read ? read(address) : readScript(address, ownFetch));
		if (source !== undefined && !maySetFramework(source) && !isThere()) this.never();
	}

	#say(report: ScriptReport): void {
		this.#isSaid = true;
		this.#parts.report(report);
	}
}

/** As it was before any script ran. */
const ownFetch = globalThis.fetch?.bind(globalThis);
