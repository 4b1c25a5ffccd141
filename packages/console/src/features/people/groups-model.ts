import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { Group } from "../../session/wire.ts";

/** The groups, searched and paged on the server, and adding one. */
export class GroupsModel {
	readonly groups: Paged<Group>;
	readonly adding = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.groups = new Paged(async ({ text, number, size }): Promise<Slice<Group>> => {
			const query = text === "" ? [] : [{ type: "QUERY_STRING", fields: ["name"], value: text }];
			const body = { query, pageSize: size, pageNumber: number, sortBy: "name" };
			const found = await api.request<{ results: Group[]; total: number }>("POST", "/api/v2/groups/search", body);
			return { entities: found.results, total: found.total };
		});
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
