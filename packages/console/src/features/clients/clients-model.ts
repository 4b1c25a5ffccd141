import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import type { KnownClient, OAuthClient } from "../../session/wire.ts";

/** The OAuth clients of the organization, by name. */
export class ClientsModel {
	readonly clients: Paged<OAuthClient>;
	/** Programs whose secret somebody knows who is no longer active, or may do less, by id. */
	readonly left: Loaded<ReadonlyMap<string, KnownClient>>;

	constructor(api: Api) {
		this.clients = new Paged<OAuthClient>(({ number, size }) =>
			api.request<Slice<OAuthClient>>("GET", `/api/v2/oauth/clients?pageSize=${size}&pageNumber=${number}`),
		);
		this.left = new Loaded(() => readLeft(api));
	}
}

/** Programs whose secret is known to somebody who is no longer active, or may do less than they, by id. */
export async function readLeft(api: Api): Promise<ReadonlyMap<string, KnownClient>> {
	const { entities } = await api.request<{ entities: KnownClient[] }>("GET", "/api/inlay/v1/clients/left");
	return new Map(entities.map((program) => [program.id, program]));
}

/** Whether whoever knows the secret goes on working here. */
export function isStronger({ secretKnownTo: { state } }: KnownClient): boolean {
	return state === "active";
}
