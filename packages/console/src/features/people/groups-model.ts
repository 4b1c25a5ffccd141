import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Group } from "../../session/wire.ts";

/** All groups, and adding one. */
export class GroupsModel {
	readonly groups: Loaded<Group[]>;
	readonly adding = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.groups = new Loaded(async () => (await listAll<Group>(api, "/api/v2/groups")).sort(byName));
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
