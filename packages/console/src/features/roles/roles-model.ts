import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { Role } from "../../session/wire.ts";

/** All roles of the organization, with how many people hold each. */
export class RolesModel {
	readonly roles: Loaded<Role[]>;

	constructor(api: Api) {
		this.roles = new Loaded(() => listAll<Role>(api, "/api/v2/authorization/roles"));
	}
}
