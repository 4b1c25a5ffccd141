import { ApiError, notFound } from "../../kernel/http/api-error.ts";
import { Answer, type AskedPermissions, orOwn } from "../../kernel/http/route.ts";
import { holds, type Principal } from "../../kernel/principal.ts";
import { isInHand, requireParticipant, requireView } from "../authority.ts";
import { type Conversation, communicationOf, type Participant } from "../model.ts";
import type { Controller, SharedConversations } from "../service.ts";

/**
 * Opens the operations that end a whole conversation. The table names the first alone; it lets its holder end everybody's,
 * so agents do not have it: who may change a part may ask here too, and the rules let them end their own conversation.
 */
export const ending = ["conversation:communication:disconnect", "conversation:participant:wrapup"];

/**
 * Losing a permission never cuts a running interaction (agent-features 0.1-3): whoever is in it, or wraps it up, goes on
 * with their own part of it without the permission.
 */
export function orInHand(service: SharedConversations, rule: AskedPermissions): AskedPermissions {
	return orOwn(rule, {
		what: "one's own part of a call that one is in or wraps up",
		isOwn: async (userId, { conversationId = "", participantId }) => {
			const conversation = await service.get(conversationId);
			return conversation !== undefined && isInHand(conversation, userId, participantId);
		},
	});
}

/** The bearer of the token, as conversations judge what they may do. */
export function controllerOf(principal: Principal): Controller {
	return {
		...(principal.userId ? { userId: principal.userId } : {}),
		clientId: principal.clientId,
		may: (permission, divisionId) => holds(principal, permission, divisionId),
	};
}

/** The conversation, for those who take part in it or may view it. @throws ApiError 404 `not.found`, 403 */
export async function visible(
	service: SharedConversations,
	conversationId: string,
	principal: Principal,
): Promise<Conversation> {
	const conversation = await service.get(conversationId);
	if (!conversation) throw notFound("conversation", conversationId);
	requireView(conversation, controllerOf(principal));
	return conversation;
}

export async function visibleParticipant(
	service: SharedConversations,
	params: { conversationId: string; participantId: string; communicationId?: string },
	principal: Principal,
): Promise<{ conversation: Conversation; participant: Participant }> {
	const conversation = await visible(service, params.conversationId, principal);
	const participant = requireParticipant(conversation, params.participantId);
	requireCommunication(participant, params.communicationId);
	return { conversation, participant };
}

/** A participant has one call; another communication id is unknown. */
export function requireCommunication(participant: Participant, communicationId: string | undefined): void {
	if (communicationId === undefined || communicationOf(participant).id === communicationId) return;
	throw new ApiError(
		404,
		"conversation.error.communication.not.found",
		"The participant has no communication {communicationId}.",
		{
			params: { communicationId },
			entityId: communicationId,
			entityName: "communication",
		},
	);
}

/** The platform answers some operations with a bare JSON text. */
export function textAnswer(status: number, text: string): Answer {
	return new Answer(status, JSON.stringify(text), { "content-type": "application/json; charset=utf-8" });
}
