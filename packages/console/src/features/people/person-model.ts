import { type Signal, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Group, Role, User, UserAuthorization } from "../../session/wire.ts";

export interface PersonFacts {
	user: User;
	roles: Role[];
	groups: Group[];
}

/** One user: roles, and the groups that the user is in. */
export class PersonModel {
	readonly facts: Loaded<PersonFacts>;
	/** Ids of the roles as they stand in the form. */
	readonly roleIds: Signal<readonly string[]> = signal([]);
	readonly saving = new Task();
	readonly joining = new Task();
	readonly #api: Api;
	readonly #id: string;

	constructor(api: Api, id: string) {
		this.#api = api;
		this.#id = id;
		this.facts = new Loaded(async () => {
			const [user, held, roles, groups] = await Promise.all([
				api.request<User>("GET", `/api/v2/users/${id}?expand=groups`),
				api.request<UserAuthorization>("GET", `/api/v2/users/${id}/roles`),
				listAll<Role>(api, "/api/v2/authorization/roles"),
				listAll<Group>(api, "/api/v2/groups"),
			]);
			this.roleIds.value = held.roles.map((role) => role.id);
			return { user: { ...user, authorization: held }, roles, groups };
		});
	}

	async saveRoles(): Promise<boolean> {
		const done = await this.saving.run(() =>
			this.#api.request("PUT", `/api/v2/users/${this.#id}/roles`, this.roleIds.peek()),
		);
		if (done) await this.facts.load();
		return done;
	}

	/** Puts the user into a group or takes them out of it. */
	async setMember(groupId: string, member: boolean): Promise<boolean> {
		const path = `/api/v2/groups/${groupId}/members`;
		const done = await this.joining.run(() =>
			member
				? this.#api.request("POST", path, { memberIds: [this.#id] })
				: this.#api.request("DELETE", `${path}?ids=${this.#id}`),
		);
		const roleIds = this.roleIds.peek();
		await this.facts.load();
		this.roleIds.value = roleIds;
		return done;
	}
}
