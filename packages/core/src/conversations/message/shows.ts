import type { MediumShows } from "../medium.ts";
import type { MessageEntry, MessagePart } from "./model.ts";

/** What clients see of a part in an exchange of messages beyond what they see of every communication. */
export const messageShows: MediumShows<MessagePart> = {
	fields: ["type", "fromAddress", "toAddress", "parkTime", "resumeTime"],
	facts: ({ messages }) => ({ messages: messages.map(detailsOf) }),
	eventFacts: ({ messages }) => ({ messages: messages.map(detailsInEvent) }),
	notInEvents: [],
};

/** `MessageDetails`. */
function detailsOf({ messageId, errorInfo, ...entry }: MessageEntry) {
	const messageURI = `/api/v2/conversations/messages/${messageId}/details`;
	return { messageId, messageURI, ...entry, ...(errorInfo ? { errorInfo: { ...errorInfo, status: 500 } } : {}) };
}

/** `ConversationMessageEventTopicMessageDetails`: only which, and what became of it. */
function detailsInEvent({ messageId, errorInfo, ...entry }: MessageEntry) {
	return { message: { id: messageId }, ...entry, ...(errorInfo ? { errorInfo: { ...errorInfo, status: 500 } } : {}) };
}
