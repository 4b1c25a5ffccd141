import type { GrantedPermission } from "../kernel/principal.ts";
import { isFor } from "./access.ts";
import type { Deployment } from "./model.ts";
import { isPrivate } from "./views.ts";

/** What is asked of those who may be in a panel. */
export interface UseFacts {
	/** Ids of the users who have an interaction in hand, or owe after-call work. */
	usersAtWork(): Promise<string[]>;
	grantsOf(userId: string): Promise<GrantedPermission[]>;
	/** Ids of users' groups; nothing of users who are in none. */
	groupsOfAll(userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/**
 * Who has something in hand and may be in the deployment's panel: by group and permission, as panels do not say which of an
 * agent's deployments they are. After it was switched off, those whom it waits for.
 * @returns ids of users
 */
export async function usersOf(deployment: Deployment, facts: UseFacts): Promise<string[]> {
	const ids = await facts.usersAtWork();
	const groups = (deployment.properties.groups ?? []).length > 0 ? await facts.groupsOfAll(ids) : nobodys;
	const found: string[] = [];
	for (const userId of ids) {
		const grants = isPrivate(deployment) ? await facts.grantsOf(userId) : [];
		if (isFor(deployment, { grants, groups: groups.get(userId) ?? [] })) found.push(userId);
	}
	return found;
}

const nobodys: ReadonlyMap<string, readonly string[]> = new Map();
