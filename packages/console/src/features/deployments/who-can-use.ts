import { missingRequiredRows } from "@inlay/contract";
import { privateTypeId } from "../../session/wire.ts";

/** Why somebody gets no panel, in the order in which it should be put right. */
export type Obstacle =
	| "user.inactive"
	| "deployment.inactive"
	| "script.missing"
	| "permission.missing"
	| "group.missing";

export interface UseFacts {
	deployment: { typeId: string; active: boolean; hasScript: boolean; groups: readonly string[] };
	user: { state: string; permissions: readonly string[]; groups: readonly string[] };
}

/**
 * What keeps a user from a deployment, all of it at once; nothing when they may use it. The rules are those by which the
 * server opens a panel: activation, script, permission (private deployments), group (configuration guide).
 */
export function obstacles({ deployment, user }: UseFacts): Obstacle[] {
	const found: Obstacle[] = [];
	if (user.state !== "active") found.push("user.inactive");
	if (!deployment.active) found.push("deployment.inactive");
	if (!deployment.hasScript) found.push("script.missing");
	if (deployment.typeId === privateTypeId && missingRequiredRows(user.permissions).length > 0) {
		found.push("permission.missing");
	}
	const isMember = deployment.groups.some((group) => user.groups.includes(group));
	if (deployment.groups.length > 0 && !isMember) found.push("group.missing");
	return found;
}
