import { type CobrowseView, cobrowseRights, mayCobrowse } from "@inlay/contract/cobrowse/session";
import { divisionIdsNow } from "../conversations/divisions.ts";
import { exchangeOf } from "../conversations/message/model.ts";
import {
	type Conversation,
	isConnected,
	isOutside,
	isStaff,
	mediumOfPart,
	type Participant,
} from "../conversations/model.ts";
import { notInvolved } from "../conversations/refusals.ts";
import type { Controller } from "../conversations/service.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { nothingToShare } from "./refusals.ts";

/** Who would share a page with whom, and how the customer is asked. */
export interface Parties {
	communicationType: CobrowseView["communicationType"];
	agent: Participant;
	customer: Participant;
}

/** Any of them lets somebody ask; by what the interaction takes place, and where it is, the rules judge. */
export const askingRights: readonly string[] = [
	...new Set(Object.values(cobrowseRights).flatMap((ways) => ways.flat())),
].filter((permission) => permission !== "cobrowse:session:view");

/** Those who are in the conversation now, with whom a page can be shared: one agent who has it in hand, one customer. */
export function partiesOf(conversation: Conversation, userId: string | undefined): Parties | undefined {
	const agent = conversation.participants.findLast((one) => one.userId === userId && isStaff(one) && isConnected(one));
	const customer = conversation.participants.findLast((one) => isOutside(one) && isConnected(one));
	if (!userId || !agent || !customer) return undefined;
	const medium = mediumOfPart(agent);
	if (medium === "calls") return { communicationType: "Call", agent, customer };
	const isMessenger = medium === "messages" && exchangeOf(conversation).channel === "webmessaging";
	return isMessenger ? { communicationType: "Message", agent, customer } : undefined;
}

/** Whether those of a session are still in the conversation. */
export function areThere(
	conversation: Conversation,
	agentParticipantId: string,
	customerParticipantId: string,
): boolean {
	return isThere(conversation, agentParticipantId) && isThere(conversation, customerParticipantId);
}

export function isThere({ participants }: Conversation, participantId: string): boolean {
	return participants.some((one) => one.id === participantId && isConnected(one));
}

/** Whether somebody who holds that may have customers' pages shown to them there (the guide's rows). */
export function maySee(
	conversation: Conversation,
	communicationType: CobrowseView["communicationType"],
	holds: (permission: string, divisionId: string) => boolean,
): boolean {
	const divisionIds = divisionIdsNow(conversation);
	return mayCobrowse(communicationType, (permission) => divisionIds.some((id) => holds(permission, id)));
}

/**
 * Who would share with whom, for who has the conversation in hand and may (the guide's rows).
 * @throws ApiError 403, 400 `cobrowse.conversation`
 */
export function requireParties(conversation: Conversation, by: Controller): Parties {
	if (!conversation.participants.some((one) => one.userId === by.userId && isConnected(one)))
		throw notInvolved(conversation.id);
	const parties = partiesOf(conversation, by.userId);
	if (!parties) throw nothingToShare();
	if (by.may === undefined || maySee(conversation, parties.communicationType, by.may)) return parties;
	throw mayNotSee(parties.communicationType, divisionIdsNow(conversation), by.may);
}

/** Whoever may elsewhere lacks the division and no permission. */
function mayNotSee(
	type: CobrowseView["communicationType"],
	divisionIds: readonly string[],
	may: (permission: string) => boolean,
): ApiError {
	const permissions = cobrowseRights[type].map((rights) => rights.join(" with ")).join(", or ");
	const text = "To co-browse in this interaction one needs {permissions}";
	if (!mayCobrowse(type, may))
		return new ApiError(403, "missing.any.permissions", `${text}.`, { params: { permissions } });
	return new ApiError(403, "missing.division.permission", `${text} in the division {divisionId}.`, {
		params: { permissions, divisionId: divisionIds.join(", ") },
	});
}
