import type { Api } from "../../session/api.ts";
import { listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Self } from "../../session/self.ts";
import type { Configuration, Group, Integration, IntegrationType, OAuthClient, Troubles } from "../../session/wire.ts";
import { clientRequest, newClientForm } from "../clients/client-form.ts";
import { freeName } from "./free-name.ts";
import { readTroubles } from "./troubles.ts";
import { type Activated, activate, type DeploymentUse, readUse, switchDeployment } from "./use.ts";

const base = "/api/v2/integrations";
const clients = "/api/v2/oauth/clients";

export interface DeploymentsFacts {
	deployments: Integration[];
	types: IntegrationType[];
	/** What agents have met, by deployment. */
	troubles: ReadonlyMap<string, Troubles>;
}

/** A deployment that was added. */
export interface Added {
	id: string;
	/** The client that was made for it is the one that it signs in with. */
	hasClient: boolean;
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
	readonly #self: Self;
	readonly #panelUrl: string;
	/** A client that was made for a deployment of this name, which was then refused. */
	#made: { id: string; name: string } | undefined;

	/** @param panelUrl origin of the panels, to which sign-in returns */
	constructor(api: Api, self: Self, panelUrl: string) {
		this.#api = api;
		this.#self = self;
		this.#panelUrl = panelUrl;
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

	/** A name for a new one, or another, that nobody has yet. */
	freeName(wanted: string): string {
		return freeName(wanted, this.facts.value?.deployments.map(({ name }) => name) ?? []);
	}

	/** Another one is to be added: what was refused or made for the one before is no part of it. */
	begin(): void {
		this.adding.forget();
		this.#made = undefined;
	}

	/**
	 * Installs a deployment, switched off. With a client of its own, that is made first, as the guide has it, and chosen; what
	 * has been made already is not made again where somebody tries again.
	 * @returns undefined where it was refused; `hasClient` false where its own client could not be chosen: `adding` has why
	 */
	async add(name: string, typeId: string, { ownClient = false } = {}): Promise<Added | undefined> {
		let id: string | undefined;
		let hasClient = false;
		await this.adding.run(async () => {
			const clientId = ownClient ? await this.#ownClient(name.trim()) : undefined;
			const body = { name: name.trim(), integrationType: { id: typeId } };
			id = (await this.#api.request<Integration>("POST", base, body)).id;
			this.#made = undefined;
			if (!clientId) return;
			await this.#choose(id, clientId);
			hasClient = true;
		});
		if (id) return { id, hasClient };
		await this.facts.load();
		return undefined;
	}

	/** One that was made for a deployment which was then refused serves the next try. */
	async #ownClient(name: string): Promise<string> {
		if (this.#made?.name === name) return this.#made.id;
		const { id } = await this.#api.request<OAuthClient>("POST", clients, guidesClient(name, this.#panelUrl));
		this.#made = { id, name };
		return id;
	}

	async #choose(id: string, clientId: string): Promise<void> {
		const path = `${base}/${id}/config/current`;
		const now = await this.#api.request<Configuration>("GET", path);
		await this.#api.request("PUT", path, { ...now, properties: { ...now.properties, clientId } });
	}

	/** Renames by way of the configuration, as read this moment: nothing else of it changes. */
	rename(id: string, name: string): Promise<boolean> {
		return this.#andReload(this.renaming, async () => {
			const path = `${base}/${id}/config/current`;
			const now = await this.#api.request<Configuration>("GET", path);
			await this.#api.request("PUT", path, { ...now, name: name.trim() });
		});
	}

	/** Switches it on, unless its agents could not sign in: `switch` does that all the same. */
	async activate(id: string): Promise<Activated> {
		const access = { api: this.#api, self: this.#self, panelUrl: this.#panelUrl };
		const activated = await activate(this.switching, access, id);
		await this.facts.load();
		return activated;
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

/** A client as the guide sets one up: its fourteen scopes, 18 hours, the panel's addresses. */
function guidesClient(name: string, panelUrl: string) {
	return clientRequest({ ...newClientForm(panelUrl), name });
}
