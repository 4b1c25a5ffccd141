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
	/** Ids of the groups that the user is in; a change shows at once and is taken back if the server refuses it. */
	readonly groupIds: Signal<readonly string[]> = signal([]);
	readonly saving = new Task();
	readonly joining = new Task();
	readonly #api: Api;
	readonly #id: string;
	#queue: Promise<boolean> = Promise.resolve(true);

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
			this.groupIds.value = (user.groups ?? []).map((group) => group.id);
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

	/** Puts the user into a group or takes them out of it; several changes go to the server one after another. */
	setMember(groupId: string, member: boolean): Promise<boolean> {
		this.#show(groupId, member);
		this.#queue = this.#queue.then(() => this.#send(groupId, member));
		return this.#queue;
	}

	async #send(groupId: string, member: boolean): Promise<boolean> {
		const path = `/api/v2/groups/${groupId}/members`;
		const done = await this.joining.run(() =>
			member
				? this.#api.request("POST", path, { memberIds: [this.#id] })
				: this.#api.request("DELETE", `${path}?ids=${this.#id}`),
		);
		if (!done) this.#show(groupId, !member);
		return done;
	}

	#show(groupId: string, member: boolean): void {
		const others = this.groupIds.peek().filter((id) => id !== groupId);
		this.groupIds.value = member ? [...others, groupId] : others;
	}
}
