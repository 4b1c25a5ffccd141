import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { UserIdentity } from "../../session/wire.ts";

/** By what identity providers know one user, and ending that. */
export class PersonIdentities {
	/** None where one may not see identity providers. */
	readonly known: Loaded<UserIdentity[]>;
	readonly unlinking = new Task();
	readonly #api: Api;
	readonly #path: string;

	constructor(api: Api, userId: string, self: Self) {
		this.#api = api;
		this.#path = `/api/inlay/v1/users/${userId}/identities`;
		this.known = new Loaded(async () => {
			if (!self.rights.peek().may(needs.viewProviders)) return [];
			return (await api.request<{ entities: UserIdentity[] }>("GET", this.#path)).entities;
		});
	}

	/** The provider knows them no more: whoever comes next by it with their address is them. */
	async unlink({ providerId }: UserIdentity): Promise<boolean> {
		const path = `${this.#path}/${encodeURIComponent(providerId)}`;
		const done = await this.unlinking.run(() => this.#api.request("DELETE", path));
		if (done) await this.known.load();
		return done;
	}
}
