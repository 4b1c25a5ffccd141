import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { UserSession } from "../../session/wire.ts";

/** Where one user is signed in, oneself or somebody else, and ending that. */
export class PersonSessions {
	readonly open: Loaded<UserSession[]>;
	readonly ending = new Task();
	readonly #api: Api;
	readonly #userId: string;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.#userId = userId;
		this.open = new Loaded(async () => (await api.request<{ entities: UserSession[] }>("GET", this.#path)).entities);
	}

	get #path(): string {
		return `/api/inlay/v1/users/${this.#userId}/sessions`;
	}

	end(sessionId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${this.#path}/${sessionId}`));
	}

	endAll(): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `/api/v2/tokens/${this.#userId}`));
	}

	/** Every session but the one that asks. */
	endOthers(): Promise<boolean> {
		const others = (this.open.value ?? []).filter(({ current }) => !current);
		return this.#change(async () => {
			for (const { id } of others) await this.#api.request("DELETE", `${this.#path}/${id}`);
		});
	}

	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.ending.run(work);
		await this.open.load();
		return done;
	}
}
