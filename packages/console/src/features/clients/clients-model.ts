import type { Api } from "../../session/api.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { OAuthClient } from "../../session/wire.ts";

/** The OAuth clients of the organization, by name. */
export class ClientsModel {
	readonly clients: Paged<OAuthClient>;

	constructor(api: Api) {
		this.clients = new Paged<OAuthClient>(({ number, size }) =>
			api.request<Slice<OAuthClient>>("GET", `/api/v2/oauth/clients?pageSize=${size}&pageNumber=${number}`),
		);
	}
}
