import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { KnownClient, OAuthClient } from "../../session/wire.ts";

/** The OAuth clients of the organization, by name. */
export class ClientsModel {
	readonly clients: Paged<OAuthClient>;
	/** Names of those who know a program's secret and are no longer active, by the program's id. */
	readonly left: Loaded<ReadonlyMap<string, string>>;

	constructor(api: Api) {
		this.clients = new Paged<OAuthClient>(({ number, size }) =>
			api.request<Slice<OAuthClient>>("GET", `/api/v2/oauth/clients?pageSize=${size}&pageNumber=${number}`),
		);
		this.left = new Loaded(() => readLeft(api));
	}
}

/** Programs whose secret is known to somebody who is no longer active: the person's name, by the program's id. */
export async function readLeft(api: Api): Promise<ReadonlyMap<string, string>> {
	const { entities } = await api.request<{ entities: KnownClient[] }>("GET", "/api/inlay/v1/clients/left");
	return new Map(entities.map(({ id, secretKnownTo }) => [id, secretKnownTo.name]));
}
