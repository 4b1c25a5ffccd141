import { type Api, ApiError, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import type { Rights } from "../../session/rights.ts";
import type { Group } from "../../session/wire.ts";
import { type KnownClient, readKnownClient } from "./known-clients.ts";

/** What is changed on other pages while a deployment's stands open. */
export interface Elsewhere {
	groups: Group[];
	/** Empty where one may not see them. */
	clients: KnownClient[];
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
export async function lookAgain<T extends Elsewhere>(
	{ api, rights }: { api: Api; rights: Rights },
	facts: T,
	{ clientId, groupIds }: Shown,
): Promise<T> {
	const [client, groups] = await Promise.all([
		clientId === undefined ? undefined : readClient(api, rights, clientId),
		groupIds.length === 0 ? undefined : readGroups(api, groupIds),
	]);
	return { ...facts, clients: replaced(facts.clients, client), groups: replaced(facts.groups, groups) };
}

async function readClient(api: Api, rights: Rights, id: string): Promise<Fresh<KnownClient> | undefined> {
	try {
		const client = await readKnownClient(api, rights, id);
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
