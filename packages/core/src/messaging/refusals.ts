import type { Conversation } from "../conversations/model.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";

/** The customer has taken themselves out: nobody of the organization may write to them by this address. */
export function optedOut(their: string, at: Date): ApiError {
	return new ApiError(
		409,
		"message.recipient.optedOut",
		"{number} wanted no more messages from us on {date}. They can take that back by writing START.",
		{ params: { number: their, date: at.toISOString() } },
	);
}

/** @param name who has the exchange in hand, where the asker may know it */
export function busy({ id }: Conversation, name: string | undefined): ApiError {
	const text = name
		? "{name} is writing with this customer already."
		: "This customer waits in a queue, or a colleague is writing with them already.";
	return new ApiError(409, "message.conversation.busy", text, {
		params: { ...(name ? { name } : {}), conversationId: id },
		entityId: id,
		entityName: "conversation",
	});
}

/** Only where it is said so is a conversation of before gone on with. */
export function canGoOn({ id }: Conversation, lastAt: Date | undefined): ApiError {
	const text = "There is a conversation with this customer from {date}. Go on with it: send useExistingConversation.";
	return new ApiError(409, "message.conversation.open", text, {
		params: { date: (lastAt ?? new Date(0)).toISOString(), conversationId: id },
		entityId: id,
		entityName: "conversation",
	});
}

export function tooLong(most: string): ApiError {
	return badField("textBody", `The message is too long: it may be ${most}.`, "message.too.long");
}

/** What had failed goes out once more, and no oftener: that one may be sent again, should it fail as well. */
export function sentAgain(): ApiError {
	const text = "This message was sent again already: the later one tells what became of it.";
	return new ApiError(409, "message.again.sent", text);
}

/** By its messenger the customer begins anew. */
export function sessionEnded(): ApiError {
	return new ApiError(409, "message.session.ended", "This conversation has ended. Start a new one.");
}

/** Nobody has written for longer than a session lasts, or it was never one. */
export function sessionExpired(): ApiError {
	return new ApiError(401, "message.session.expired", "This session is over. Start a new one.");
}
