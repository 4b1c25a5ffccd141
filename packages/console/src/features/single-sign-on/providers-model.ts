import { signal } from "@preact/signals";
import { type Api, listAll, type SeenVersion } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Provider } from "./provider-form.ts";
import { path } from "./provider-model.ts";

/** Whom passwords let in. */
export interface Methods {
	passwords: "everybody" | "administrators";
	version: number;
}

const methodsPath = "/api/inlay/v1/sign-in-methods";

/** All identity providers, and whether passwords count beside them. */
export class ProvidersModel {
	readonly providers: Loaded<Provider[]>;
	readonly methods: Loaded<Methods>;
	readonly saving = new Task();
	/** What somebody is about to be asked. */
	readonly asked = signal(false);
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.providers = new Loaded(() => listAll<Provider>(api, path));
		this.methods = new Loaded(() => api.request<Methods>("GET", methodsPath));
	}

	/** On the version that was seen, so that nobody turns round what a colleague has just set. */
	async setPasswords(passwords: Methods["passwords"]): Promise<boolean> {
		const seen: SeenVersion = { etag: `"${this.methods.value?.version ?? 0}"` };
		const done = await this.saving.run(() => this.#api.request("PUT", methodsPath, { passwords }, seen));
		await this.methods.load();
		return done;
	}
}
