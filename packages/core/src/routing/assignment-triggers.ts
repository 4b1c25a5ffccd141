import type { ConversationChanged } from "../conversations/service.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";

/** What an event says about where a match may be possible now. */
export interface Trigger {
	queueIds: string[];
	userIds: string[];
}

const nothing: Trigger = { queueIds: [], userIds: [] };

/** Reads from an event of the log which queues and users are worth another look; most events are none. */
export function triggerOf(event: LoggedEvent): Trigger {
	switch (event.type) {
		case "conversation.changed": {
			const { waitingQueueId, userIds } = event.data as ConversationChanged;
			return { queueIds: waitingQueueId ? [waitingQueueId] : [], userIds };
		}
		case "routingstatus.changed": {
			const { userId, status } = event.data as { userId: string; status: string };
			return status === "IDLE" ? { queueIds: [], userIds: [userId] } : nothing;
		}
		case "previews.paused":
		case "user.skills.changed":
		case "user.languages.changed":
			return { queueIds: [], userIds: [(event.data as { userId: string }).userId] };
		case "queue.changed":
			return { queueIds: [event.entityId], userIds: [] };
		case "queue.member.changed": {
			const { queueId, joined } = event.data as { queueId: string; joined: boolean };
			return joined ? { queueIds: [queueId], userIds: [] } : nothing;
		}
		default:
			return event.type.startsWith("station.") ? stationUsers(event.data) : nothing;
	}
}

function stationUsers(data: unknown): Trigger {
	const userId = (data as { userId?: unknown } | null)?.userId;
	return typeof userId === "string" ? { queueIds: [], userIds: [userId] } : nothing;
}
