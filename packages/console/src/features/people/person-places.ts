import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Paged } from "../../session/paged.ts";
import type { User } from "../../session/wire.ts";

interface Place {
	id: string;
	name: string;
}

/** The organization's locations, where one of them works, as the form of their account has them: by ids. */
export class PersonPlaces {
	/** To choose from, found on the server. */
	readonly offered: Paged<Place>;
	/** How those are called that the form has, or had. */
	readonly names = signal<ReadonlyMap<string, string>>(new Map());

	constructor(api: Api) {
		this.offered = new Paged<Place>(async ({ text, number, size }) => {
			const query = text === "" ? [] : [{ type: "CONTAINS", fields: ["name"], value: text }];
			const asked = { pageSize: size, pageNumber: number, sortBy: "name", query };
			const found = await api.request<{ results: Place[]; total: number }>("POST", "/api/v2/locations/search", asked);
			return { entities: found.results, total: found.total };
		});
	}

	/** Notes how the locations of somebody who was read are called. */
	read({ locations = [] }: Pick<User, "locations">): void {
		this.#note(locations.map(({ id, locationDefinition }) => [id, locationDefinition?.name ?? id]));
	}

	/** One more for the form. @returns those that it has then */
	with({ id, name }: Place, chosen: readonly string[]): string[] {
		this.#note([[id, name]]);
		return chosen.includes(id) ? [...chosen] : [...chosen, id];
	}

	nameOf(id: string): string {
		return this.names.value.get(id) ?? id;
	}

	#note(named: ReadonlyArray<readonly [string, string]>): void {
		this.names.value = new Map([...this.names.peek(), ...named]);
	}
}
