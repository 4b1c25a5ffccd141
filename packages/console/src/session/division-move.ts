import type { Api } from "./api.ts";
import { readDivisions } from "./divisions.ts";
import { Task } from "./load.ts";

/** Types of objects that the platform's operation moves here. */
export type MovedType = "USER" | "QUEUE" | "WRAPUPCODE";

/** Moves one object between divisions, beside its form: that it is elsewhere is saved by itself. */
export class DivisionMove {
	readonly task = new Task();
	readonly #api: Api;
	readonly #type: MovedType;
	readonly #id: string;
	readonly #moved: () => Promise<unknown>;

	/** @param moved reads the object again */
	constructor(api: Api, type: MovedType, id: string, moved: () => Promise<unknown>) {
		this.#api = api;
		this.#type = type;
		this.#id = id;
		this.#moved = moved;
	}

	/** A colleague may have made a division meanwhile. */
	readPlaces(): Promise<void> {
		return readDivisions(this.#api);
	}

	/** Resolves to false where it was refused. */
	async to(divisionId: string): Promise<boolean> {
		const path = `/api/v2/authorization/divisions/${encodeURIComponent(divisionId)}/objects/${this.#type}`;
		const done = await this.task.run(() => this.#api.request("POST", path, [this.#id]));
		if (done) await this.#moved();
		return done;
	}
}
