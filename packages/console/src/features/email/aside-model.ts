import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";

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
	readonly held: Paged<HeldMail>;
	readonly working = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param path of the address */
	constructor(api: Api, path: string) {
		this.#api = api;
		this.#path = path;
		this.blocked = new Loaded(() =>
			api.request<{ entities: readonly BlockedSender[] }>("GET", `${path}/blocked`).then(({ entities }) => entities),
		);
		this.held = new Paged<HeldMail>(({ number, size }) =>
			api.request<Slice<HeldMail>>("GET", `${path}/held?pageSize=${size}&pageNumber=${number}`),
		);
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
		await Promise.all([this.blocked.refresh(), this.held.reload()]);
	}
}
