import { ApiError } from "../kernel/http/api-error.ts";

/** 404: no such party in this conversation (platform-api 5.4). */
export function participantNotFound(participantId: string): ApiError {
	return new ApiError(
		404,
		"conversation.error.participant.not.found",
		"The conversation has no participant {participantId}.",
		{
			params: { participantId },
			entityId: participantId,
			entityName: "participant",
		},
	);
}

/** 404: nobody in this conversation takes part by that. */
export function noCommunication(communicationId: string): ApiError {
	return new ApiError(
		404,
		"conversation.error.communication.not.found",
		"The conversation has no communication {communicationId}.",
		{ params: { communicationId }, entityId: communicationId, entityName: "communication" },
	);
}

/** 403: the user may only control their own part (platform-api 5.4). */
export function notParticipant(conversationId: string): ApiError {
	return new ApiError(
		403,
		"conversation.error.not.conversation.participant",
		"You are not this participant of the conversation {conversationId}, and lack the permission to control others.",
		{ params: { conversationId } },
	);
}

/** 403, where no permission makes up for taking part. */
export function notInvolved(conversationId: string): ApiError {
	return new ApiError(
		403,
		"conversation.error.not.conversation.participant",
		"You are not this participant, or not in the conversation {conversationId} now; nobody else may do this.",
		{ params: { conversationId } },
	);
}

/** 400: the party's state does not allow it. */
export function illegalState(text: string, params: Record<string, string> = {}): ApiError {
	return new ApiError(400, "conversation.error.invalid.state", text, { params });
}

/** 409: the person who is wanted is being rung for somebody else; nothing was changed. */
export function destinationBusy(name: string): ApiError {
	return new ApiError(409, "conversation.error.destination.busy", "{name} is being called by somebody else just now.", {
		params: { name },
	});
}

/** 400: somebody else from outside is in the call as well, and would wait in the queue with the customer. */
export function outsiderThere(name: string): ApiError {
	return new ApiError(
		400,
		"conversation.error.outsider.connected",
		"{name} is in the call as well and would wait in the queue with the customer: remove them from the call first.",
		{ params: { name } },
	);
}

/** 400: a colleague goes on with the customer, who need not wait for anybody. */
export function colleagueThere(name: string): ApiError {
	return new ApiError(
		400,
		"conversation.error.colleague.connected",
		"{name} is in the call as well and goes on with the customer, who need not wait in a queue: leave the call instead.",
		{ params: { name } },
	);
}
