import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Group, User } from "../../session/wire.ts";

export interface GroupFacts {
	group: Group;
	members: User[];
	/** Users who are not members. */
	others: User[];
}

/** One group: who is in it. */
export class GroupModel {
	readonly facts: Loaded<GroupFacts>;
	readonly changing = new Task();
	readonly removing = new Task();
	readonly #api: Api;
	readonly #path: string;

	constructor(api: Api, id: string) {
		this.#api = api;
		this.#path = `/api/v2/groups/${id}`;
		this.facts = new Loaded(async () => {
			const [group, members, users] = await Promise.all([
				api.request<Group>("GET", this.#path),
				listAll<User>(api, `${this.#path}/members`),
				listAll<User>(api, "/api/v2/users"),
			]);
			const inside = new Set(members.map((member) => member.id));
			return { group, members, others: users.filter((user) => !inside.has(user.id)) };
		});
	}

	add(userId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", `${this.#path}/members`, { memberIds: [userId] }));
	}

	takeOut(userId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${this.#path}/members?ids=${userId}`));
	}

	remove(): Promise<boolean> {
		return this.removing.run(() => this.#api.request("DELETE", this.#path));
	}

	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		await this.facts.load();
		return done;
	}
}
