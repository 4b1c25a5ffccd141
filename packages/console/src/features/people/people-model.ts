import { type Api, listAll } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import type { Paged } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { Self } from "../../session/self.ts";
import type { Group, User } from "../../session/wire.ts";
import { AtOnceModel } from "./bulk/at-once-model.ts";
import { BulkModel } from "./bulk/bulk-model.ts";

import { peopleCsv } from "./bulk/people-file.ts";
import { Selection } from "./bulk/selection.ts";
import { type ListedPerson, withLicenses } from "./listed-person.ts";

/** As many as one search tells. */
const exportPage = 500;
const states = ["active", "inactive"] as const;
const everybody = { expand: ["authorization"], states };

/** The users with their roles and licenses, those out of work too; searched and paged on the server. */
export class PeopleModel {
	readonly people: Paged<ListedPerson>;
	/** Those who were chosen, and their new passwords. */
	readonly bulk: BulkModel;
	/** What is done with them, or with everybody who is found. */
	readonly atOnce: AtOnceModel;
	readonly exporting = new Task();
	readonly #api: Api;

	constructor(api: Api, self: Self) {
		this.#api = api;
		this.people = searchPeople(api, everybody, (found) => withLicenses(api, self, found));
		this.bulk = new BulkModel(api, self, new Selection());
		this.atOnce = new AtOnceModel(api, self, { list: this.people, selection: this.bulk.selection, states });
	}

	/**
	 * Everybody who is found by what is looked for, as a file.
	 * @returns the file's text and how many are in it; undefined where it was refused
	 */
	async export(): Promise<{ text: string; count: number } | undefined> {
		let made: { text: string; count: number } | undefined;
		await this.exporting.run(async () => {
			const options = { size: exportPage, expand: ["authorization", "groups"], states };
			const pages = searchPeople(this.#api, options);
			pages.restore({ text: this.people.text.peek() });
			const found: User[] = [];
			do {
				await pages.go(Math.floor(found.length / exportPage) + 1);
				const slice = pages.slice.state.peek();
				if (slice.kind === "failed") throw slice.error;
				found.push(...(pages.slice.value?.entities ?? []));
			} while (found.length < (pages.slice.value?.total ?? 0) && found.length % exportPage === 0);
			const groups = await listAll<Group>(this.#api, "/api/v2/groups");
			made = { text: peopleCsv(found, groups), count: found.length };
		});
		return made;
	}
}
