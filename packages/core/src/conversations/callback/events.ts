import { callbacksTopic } from "@inlay/contract";
import type { NewEvent } from "../../kernel/events/event-log.ts";
import { divisionIdsOf } from "../divisions.ts";
import type { MediumChange } from "../medium.ts";
import type { Conversation } from "../model.ts";
import { factsOf, stateOf } from "./model.ts";
import { callbackView } from "./view.ts";

/** `callback.changed`: to those whose callback it is, and to whoever has it in hand, on a topic of our own. */
export function callbackChanged({ before, after }: MediumChange): NewEvent[] {
	if (before && JSON.stringify(callbackView(before)) === JSON.stringify(callbackView(after))) return [];
	const taking = after.participants.flatMap((one) => one.userId ?? []);
	const userIds = [...new Set([...factsOf(after).users, ...taking])];
	return [
		{
			type: "callback.changed",
			entityType: "conversation",
			entityId: after.id,
			data: { conversationId: after.id, state: stateOf(after), ownerId: factsOf(after).ownerId },
			announcements: [
				{
					topics: userIds.map((id) => callbacksTopic(id)),
					eventBody: callbackView(after),
					visibleTo: { divisionIds: divisionIdsOf(after), userIds },
				},
			],
		},
	];
}

/** `callback.warning`: to the one whose callback it is. */
export function callbackWarning(
	conversation: Conversation,
	{ of, userId }: { of: "due" | "owner"; userId: string },
): NewEvent {
	return {
		type: "callback.warning",
		entityType: "conversation",
		entityId: conversation.id,
		data: { conversationId: conversation.id, of, userId },
		announcements: [
			{
				topics: [callbacksTopic(userId)],
				eventBody: { ...callbackView(conversation), warning: of },
				visibleTo: { divisionIds: divisionIdsOf(conversation), userIds: [userId] },
			},
		],
	};
}
