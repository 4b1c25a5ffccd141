import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { OAuthClient } from "../../session/wire.ts";

/** All OAuth clients of the organization. */
export class ClientsModel {
	readonly clients: Loaded<OAuthClient[]>;

	constructor(api: Api) {
		this.clients = new Loaded(async () => {
			const found = await listAll<OAuthClient>(api, "/api/v2/oauth/clients");
			return found.sort((a, b) => a.name.localeCompare(b.name));
		});
	}
}
