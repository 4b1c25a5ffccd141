import { type Conversation, isConnected, isLive, isParked, isStaff, type Participant } from "../model.ts";

/** The customer who takes part now. */
export function livingCustomer(conversation: Conversation): Participant | undefined {
	return conversation.participants.findLast((one) => one.purpose === "customer" && isLive(one));
}

/** Who of the organization has it in hand, or put it aside. */
export function agentOf(conversation: Conversation): Participant | undefined {
	return conversation.participants.findLast((one) => isStaff(one) && (isConnected(one) || isParked(one)));
}

/** Who had it in hand last. */
export function lastAgentOf(conversation: Conversation): Participant | undefined {
	return conversation.participants.findLast((one) => isStaff(one) && one.connectedTime !== undefined);
}

/** The conversation was over: nobody takes part any more. */
export function isClosed(conversation: Conversation): boolean {
	return conversation.endTime !== undefined || !conversation.participants.some(isLive);
}
