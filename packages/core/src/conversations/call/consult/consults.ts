import { requireConsultOfOthers, requireParticipant } from "../../authority.ts";
import type { Frame } from "../../frame.ts";
import { type Conversation, livePartOf } from "../../model.ts";
import { notInvolved } from "../../refusals.ts";
import type { Controller, TransferWish } from "../../service.ts";
import { consultOf, type SpeakTo } from "./model.ts";
import { noDestination, noInitiator } from "./refusals.ts";

export interface ConsultRequest extends TransferWish {
	speakTo: SpeakTo;
	/** Who consults, where that is not who asks: for tokens without a user. */
	consultingUserId?: string;
}

/** Consults (platform-api 5.4). The participant is always the one about whom somebody is consulted. */
export interface Consults {
	/** @returns the participant that is called; for a queue the queue's, until one of its agents has answered */
	start(
		conversationId: string,
		participantId: string,
		wish: ConsultRequest,
		by: Controller,
	): Promise<{ destinationParticipantId: string }>;
	speakTo(
		conversationId: string,
		participantId: string,
		wish: Pick<ConsultRequest, "speakTo" | "consultingUserId">,
		by: Controller,
	): Promise<{ destinationParticipantId: string }>;
	/** Whoever is consulted is let go, and the agent is with the customer again. */
	cancel(conversationId: string, participantId: string, by: Controller): Promise<void>;
}

export function createConsults(frame: Frame): Consults {
	const { targets } = frame;
	return {
		async start(conversationId, participantId, { speakTo, consultingUserId, ...wish }, by) {
			// Who may not consult here learns nothing of phones and queues.
			const conversation = await frame.require(conversationId);
			requireParticipant(conversation, participantId);
			const userId = requireConsulting(conversation, consultingUserId, by);
			if (![wish.userId, wish.queueId, wish.address].some(Boolean)) throw noDestination();
			const target = await targets.partyOf(wish);
			await targets.refuseSelf(target, userId);
			// Whoever consults takes their line, and who is asked is rung.
			const userIds = [userId, ...(target.kind === "user" ? [target.userId] : [])];
			const changed = await frame.change(
				conversationId,
				(held) => {
					requireConsulting(held, consultingUserId, by);
					return [{ type: "consult.start", participantId, userId, target, speakTo }];
				},
				by,
				{ userIds },
			);
			return answerOf(changed);
		},

		async speakTo(conversationId, participantId, { speakTo, consultingUserId }, by) {
			await frame.require(conversationId);
			let answer = { destinationParticipantId: "" };
			await frame.change(
				conversationId,
				(held) => {
					requireParticipant(held, participantId);
					answer = answerOf(held);
					return [
						{ type: "consult.speak", participantId, speakTo, userId: consultingUserOf(held, consultingUserId, by) },
					];
				},
				by,
			);
			return answer;
		},

		async cancel(conversationId, participantId, by) {
			await frame.require(conversationId);
			await frame.change(
				conversationId,
				(held) => {
					requireParticipant(held, participantId);
					return [{ type: "consult.cancel", participantId, userId: consultingUserOf(held, undefined, by) }];
				},
				by,
			);
		},
	};
}

function answerOf(conversation: Conversation): { destinationParticipantId: string } {
	return { destinationParticipantId: consultOf(conversation)?.destinationId ?? "" };
}

/**
 * One consults for oneself. A token without a user says for whom, and holds the permission where the conversation is.
 * @throws ApiError 403
 */
function consultingUserOf(conversation: Conversation, said: string | undefined, by: Controller): string | undefined {
	if (by.userId !== undefined && said !== undefined && said !== by.userId) throw notInvolved(conversation.id);
	if (by.userId === undefined) requireConsultOfOthers(conversation, by);
	return by.userId ?? said;
}

/** @throws ApiError 403 for who has no part in the call, 400 where nobody is there who could consult */
function requireConsulting(conversation: Conversation, consultingUserId: string | undefined, by: Controller): string {
	const userId = consultingUserOf(conversation, consultingUserId, by);
	if (userId !== undefined && livePartOf(conversation, userId)) return userId;
	if (by.userId !== undefined) throw notInvolved(conversation.id);
	throw noInitiator();
}
