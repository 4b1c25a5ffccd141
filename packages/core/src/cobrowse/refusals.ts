import { ApiError } from "../kernel/http/api-error.ts";

/** The offer was not taken up in its ten minutes. */
export function offerExpired(): ApiError {
	return new ApiError(410, "cobrowse.offer.expired", "This code is no longer good. Ask for a new one.");
}

/** Nobody offers that, or it was used already. */
export function codeUnknown(): ApiError {
	return new ApiError(404, "cobrowse.code.unknown", "Nobody offers to co-browse by this code. Ask for it again.");
}

/** @param seconds until it is worth while to try again */
export function tooManyCodes(seconds: number): ApiError {
	return new ApiError(429, "cobrowse.code.wait", "That was wrong too often. Try again in {minutes} minutes.", {
		params: { minutes: String(Math.ceil(seconds / 60)) },
		headers: { "retry-after": String(seconds) },
	});
}

/** One session per agent and per customer (agent-features 12). */
export function busy(conversationId: string): ApiError {
	return new ApiError(409, "cobrowse.busy", "A page is shared already: end that first.", {
		params: { conversationId },
		entityId: conversationId,
		entityName: "conversation",
	});
}

/** No messenger lets customers share by that. */
export function notSetUp(): ApiError {
	return new ApiError(
		409,
		"cobrowse.off",
		"No messenger lets customers share their page this way. An administrator can allow it (administration, Messages).",
	);
}

/** It is over, or was never that person's. */
export function sessionOver(): ApiError {
	return new ApiError(409, "cobrowse.over", "This co-browsing session is over.");
}

/** Nobody is there with whom a page could be shared. */
export function nothingToShare(): ApiError {
	return new ApiError(
		400,
		"cobrowse.conversation",
		"Pages are shared in a call or a web message that you and the customer are in now.",
	);
}
