import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import { type Ability, type AbilityKind, abilityPath } from "./abilities.ts";

export interface OwnAbility extends Ability {
	/** 0 to 5 */
	proficiency: number;
}

/** What skills, or languages, one person has. */
export class PersonAbilities {
	readonly kind: AbilityKind;
	readonly own: Loaded<OwnAbility[]>;
	/** All that there are, to choose from. */
	readonly all: Loaded<Ability[]>;
	readonly chosen = signal("");
	readonly proficiency = signal("3");
	readonly changing = new Task();
	readonly #api: Api;
	readonly #path: string;

	constructor(api: Api, userId: string, kind: AbilityKind) {
		this.#api = api;
		this.kind = kind;
		this.#path = `/api/v2/users/${userId}/routing${kind}s`;
		this.own = new Loaded(() => listAll<OwnAbility>(api, this.#path));
		this.all = new Loaded(async () => (await listAll<Ability>(api, abilityPath(kind))).sort(byName));
	}

	/** Gives the chosen one, or changes how well the person has it. */
	give(): Promise<boolean> {
		const id = this.chosen.peek();
		const given = [{ id, proficiency: Number(this.proficiency.peek()) }];
		return id === "" ? Promise.resolve(false) : this.#change("PATCH", `${this.#path}/bulk`, given);
	}

	take(id: string): Promise<boolean> {
		return this.#change("DELETE", `${this.#path}/${id}`);
	}

	async #change(method: "PATCH" | "DELETE", path: string, body?: object): Promise<boolean> {
		const done = await this.changing.run(() =>
			this.#api.request(method, path, body, { noVersion: "one ability of many" }),
		);
		await this.own.load();
		return done;
	}
}
