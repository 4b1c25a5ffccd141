import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import { companionWords } from "./companions/model.ts";
import { changedCompanions, companionEvent } from "./companions/shows.ts";
import { divisionIdsOf } from "./divisions.ts";
import { allMedia, mediumOf } from "./media.ts";
import type { Conversation } from "./model.ts";
import { partIn } from "./parts.ts";
import { mediaConversationEvent } from "./projection/flat.ts";
import { conversationEvent } from "./projection/generic-event.ts";
import { conversationSummary } from "./projection/summary.ts";
import { screenConversationEvent } from "./screen-share/shows.ts";
import type { ConversationChanged } from "./service.ts";
import type { Change, UserWork } from "./store.ts";
import { type Wanted, wantedIn } from "./transitions/queueing.ts";

/** `conversation.changed`, announced to users in it and to its queues, generic and flattened (platform-api 5.1). */
export function conversationChanged(change: Change, busyUserIds: string[], command: string, actor?: Actor): NewEvent {
	const { before, after } = change;
	const users = ids(after, "userId");
	const queues = ids(after, "queueId");
	const topics = [...users.map((id) => `v2.users.${id}`), ...queues.map((id) => `v2.routing.queues.${id}`)];
	const wanted = wantedIn(after);
	const visibleTo = readersOf(after);
	const data: ConversationChanged = {
		conversationId: after.id,
		command,
		userIds: busyUserIds,
		...(after.internal.campaign ? { campaignId: after.internal.campaign.campaignId } : {}),
		...(wanted && isNew(wanted, before) ? { waitingQueueId: wanted.queueId } : {}),
	};
	return {
		type: "conversation.changed",
		entityType: "conversation",
		entityId: after.id,
		...(actor ? { actor } : {}),
		data,
		announcements: [
			{
				topics: [`v2.conversations.${after.id}`, ...topics.map((topic) => `${topic}.conversations`)],
				eventBody: conversationEvent(after),
				visibleTo,
			},
			...partsOf(after).map((part) => ({
				topics: topics.map((topic) => `${topic}.conversations.${mediumOf(part).list}`),
				eventBody: mediaConversationEvent(part),
				visibleTo,
			})),
			...(hasOtherScreens(before, after)
				? [
						{
							topics: topics.map((topic) => `${topic}.conversations.screenshares`),
							eventBody: screenConversationEvent(after),
							visibleTo,
						},
					]
				: []),
			...changedCompanions(before, after).map((list) => ({
				topics: topics.map((topic) => `${topic}.conversations.${companionWords[list].topic}`),
				eventBody: companionEvent(after, list),
				visibleTo,
			})),
		],
	};
}

function hasOtherScreens(before: Conversation | undefined, { internal }: Conversation): boolean {
	return JSON.stringify(before?.internal.screenShares) !== JSON.stringify(internal.screenShares);
}

/** Nobody was wanted before, or another one: in another queue, or of other abilities. */
function isNew({ queueId, request }: Wanted, before: Conversation | undefined): boolean {
	const was = before && wantedIn(before);
	return !was || was.queueId !== queueId || JSON.stringify(was.request) !== JSON.stringify(request);
}

/** The interaction in each of its media. */
function partsOf(conversation: Conversation): Conversation[] {
	return allMedia().flatMap(({ list }) => partIn(conversation, list) ?? []);
}

/** Who may read it, as `requireView` decides; each of them follows topics of people and queues, not of divisions. */
export function readersOf(conversation: Conversation): { divisionIds: string[]; userIds: string[] } {
	return { divisionIds: divisionIdsOf(conversation), userIds: ids(conversation, "userId") };
}

/** The users, or queues, of its participants. */
export function ids(conversation: Conversation, key: "userId" | "queueId"): string[] {
	return [...new Set(conversation.participants.flatMap((one) => one[key] ?? []))];
}

/** `conversation.summary.changed`, announced as UserConversationsEventUserConversationSummary. */
export function summaryChanged(userId: string, work: UserWork | undefined): NewEvent {
	return {
		type: "conversation.summary.changed",
		entityType: "user",
		entityId: userId,
		announcements: [
			{ topics: [`v2.users.${userId}.conversationsummary`], eventBody: conversationSummary(userId, work) },
		],
	};
}
