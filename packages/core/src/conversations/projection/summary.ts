import type { UserWork } from "../store.ts";

const noMedia = { contactCenter: { active: 0, acw: 0 }, enterprise: { active: 0, acw: 0 } };

/** `UserConversationSummary`: counters per medium, for a busy indicator (platform-api 5.1). */
export function conversationSummary(userId: string, work: UserWork | undefined) {
	return {
		userId,
		call: {
			contactCenter: { active: work?.acdActive ?? 0, acw: work?.acdAfterCall ?? 0 },
			enterprise: { active: work?.ownActive ?? 0, acw: 0 },
		},
		callback: noMedia,
		email: noMedia,
		message: noMedia,
		chat: noMedia,
		socialExpression: noMedia,
		video: noMedia,
	};
}
