import type { ScriptReport } from "../framework/ports.ts";
import { ownFetch } from "./own-fetch.ts";

/** What a panel has found: about the script (`framework.…`), or in its own way (`panel.…`). */
export interface PanelReport {
	code: ScriptReport["code"] | `panel.${string}`;
	text: string;
}

/** Different failures that one panel tells of: a script that fails in a loop says nothing new. */
const mostReports = 30;

/** Where a panel's reports go, as far as it knows yet. */
export interface ReportTarget {
	/** Origin of the API; empty before the panel knows it. */
	api: string;
	deployment: string | undefined;
	/** The upload of framework.js that runs here; 0 where it is none. */
	version?: number;
	token: string | undefined;
}

/** Tells the server, and so its operator, what the agent is told about a framework.js that fails; each thing once. */
export class ScriptReports {
	readonly #target: () => ReportTarget;
	readonly #send: typeof fetch;
	readonly #told = new Set<string>();

	constructor(target: () => ReportTarget, send: typeof fetch = ownFetch) {
		this.#target = target;
		this.#send = send;
	}

	/** Never fails: the panel has shown the report already. */
	tell({ code, text }: PanelReport): void {
		const { api, deployment, version, token } = this.#target();
		const key = `${code}\n${text}`;
		if (api === "" || this.#told.has(key) || this.#told.size >= mostReports) return;
		this.#told.add(key);
		const of = version ? { scriptVersion: version } : {};
		this.#send(`${api}/api/inlay/v1/diagnostics/scripts`, {
			method: "POST",
			headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
			body: JSON.stringify({ code, text: text.slice(0, 2000), ...(deployment ? { deployment } : {}), ...of }),
			// The report of what ends the page must outlive it.
			keepalive: true,
		}).catch(() => undefined);
	}
}
