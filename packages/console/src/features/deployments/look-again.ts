import { type Api, ApiError, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import type { Group, OAuthClient } from "../../session/wire.ts";

/** What is changed on other pages while a deployment's stands open. */
export interface Elsewhere {
	groups: Group[];
	/** Empty where one may not see them. */
	clients: OAuthClient[];
}

/** Which of it the page says something of. */
interface Shown {
	clientId: string | undefined;
	groupIds: readonly string[];
}

/** What was read of some things: those that are not found have gone. */
interface Fresh<Thing> {
	ids: readonly string[];
	found: readonly Thing[];
}

/** Reads that, and nothing else, anew. What cannot be read stays as it was. */
export async function lookAgain<T extends Elsewhere>(api: Api, facts: T, { clientId, groupIds }: Shown): Promise<T> {
	const [client, groups] = await Promise.all([
		clientId === undefined ? undefined : readClient(api, clientId),
		groupIds.length === 0 ? undefined : readGroups(api, groupIds),
	]);
	return { ...facts, clients: replaced(facts.clients, client), groups: replaced(facts.groups, groups) };
}

async function readClient(api: Api, id: string): Promise<Fresh<OAuthClient> | undefined> {
	try {
		const client = await api.request<OAuthClient>("GET", `/api/v2/oauth/clients/${encodeURIComponent(id)}`);
		return { ids: [id], found: [client] };
	} catch (error) {
		return error instanceof ApiError && error.status === 404 ? { ids: [id], found: [] } : undefined;
	}
}

async function readGroups(api: Api, ids: readonly string[]): Promise<Fresh<Group> | undefined> {
	const found = await listAll<Group>(api, `/api/v2/groups?id=${ids.join(",")}`).catch(() => undefined);
	return found && { ids, found };
}

function replaced<Thing extends { id: string; name: string }>(all: Thing[], fresh: Fresh<Thing> | undefined): Thing[] {
	if (!fresh) return all;
	return [...all.filter(({ id }) => !fresh.ids.includes(id)), ...fresh.found].sort(byName);
}
