import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import type { Paged } from "../../session/paged.ts";
import { searchGroups } from "../../session/people-search.ts";
import type { Group } from "../../session/wire.ts";

/** The groups, searched and paged on the server, and adding one. */
export class GroupsModel {
	readonly groups: Paged<Group>;
	readonly adding = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.groups = searchGroups(api);
	}

	/** Resolves to the id of the new group, or undefined when it was refused. */
	async add(name: string): Promise<string | undefined> {
		let id: string | undefined;
		await this.adding.run(async () => {
			const body = { name: name.trim(), type: "official", visibility: "public", rulesVisible: true };
			id = (await this.#api.request<Group>("POST", "/api/v2/groups", body)).id;
		});
		return id;
	}
}
