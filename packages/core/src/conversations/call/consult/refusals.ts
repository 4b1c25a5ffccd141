import { ApiError } from "../../../kernel/http/api-error.ts";

/** 409: one consult at a time; nothing was changed. */
export function consultGoesOn(): ApiError {
	return new ApiError(
		409,
		"consult.already.active",
		"Somebody is being consulted in this call already. Complete or cancel that first.",
	);
}

/** 409: whoever moderates has put them on hold: asking somebody would take the customer from those who talk. */
export function heldByModerator(): ApiError {
	return new ApiError(
		409,
		"consult.while.held",
		"A colleague has put you on hold in this call. Ask them to take you back before you consult somebody about it.",
	);
}

/** 404: there is no consult to change (platform-api 5.4). */
export function noConsult(participantId: string): ApiError {
	return new ApiError(
		404,
		"conversation.error.consult.transfer.pending.not.found",
		"Nobody is being consulted about the participant {participantId}.",
		{ params: { participantId }, entityId: participantId, entityName: "participant" },
	);
}

/** 400: who asks is not in the call (platform-api 5.4). */
export function noInitiator(): ApiError {
	return new ApiError(
		400,
		"conversation.error.consult.transfer.no.initiator",
		"Only somebody who is connected in the call can consult somebody about it.",
	);
}

/** 400: nobody is named who could be consulted (platform-api 5.4). */
export function noDestination(): ApiError {
	return new ApiError(
		400,
		"conversation.error.consult.transfer.no.destination",
		"Say who is to be consulted: exactly one of userId, queueId and address.",
	);
}

/** 409: their phone rings for somebody else; nothing was changed. */
export function consultedIsBusy(name: string): ApiError {
	return new ApiError(409, "consult.destination.busy", "{name} is being called by somebody else just now.", {
		params: { name },
	});
}

/** 409: the call has as many parties as it may have. */
export function conferenceIsFull(limit: number): ApiError {
	return new ApiError(409, "conference.limit", "A call may have at most {limit} parties.", {
		params: { limit: String(limit) },
	});
}
