import { type GrantedPermission, holds } from "../kernel/principal.ts";
import { agentPermission, type GroupDirectory } from "./access.ts";
import type { Deployment } from "./model.ts";
import { isPrivate } from "./views.ts";

/** What is asked of those who may be in a panel. */
export interface UseFacts {
	/** Ids of the users who have an interaction in hand, or owe after-call work. */
	usersAtWork(): Promise<string[]>;
	grantsOf(userId: string): Promise<GrantedPermission[]>;
	groupsOf: GroupDirectory["groupsOf"];
}

/**
 * Who has something in hand and may be in the deployment's panel: by group and permission, as panels do not say which of an
 * agent's deployments they are. After it was switched off, those whom it waits for.
 * @returns ids of users
 */
export async function usersOf(deployment: Deployment, facts: UseFacts): Promise<string[]> {
	const wanted = deployment.properties.groups ?? [];
	const found: string[] = [];
	for (const userId of await facts.usersAtWork()) {
		if (isPrivate(deployment) && !holds({ grants: await facts.grantsOf(userId) }, agentPermission)) continue;
		const own = wanted.length > 0 ? await facts.groupsOf(userId) : [];
		if (wanted.length === 0 || own.some((group) => wanted.includes(group))) found.push(userId);
	}
	return found;
}
