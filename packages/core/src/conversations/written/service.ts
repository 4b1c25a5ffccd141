import type { Trx } from "../../kernel/database/database.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import { lastAgentMs } from "../../routing/offer-rules.ts";
import type { Frame } from "../frame.ts";
import type { MediumCommand } from "../media.ts";
import { type Conversation, communicationOf, isConnected, isStaff, type QueueFacts } from "../model.ts";
import { notParticipant } from "../refusals.ts";
import type { Controller } from "../service.ts";
import { transition } from "../transitions/transition.ts";
import type { Preferred } from "./enter.ts";
import { agentOf, isClosed, lastAgentOf } from "./parties.ts";
import type { Taking } from "./take.ts";

/** How what was written in stands. */
export type WrittenState =
	| { kind: "none" }
	/** Its conversation has ended. */
	| { kind: "ended"; conversation: Conversation }
	/** A customer waits, or a colleague has it in hand. */
	| { kind: "busy"; conversation: Conversation; userId?: string; name?: string };

/** What the services of media share in which people write. All is done in the caller's transaction. */
export function createWritten(frame: Frame) {
	const { kernel, deps, store, changes, targets } = frame;

	return {
		/** A new conversation to which all of that has happened already when it is told of. */
		add(trx: Trx, fresh: Conversation, commands: readonly MediumCommand[], by?: Controller): Promise<Conversation> {
			const context = changes.context();
			const made = commands.reduce((now, command) => transition(now, command, context), fresh);
			return changes.add(trx, made, commands.map(({ type }) => type).join("+"), by && actorOf(by));
		},

		change(trx: Trx, conversationId: string, commands: MediumCommand[], by?: Controller): Promise<Conversation> {
			return changes.apply(trx, { conversationId, commands: () => commands }, by && actorOf(by));
		},

		/** How a conversation stands, held. */
		async stateOf(trx: Trx, conversationId: string | undefined): Promise<WrittenState> {
			if (conversationId === undefined) return { kind: "none" };
			const conversation = (await store.lock(trx, [conversationId])).get(conversationId);
			if (!conversation) return { kind: "none" };
			if (isClosed(conversation)) return { kind: "ended", conversation };
			const { userId, name } = agentOf(conversation) ?? {};
			return { kind: "busy", conversation, ...(userId ? { userId } : {}), ...(name ? { name } : {}) };
		},

		/** Who had it last, where they still work here: only they are asked for a while. */
		async preferredOf(trx: Trx, conversation: Conversation): Promise<{ preferred?: Preferred }> {
			const userId = lastAgentOf(conversation)?.userId;
			const [user] = userId ? await deps.users.find([userId], trx) : [];
			if (!userId || !user || (user.state !== undefined && user.state !== "active")) return {};
			const until = new Date(kernel.clock.now().getTime() + lastAgentMs).toISOString();
			return { preferred: { userId, until } };
		},

		/** @throws ApiError 400 naming the queue where the user does not work for it */
		async writer(queue: QueueFacts, by: Controller): Promise<Taking> {
			const userId = by.userId ?? "";
			await targets.member(queue, userId, "queueId");
			const { name, divisionId } = await targets.activeUser(userId, "userId");
			return { userId, name, divisionId };
		},

		/** Whose it is, for who has it in hand. @throws ApiError 404 for a part that is not there, 403 for another's */
		async requireInHand(conversationId: string, communicationId: string, by: Controller): Promise<Conversation> {
			const conversation = await frame.require(conversationId);
			const part = conversation.participants.find((one) => communicationOf(one).id === communicationId);
			if (!part || !isStaff(part)) throw noCommunication(communicationId);
			if (part.userId !== by.userId || !isConnected(part)) throw notParticipant(conversationId);
			return conversation;
		},
	};
}

function actorOf({ userId, clientId }: Controller) {
	return { ...(userId ? { userId } : {}), ...(clientId ? { clientId } : {}) };
}

function noCommunication(communicationId: string): ApiError {
	return new ApiError(
		404,
		"conversation.error.communication.not.found",
		"The conversation has no communication {communicationId} of somebody who could write.",
		{ params: { communicationId }, entityId: communicationId, entityName: "communication" },
	);
}
