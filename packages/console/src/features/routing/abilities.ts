import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";

export interface Ability {
	id: string;
	name: string;
}

export type AbilityKind = "skill" | "language";
/** Named things of which there is a list. */
export type ListedKind = AbilityKind | "label";

export const abilityPath = (kind: ListedKind) =>
	kind === "label" ? "/api/v2/routing/utilization/labels" : `/api/v2/routing/${kind}s`;

/** Skills, languages, or utilization labels: those that there are. */
export class AbilitiesModel {
	readonly kind: ListedKind;
	readonly all: Loaded<Ability[]>;
	readonly name = signal("");
	readonly adding = new Task();
	readonly removing = new Task();
	readonly #api: Api;
	readonly #changed: (() => Promise<unknown>) | undefined;

	/** @param changed after one was added or removed */
	constructor(api: Api, kind: ListedKind, changed?: () => Promise<unknown>) {
		this.#api = api;
		this.#changed = changed;
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
		await this.#news();
		return name;
	}

	async remove(id: string): Promise<boolean> {
		// Whoever was asked has read that it is taken from everything.
		const path = `${abilityPath(this.kind)}/${id}${this.kind === "label" ? "?forceDelete=true" : ""}`;
		const done = await this.removing.run(() => this.#api.request("DELETE", path));
		await this.#news();
		return done;
	}

	async #news(): Promise<void> {
		await this.all.load();
		await this.#changed?.();
	}
}
