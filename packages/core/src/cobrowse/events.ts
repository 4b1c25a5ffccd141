import { cobrowseTopic } from "@inlay/contract/cobrowse/session";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { type CobrowseSession, viewOf } from "./model.ts";

/** `cobrowse.changed`: told to its agent alone. */
export function cobrowseChanged(session: CobrowseSession): NewEvent {
	const { id, userId } = session;
	return {
		type: "cobrowse.changed",
		entityType: "cobrowse",
		entityId: id,
		data: { sessionId: id, conversationId: session.conversationId, state: session.state },
		announcements: [
			{
				topics: [cobrowseTopic(userId)],
				eventBody: viewOf(session),
				visibleTo: { divisionIds: [], userIds: [userId] },
			},
		],
	};
}
