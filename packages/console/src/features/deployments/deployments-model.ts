import type { Api } from "../../session/api.ts";
import { listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Configuration, Group, Integration, IntegrationType, Troubles } from "../../session/wire.ts";
import { readTroubles } from "./troubles.ts";
import { type DeploymentUse, readUse, switchDeployment } from "./use.ts";

const base = "/api/v2/integrations";

export interface DeploymentsFacts {
	deployments: Integration[];
	types: IntegrationType[];
	/** What agents have met, by deployment. */
	troubles: ReadonlyMap<string, Troubles>;
}

export type GroupUsers = Pick<Group, "id" | "name" | "memberCount">;

/** All deployments: adding, renaming, switching, deleting. */
export class DeploymentsModel {
	readonly facts: Loaded<DeploymentsFacts>;
	readonly adding = new Task();
	readonly renaming = new Task();
	readonly switching = new Task();
	readonly removing = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.facts = new Loaded(async () => {
			const [deployments, types, troubles] = await Promise.all([
				listAll<Integration>(api, base),
				listAll<IntegrationType>(api, `${base}/types`),
				readTroubles(api),
			]);
			return { deployments: deployments.sort(byName), types, troubles };
		});
	}

	/** How many of a kind there are, and may be. */
	room(type: IntegrationType): { used: number; most: number | undefined; full: boolean } {
		const all = this.facts.value?.deployments ?? [];
		const used = all.filter((deployment) => deployment.integrationType.id === type.id).length;
		return { used, most: type.maxInstances, full: type.maxInstances !== undefined && used >= type.maxInstances };
	}

	/** Adds a deployment, switched off; resolves to its id, or undefined when it was refused. */
	async add(name: string, typeId: string): Promise<string | undefined> {
		let id: string | undefined;
		await this.adding.run(async () => {
			const body = { name: name.trim(), integrationType: { id: typeId } };
			id = (await this.#api.request<Integration>("POST", base, body)).id;
		});
		if (!id) await this.facts.load();
		return id;
	}

	/** Renames by way of the configuration, as read this moment: nothing else of it changes. */
	rename(id: string, name: string): Promise<boolean> {
		return this.#andReload(this.renaming, async () => {
			const path = `${base}/${id}/config/current`;
			const now = await this.#api.request<Configuration>("GET", path);
			await this.#api.request("PUT", path, { ...now, name: name.trim() });
		});
	}

	/** @param now off for those at work, too */
	switch(id: string, on: boolean, now = false): Promise<boolean> {
		return this.#andReload(this.switching, () => switchDeployment(this.#api, id, on, now));
	}

	/** Who has something in hand in a deployment's panels. */
	use(id: string): Loaded<DeploymentUse> {
		return new Loaded(() => readUse(this.#api, id));
	}

	remove(id: string): Promise<boolean> {
		return this.#andReload(this.removing, () => this.#api.request("DELETE", `${base}/${id}`));
	}

	/** The groups of a deployment that there still are. */
	async users(deployment: Integration): Promise<GroupUsers[]> {
		const ids = deployment.config.current.properties.groups ?? [];
		if (ids.length === 0) return [];
		const path = `/api/v2/groups?id=${ids.join(",")}`;
		const groups = await listAll<Group>(this.#api, path);
		return groups.map(({ id, name, memberCount }) => ({ id, name, memberCount }));
	}

	async #andReload(task: Task, work: () => Promise<unknown>): Promise<boolean> {
		const done = await task.run(work);
		await this.facts.load();
		return done;
	}
}
