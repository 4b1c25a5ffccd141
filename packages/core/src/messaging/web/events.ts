import { exchangeOf } from "../../conversations/message/model.ts";
import type { Conversation } from "../../conversations/model.ts";
import type { NewEvent } from "../../kernel/events/event-log.ts";

/** A customer is writing: told to whoever has the conversation in hand, and to nobody else (platform-api 5.1). */
export function guestTyping(conversation: Conversation, userId: string, at: Date): NewEvent {
	const { their, our, addressId } = exchangeOf(conversation);
	const channel = {
		id: addressId,
		platform: "GenesysWebWidget",
		type: "Private",
		to: { id: our },
		from: { id: their },
	};
	return {
		type: "conversation.typing",
		entityType: "conversation",
		entityId: conversation.id,
		announcements: [
			{
				topics: [`v2.users.${userId}.conversations.inbound.typing.event`],
				eventBody: {
					id: conversation.id,
					conversationId: conversation.id,
					channel: { ...channel, time: at.toISOString() },
					type: "Event",
					events: [{ eventType: "Typing", typing: { type: "On", duration: 5000 } }],
					direction: "Inbound",
				},
				visibleTo: { divisionIds: [], userIds: [userId] },
			},
		],
	};
}
