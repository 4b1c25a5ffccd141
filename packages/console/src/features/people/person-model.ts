import { type Signal, signal } from "@preact/signals";
import { type Api, ApiError, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { AuthzSubject, Group, Role, SecondFactor, User } from "../../session/wire.ts";

export interface PersonFacts {
	user: User;
	roles: Role[];
	groups: Group[];
	/** Absent where the administrator may not look after the user's sign-in. */
	factor?: SecondFactor;
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
	readonly signingIn = new Task();
	readonly #api: Api;
	readonly #id: string;
	#readRoles: readonly string[] = [];
	#queue: Promise<boolean> = Promise.resolve(true);

	constructor(api: Api, id: string) {
		this.#api = api;
		this.#id = id;
		this.facts = new Loaded(async () => {
			const [user, held, roles, groups, factor] = await Promise.all([
				api.request<User>("GET", `/api/v2/users/${id}?expand=groups`),
				this.#ownRoles(),
				listAll<Role>(api, "/api/v2/authorization/roles"),
				listAll<Group>(api, "/api/v2/groups"),
				this.#factor(),
			]);
			this.#readRoles = held;
			this.roleIds.value = held;
			this.groupIds.value = (user.groups ?? []).map((group) => group.id);
			return { user, roles, groups, ...(factor ? { factor } : {}) };
		});
	}

	/** Sends what was changed here on top of what the user holds by now: another administrator may have been at it, too. */
	async saveRoles(): Promise<boolean> {
		const [read, chosen] = [this.#readRoles, this.roleIds.peek()];
		const done = await this.saving.run(async () => {
			const kept = (await this.#ownRoles()).filter((id) => chosen.includes(id) || !read.includes(id));
			const added = chosen.filter((id) => !read.includes(id) && !kept.includes(id));
			await this.#api.request("PUT", `/api/v2/users/${this.#id}/roles`, [...kept, ...added]);
		});
		if (done) await this.facts.load();
		return done;
	}

	/** @param mustChange the next sign-in asks for another one */
	setPassword(newPassword: string, mustChange: boolean): Promise<boolean> {
		const body = { newPassword, mustChange };
		return this.signingIn.run(() => this.#api.request("POST", `/api/v2/users/${this.#id}/password`, body));
	}

	/** Takes a lost second factor away. */
	async resetFactor(): Promise<boolean> {
		const done = await this.signingIn.run(() => this.#api.request("DELETE", this.#factorPath));
		if (done) await this.facts.load();
		return done;
	}

	get #factorPath(): string {
		return `/api/inlay/v1/users/${this.#id}/secondfactor`;
	}

	#factor(): Promise<SecondFactor | undefined> {
		return this.#api.request<SecondFactor>("GET", this.#factorPath).catch((error: unknown) => {
			if (error instanceof ApiError && error.status === 403) return undefined;
			throw error;
		});
	}

	/** The user's own roles; those of their groups come and go with the groups, and are not given again here. */
	async #ownRoles(): Promise<string[]> {
		const path = `/api/v2/authorization/subjects/${this.#id}?includeDuplicates=true`;
		const { grants } = await this.#api.request<AuthzSubject>("GET", path);
		return [...new Set(grants.filter((grant) => grant.subjectId === this.#id).map((grant) => grant.role.id))];
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
