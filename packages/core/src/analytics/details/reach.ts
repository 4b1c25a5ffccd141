import type { AnalysedConversation } from "../../conversations/analysis/model.ts";
import { divisionsWith, holds, type Principal } from "../../kernel/principal.ts";
import type { DetailFilter } from "./find-store.ts";

const view = "analytics:conversationDetail:view";
const viewOwn = "analytics:agentConversationDetail:view";
/** Either opens the operations; the second shows what its holder took part in. */
export const detailPermissions = [view, viewOwn];

/** Which conversations the caller may be told of. */
export function reachOf(principal: Principal): DetailFilter["reach"] {
	const divisions = divisionsWith(principal, [view]);
	const isOwn = principal.userId !== undefined && holds(principal, viewOwn);
	return {
		divisions: divisions === "all" ? "all" : [...divisions],
		...(isOwn ? { userId: principal.userId } : {}),
	};
}

/** Whether this one is among them. */
export function isWithinReach({ divisionIds, participants }: AnalysedConversation, principal: Principal): boolean {
	const { divisions, userId } = reachOf(principal);
	if (divisions === "all" || divisionIds.some((id) => divisions.includes(id))) return true;
	return userId !== undefined && participants.some((one) => one.userId === userId);
}
