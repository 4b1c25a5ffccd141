import type { ChannelSession } from "./session.ts";
import type { ChannelTopic } from "./subscriptions.ts";

/** `SystemMessageSystemMessage` of the SDK. */
export function systemMessage(session: ChannelSession, systemTopicType: string, message: string, reason?: string) {
	const { channelId, userId } = session;
	return { channelId, systemTopicType, userId, message, ...(reason ? { reason } : {}) };
}

/** What a client is told whose channel follows less than it asked for, as it may not any more: each topic with the reason. */
export function topicsDropped(session: ChannelSession, dropped: readonly ChannelTopic[]) {
	return {
		...systemMessage(
			session,
			"SUBSCRIPTION_UPDATED",
			`Not allowed any more: ${dropped.map(({ id }) => id).join(", ")}`,
		),
		reason: dropped[0]?.rejectionReason,
		data: Object.fromEntries(dropped.map(({ id, rejectionReason }) => [id, rejectionReason])),
	};
}
