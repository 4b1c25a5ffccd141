import { type Signal, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { KnownClient, OAuthClient } from "../../session/wire.ts";

/** A program's new secret, which the server tells this once. */
export interface NewSecret {
	id: string;
	name: string;
	secret: string;
}

/** Programs in use whose secret a user knows, and what ends that: a new secret, or no more use. */
export class PersonPrograms {
	/** None where one may not see clients. */
	readonly known: Loaded<KnownClient[]>;
	/** Those made here, for as long as the screen is open. */
	readonly secrets: Signal<readonly NewSecret[]> = signal([]);
	readonly changing = new Task();
	readonly #api: Api;

	constructor(api: Api, userId: string, self: Self) {
		this.#api = api;
		this.known = new Loaded(async () => {
			if (!self.rights.peek().may(needs.viewClients)) return [];
			type Answer = { entities: KnownClient[] };
			return (await api.request<Answer>("GET", `/api/inlay/v1/users/${userId}/clients`)).entities;
		});
	}

	/** Those that hold what their user does not. */
	get stronger(): KnownClient[] {
		return (this.known.value ?? []).filter((program) => program.holdsMore);
	}

	/** The old secret is worth nothing from then on. */
	renewSecret({ id, name }: KnownClient): Promise<boolean> {
		return this.#change(async () => {
			const { secret } = await this.#api.request<OAuthClient>("POST", `/api/v2/oauth/clients/${id}/secret`);
			if (secret) this.secrets.value = [...this.secrets.peek(), { id, name, secret }];
		});
	}

	/** Takes the program out of use; it can be put back into it in its own page. */
	disable({ id }: KnownClient): Promise<boolean> {
		return this.#change(async () => {
			const path = `/api/v2/oauth/clients/${id}`;
			const { name, version } = await this.#api.request<OAuthClient>("GET", path);
			await this.#api.request("PUT", path, { name, state: "inactive", version });
		});
	}

	#change(work: () => Promise<void>): Promise<boolean> {
		return this.changing.run(async () => {
			await work();
			await this.known.load();
		});
	}
}
