import type { Api } from "../../session/api.ts";
import type { Paged } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { User } from "../../session/wire.ts";

/** The users with their roles, those out of work too; searched and paged on the server. */
export class PeopleModel {
	readonly people: Paged<User>;

	constructor(api: Api) {
		this.people = searchPeople(api, { expand: ["authorization"], states: ["active", "inactive"] });
	}
}
