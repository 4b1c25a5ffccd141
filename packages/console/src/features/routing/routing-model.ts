import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import { DecisionsModel } from "./decisions.ts";
import { UtilizationModel } from "./utilization-model.ts";

export interface Ability {
	id: string;
	name: string;
}

export type AbilityKind = "skill" | "language";

export const abilityPath = (kind: AbilityKind) => `/api/v2/routing/${kind}s`;

/** Skills, or languages: those that there are. */
export class AbilitiesModel {
	readonly kind: AbilityKind;
	readonly all: Loaded<Ability[]>;
	readonly name = signal("");
	readonly adding = new Task();
	readonly removing = new Task();
	readonly #api: Api;

	constructor(api: Api, kind: AbilityKind) {
		this.#api = api;
		this.kind = kind;
		this.all = new Loaded(async () => (await listAll<Ability>(api, abilityPath(kind))).sort(byName));
	}

	/** @returns what was added */
	async add(): Promise<string | undefined> {
		const name = this.name.peek().trim();
		if (name === "") return undefined;
		const done = await this.adding.run(() => this.#api.request("POST", abilityPath(this.kind), { name }));
		if (!done) return undefined;
		this.name.value = "";
		await this.all.load();
		return name;
	}

	async remove(id: string): Promise<boolean> {
		const done = await this.removing.run(() => this.#api.request("DELETE", `${abilityPath(this.kind)}/${id}`));
		await this.all.load();
		return done;
	}
}

/** The screen: each part reads for itself. */
export class RoutingModel {
	readonly skills: AbilitiesModel;
	readonly languages: AbilitiesModel;
	readonly utilization: UtilizationModel;
	readonly decisions: DecisionsModel;

	constructor(api: Api) {
		this.skills = new AbilitiesModel(api, "skill");
		this.languages = new AbilitiesModel(api, "language");
		this.utilization = new UtilizationModel(api);
		this.decisions = new DecisionsModel(api);
	}
}
