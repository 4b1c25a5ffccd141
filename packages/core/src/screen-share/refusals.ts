import { ApiError } from "../kernel/http/api-error.ts";

/** 409: nobody could be asked. */
export function pageAway(): ApiError {
	return new ApiError(409, "screenshare.page.away", "The customer has no page open by which a screen can be shared.");
}

/** 404: over, or never was. */
export function noScreen(shareId: string): ApiError {
	return new ApiError(404, "screenshare.not.found", "No screen is shared under the id {shareId}.", {
		params: { shareId },
		entityId: shareId,
		entityName: "screenshare",
	});
}

/** 404: closed, or somebody else's. */
export function noLeg(legId: string): ApiError {
	return new ApiError(404, "screenshare.leg.not.found", "You have no connection {legId} to a shared screen.", {
		params: { legId },
	});
}

/** 400: what a browser sent is no answer. */
export function badAnswer(): ApiError {
	return new ApiError(400, "screenshare.answer.refused", "The browser's answer could not be used. Begin again.");
}

/** 403: whoever shows their own screen is the one who began it. */
export function notYours(): ApiError {
	return new ApiError(403, "screenshare.not.yours", "Only who has begun to share a screen may do this.");
}

/** 503: without media nobody sees anything. */
export function noMedia(): ApiError {
	return new ApiError(503, "screenshare.media.away", "Pictures cannot be carried just now. Try again in a moment.");
}

/** 429: each needs a place in the media process. */
export function tooManyLegs(): ApiError {
	return new ApiError(429, "screenshare.legs.most", "This screen has as many connections as it may.");
}
