import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { User } from "../../session/wire.ts";

/** All users with their roles. */
export class PeopleModel {
	readonly people: Loaded<User[]>;

	constructor(api: Api) {
		this.people = new Loaded(() => listAll<User>(api, "/api/v2/users?expand=authorization"));
	}
}
