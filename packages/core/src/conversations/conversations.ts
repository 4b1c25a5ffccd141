import type { Kernel } from "../kernel/domain.ts";
import { createAssociations } from "./association.ts";
import { followCallbackTimes } from "./callback/follow.ts";
import { followLostOwners } from "./callback/lost-owners.ts";
import { createCompanions } from "./companions/service.ts";
import { followEndedUsers } from "./ended-users.ts";
import { type ConversationDeps, createFrame } from "./frame.ts";
import { followLostQueues } from "./lost-queues.ts";
import { createMediaServices } from "./media-services.ts";
import { ofMedium } from "./of-medium.ts";
import { createScreens } from "./screen-share/service.ts";
import type { Conversations } from "./service.ts";
import { sharedConversations } from "./shared.ts";
import { followPastContacts } from "./timeline/past-contacts.ts";
import { followTimers } from "./timers.ts";

/** Conversations: who talks with whom, and what is left to do. Media follows the documents; it is never called from here. */
export function createConversations(kernel: Kernel, deps: ConversationDeps): Conversations {
	const frame = createFrame(kernel, deps);
	followTimers(frame);
	followLostQueues(frame);
	followPastContacts(frame);
	followLostOwners(frame);
	followCallbackTimes(frame);
	followEndedUsers(kernel, { users: deps.users, store: frame.store, changes: frame.changes });
	const shared = sharedConversations(frame);
	const companions = createCompanions(frame);
	return {
		...shared,
		...createAssociations(frame),
		...createMediaServices(frame),
		screens: createScreens(frame),
		companions,
		async liveForUser(userId) {
			const live = await shared.liveForUser(userId);
			const known = new Set(live.map(({ id }) => id));
			const kept = await shared.all(companions.openFor(userId).filter((id) => !known.has(id)));
			return kept.length === 0 ? live : [...kept, ...live].sort((a, b) => a.startTime.localeCompare(b.startTime));
		},
		ofMedium: (list) => sharedConversations(ofMedium(frame, list)),
	};
}
