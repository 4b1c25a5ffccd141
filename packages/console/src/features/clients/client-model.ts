import { computed, type Signal, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { OAuthClient, Role } from "../../session/wire.ts";
import { type ClientForm, clientFormOf, clientRequest, newClientForm, problemsOf } from "./client-form.ts";

const base = "/api/v2/oauth/clients";

export interface ClientFacts {
	/** Absent while the client is new. */
	client: OAuthClient | undefined;
	roles: Role[];
}

/** One OAuth client, new or existing: its form, its secret this once, switching off and deleting. */
export class ClientModel {
	readonly facts: Loaded<ClientFacts>;
	readonly form: Signal<ClientForm>;
	/** The secret of a client that has just been made or renewed; the server never tells it again. */
	readonly secret: Signal<string | undefined> = signal(undefined);
	/** Problems are shown from the first attempt to save. */
	readonly tried = signal(false);
	readonly saving = new Task();
	readonly renewing = new Task();
	readonly removing = new Task();
	readonly id: Signal<string | undefined>;
	readonly problems = computed(() => problemsOf(this.form.value));
	readonly changed = computed(() => JSON.stringify(this.form.value) !== this.#saved.value);
	readonly #saved = signal("");
	readonly #api: Api;

	/** @param id absent for a new client */
	constructor(api: Api, origin: string, id?: string) {
		this.#api = api;
		this.id = signal(id);
		this.form = signal(newClientForm(origin));
		this.facts = new Loaded(async () => {
			const known = this.id.peek();
			const [client, roles] = await Promise.all([
				known ? api.request<OAuthClient>("GET", `${base}/${known}`) : undefined,
				listAll<Role>(api, "/api/v2/authorization/roles"),
			]);
			if (client && !this.#edited()) this.#show(client);
			return { client, roles };
		});
	}

	change(part: Partial<ClientForm>): void {
		this.form.value = { ...this.form.peek(), ...part };
	}

	/** Creates or changes the client. Resolves to false when something has to be put right first. */
	async save(): Promise<boolean> {
		this.tried.value = true;
		if (this.problems.peek().size > 0) return false;
		const [id, form, before] = [this.id.peek(), this.form.peek(), this.facts.value?.client];
		return this.saving.run(async () => {
			const body = clientRequest(form, before);
			const after = await this.#api.request<OAuthClient>(id ? "PUT" : "POST", id ? `${base}/${id}` : base, body);
			this.id.value = after.id;
			if (after.secret) this.secret.value = after.secret;
			this.tried.value = false;
			this.#show(after);
			await this.facts.load();
		});
	}

	renewSecret(): Promise<boolean> {
		return this.renewing.run(async () => {
			const after = await this.#api.request<OAuthClient>("POST", `${base}/${this.id.peek()}/secret`);
			this.secret.value = after.secret;
		});
	}

	/** The server deletes only what is out of use, so an active client is disabled first. */
	remove(): Promise<boolean> {
		return this.removing.run(async () => {
			const path = `${base}/${this.id.peek()}`;
			const client = await this.#api.request<OAuthClient>("GET", path);
			if (client.state === "active") {
				await this.#api.request("PUT", path, { name: client.name, state: "inactive" });
			}
			await this.#api.request("DELETE", path);
		});
	}

	#edited(): boolean {
		return this.#saved.peek() !== "" && this.changed.peek();
	}

	#show(client: OAuthClient): void {
		this.form.value = clientFormOf(client);
		this.#saved.value = JSON.stringify(this.form.peek());
	}
}
