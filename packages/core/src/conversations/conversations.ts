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
import { followTimers } from "./timers.ts";

/** Conversations: who talks with whom, and what is left to do. Media follows the documents; it is never called from here. */
export function createConversations(kernel: Kernel, deps: ConversationDeps): Conversations {
	const frame = createFrame(kernel, deps);
	followTimers(frame);
	followLostQueues(frame);
	followLostOwners(frame);
	followCallbackTimes(frame);
	followEndedUsers(kernel, { users: deps.users, store: frame.store, changes: frame.changes });
	return {
		...sharedConversations(frame),
		...createAssociations(frame),
		...createMediaServices(frame),
		screens: createScreens(frame),
		companions: createCompanions(frame),
		ofMedium: (list) => sharedConversations(ofMedium(frame, list)),
	};
}
