import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";

/** Somebody whose emails an address keeps aside. */
export interface BlockedSender {
	sender: string;
	/** ISO 8601. */
	at: string;
}

/** An email that was kept aside. */
export interface HeldMail {
	id: string;
	from: string;
	subject?: string;
	why?: string;
	/** ISO 8601. */
	at: string;
}

/** What an address keeps aside: emails, and the senders that agents have called spam. */
export class AsideModel {
	readonly blocked: Loaded<readonly BlockedSender[]>;
	readonly held: Loaded<readonly HeldMail[]>;
	readonly working = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param path of the address */
	constructor(api: Api, path: string) {
		this.#api = api;
		this.#path = path;
		const read = <One>(what: string) =>
			api.request<{ entities: readonly One[] }>("GET", `${path}/${what}`).then(({ entities }) => entities);
		this.blocked = new Loaded(() => read<BlockedSender>("blocked"));
		this.held = new Loaded(() => read<HeldMail>("held"));
	}

	/** From now on; what was kept aside of theirs stays there. */
	unblock(sender: string): Promise<void> {
		return this.#change("DELETE", `blocked/${encodeURIComponent(sender)}`);
	}

	/** It comes to the queue after all. */
	release(id: string): Promise<void> {
		return this.#change("POST", `held/${encodeURIComponent(id)}/release`);
	}

	async #change(method: "DELETE" | "POST", path: string): Promise<void> {
		await this.working.run(() => this.#api.request(method, `${this.#path}/${path}`));
		await Promise.all([this.blocked.refresh(), this.held.refresh()]);
	}
}
