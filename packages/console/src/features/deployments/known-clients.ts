import { bundledClientId } from "@inlay/contract";
import { type Api, listAll } from "../../session/api.ts";
import { needs } from "../../session/needs.ts";
import type { Rights } from "../../session/rights.ts";
import type { OAuthClient } from "../../session/wire.ts";

/** A client as a deployment's page knows it. */
export interface KnownClient extends OAuthClient {
	/** Those of its scopes that it has been authorized for; absent where it needs no authorization, or one may not see it. */
	authorized?: readonly string[];
}

const paths = {
	clients: "/api/v2/oauth/clients",
	authorizations: "/api/v2/oauth/authorizations",
	enforcement: "/api/inlay/v1/oauth/scopes/enforcement",
};

type Authorization = Pick<KnownClient, "scope"> & { client: { id: string } };

/** All of the organization's clients; none where one may not see them. */
export async function readKnownClients(api: Api, rights: Rights): Promise<KnownClient[]> {
	if (!rights.may(needs.viewClients)) return [];
	const [clients, authorized] = await Promise.all([
		listAll<OAuthClient>(api, paths.clients),
		// As their listing has no pages, it takes no query.
		authorizations(api, rights, async () => {
			const { entities } = await api.request<{ entities: Authorization[] }>("GET", paths.authorizations);
			return entities;
		}),
	]);
	return clients.map((client) => known(client, authorized));
}

/** One of them, as it is now. Rejects with ApiError. */
export async function readKnownClient(api: Api, rights: Rights, id: string): Promise<KnownClient> {
	const [own, ofOwn] = [paths.clients, paths.authorizations].map((path) => `${path}/${encodeURIComponent(id)}`);
	const [client, authorized] = await Promise.all([
		api.request<OAuthClient>("GET", own as string),
		authorizations(api, rights, async () => [await api.request<Authorization>("GET", ofOwn as string)]),
	]);
	return known(client, authorized);
}

type ByClient = ReadonlyMap<string, readonly string[]>;

/** Scopes by client; nothing where they do not count, or one may not see them: then nothing is said of them. */
async function authorizations(api: Api, rights: Rights, read: () => Promise<Authorization[]>): Promise<ByClient> {
	if (!rights.may(needs.viewApplications)) return new Map();
	const { enforceScopes } = await api.request<{ enforceScopes: boolean }>("GET", paths.enforcement);
	return enforceScopes ? new Map((await read()).map(({ client, scope }) => [client.id, scope])) : new Map();
}

/** The one that comes with the product needs no authorization, nor do programs: their roles judge them. */
function known(client: OAuthClient, scopes: ByClient): KnownClient {
	const needsNone = client.id === bundledClientId || client.authorizedGrantType === "CLIENT-CREDENTIALS";
	const authorized = needsNone ? undefined : scopes.get(client.id);
	return authorized ? { ...client, authorized } : client;
}
