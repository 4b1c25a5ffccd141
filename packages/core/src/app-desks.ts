import type { People } from "./app-people.ts";
import type { Work } from "./app-work.ts";
import { createAttendance } from "./desks/attendance.ts";
import { createDesks } from "./desks/desks.ts";
import { handBack } from "./desks/hand-back.ts";
import type { Kernel } from "./kernel/domain.ts";
import type { Notifications } from "./notifications/notifications.ts";
import { offlineAfterOf } from "./users/organization-settings.ts";

/** Who works where: one desk each, and whoever has gone is offline. */
export function createWorkplaces(
	kernel: Kernel,
	{
		people,
		work,
		notifications,
		isHeard,
	}: { people: People; work: Work; notifications: Notifications; isHeard: (userId: string) => boolean },
) {
	const desks = createDesks(kernel, {
		takesPart: async (userId, id) =>
			(await work.conversations.takesPart(userId, id)) || work.voicemails.isInbox(userId, id),
		isConnected: (channelId) => notifications.isConnected(channelId),
		ownerOf: async (channelId) => (await notifications.find(channelId))?.userId,
		hasPhone: (userId) => work.phones.isReachable(userId),
		onDisconnected: (listener) => notifications.onDisconnected(listener),
	});
	const attendance = createAttendance(kernel, {
		present: () => notifications.listening(),
		isHeard,
		usedSince: (userId, since) => people.oauth.sessions.usedSince(userId, since),
		attending: work.presence.attending,
		goOffline: (userId) => work.presence.set(userId, "Offline", { actor: {} }),
		handBack: (userId, which) => handBack(work.conversations, userId, which),
		offlineAfterMs: async () => {
			const seconds = offlineAfterOf((await people.users.organization.get()).settings);
			return seconds === undefined ? undefined : seconds * 1000;
		},
	});
	return { desks, attendance };
}
