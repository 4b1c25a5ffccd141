import { signal } from "@preact/signals";
import type { Api } from "./api.ts";
import { divisionName, divisions, readDivisions } from "./divisions.ts";
import { inDivision } from "./needs.ts";
import type { Need, Rights } from "./rights.ts";
import type { Self } from "./self.ts";

/** Ids of the divisions in which one may do what is needed, the home division first. */
export function placesFor(need: Need, rights: Rights): string[] {
	const home = (id: string) => Number(divisions.value.find((one) => one.id === id)?.homeDivision ?? false);
	return divisions.value
		.map((division) => division.id)
		.filter((id) => rights.may(inDivision(need, id)))
		.sort((a, b) => home(b) - home(a));
}

/**
 * In which division something new is made: without a word of it the server takes the home division, and refuses who may add
 * nothing there. Existing things are moved; see {@link DivisionMove}.
 */
export class NewPlace {
	readonly #chosen = signal("");
	#chosenName = "";
	readonly #api: Api;
	readonly #self: Self;
	readonly #need: Need;

	/** @param need what adding it takes */
	constructor(api: Api, self: Self, need: Need) {
		this.#api = api;
		this.#self = self;
		this.#need = need;
	}

	/** A colleague may have made a division meanwhile. */
	read(): Promise<void> {
		return readDivisions(this.#api);
	}

	get places(): string[] {
		return placesFor(this.#need, this.#self.rights.value);
	}

	/** The one that was chosen and is none any more: by its name. */
	get lost(): string | undefined {
		return this.#chosen.value === "" || this.places.includes(this.#chosen.value) ? undefined : this.#chosenName;
	}

	/** The chosen one, the first until somebody chooses; empty where none is known. */
	get id(): string {
		const { places } = this;
		return places.find((id) => id === this.#chosen.value) ?? places[0] ?? "";
	}

	choose(id: string): void {
		this.#chosenName = divisionName(id);
		this.#chosen.value = id;
	}

	/** What is sent of it beside the form. */
	get body(): { division?: { id: string } } {
		const { id } = this;
		return id === "" ? {} : { division: { id } };
	}
}
