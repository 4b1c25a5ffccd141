import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";

/** A key by which a domain's emails are signed. */
export interface DkimKey {
	selector: string;
	/** `waiting` until name servers tell its record; `ended`: another one signs. */
	state: "waiting" | "signing" | "ended";
	/** The TXT record that it needs. */
	record: { name: string; text: string };
	/** ISO 8601. */
	createdAt: string;
	endedAt?: string;
}

/** The keys of a domain: one is made, waits for its record, and signs. */
export class DkimModel {
	readonly keys: Loaded<readonly DkimKey[]>;
	readonly working = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param path of the domain */
	constructor(api: Api, path: string) {
		this.#api = api;
		this.#path = `${path}/dkim`;
		this.keys = new Loaded(() =>
			api.request<{ entities: readonly DkimKey[] }>("GET", this.#path).then(({ entities }) => entities),
		);
	}

	make(): Promise<void> {
		return this.#change("POST", "");
	}

	/** Once its record is told; else the server says what is missing. */
	activate(selector: string): Promise<void> {
		return this.#change("POST", `/${encodeURIComponent(selector)}/activate`);
	}

	remove(selector: string): Promise<void> {
		return this.#change("DELETE", `/${encodeURIComponent(selector)}`);
	}

	async #change(method: "POST" | "DELETE", path: string): Promise<void> {
		await this.working.run(() => this.#api.request(method, `${this.#path}${path}`));
		await this.keys.refresh();
	}
}
