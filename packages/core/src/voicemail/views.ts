import type { CopyRecord, MailboxCounts, Owner, Voicemail } from "./model.ts";
import type { MailboxGroup, MailboxQueue, MailboxUser, VoicemailPorts } from "./ports.ts";

/** People and things that voicemails name, as they are called now. */
export interface Names {
	users: ReadonlyMap<string, MailboxUser>;
	groups: ReadonlyMap<string, MailboxGroup>;
	queues: ReadonlyMap<string, MailboxQueue>;
}

/** What a page of voicemails names. */
export async function namesIn(found: readonly Voicemail[], ports: VoicemailPorts): Promise<Names> {
	const records = found.flatMap(({ copiedFrom, copiedTo }) => [...(copiedFrom ? [copiedFrom] : []), ...copiedTo]);
	const userIds = [
		...found.flatMap(({ callerUserId, readBy, claimedBy }) => [callerUserId, readBy, claimedBy]),
		...found.flatMap(({ owner }) => (owner.type === "user" ? [owner.id] : [])),
		...records.map(({ userId }) => userId),
	].filter((id) => id !== undefined);
	const groupIds = [
		...found.flatMap(({ owner }) => (owner.type === "group" ? [owner.id] : [])),
		...records.flatMap(({ groupId }) => groupId ?? []),
	];
	const queueIds = found.flatMap(({ owner }) => (owner.type === "queue" ? [owner.id] : []));
	const [users, groups, queues] = await Promise.all([
		userIds.length > 0 ? ports.users([...new Set(userIds)]) : [],
		Promise.all([...new Set(groupIds)].map((id) => ports.group(id))),
		Promise.all([...new Set(queueIds)].map((id) => ports.queue(id))),
	]);
	return {
		users: new Map(users.map((one) => [one.id, one])),
		groups: new Map(groups.flatMap((one) => (one ? [[one.id, one] as const] : []))),
		queues: new Map(queues.flatMap((one) => (one ? [[one.id, one] as const] : []))),
	};
}

/** `VoicemailMessage` of the platform, with who heard it and who sees to it beside (agent-features 7). */
export function messageView(voicemail: Voicemail, names: Names) {
	const { id, conversationId, owner, note, copiedFrom, callerUserId, readBy, claimedBy } = voicemail;
	return {
		id,
		// Of the call no more than that it was: whoever may read it asks for it.
		conversation: {
			id: conversationId,
			startTime: voicemail.createdAt.toISOString(),
			participants: [],
			selfUri: `/api/v2/conversations/${conversationId}`,
		},
		read: voicemail.readAt !== undefined,
		audioRecordingDurationSeconds: Math.round(voicemail.durationMs / 1000),
		audioRecordingSizeBytes: voicemail.bytes,
		createdDate: voicemail.createdAt.toISOString(),
		modifiedDate: voicemail.modifiedAt.toISOString(),
		...(voicemail.deletedAt ? { deletedDate: voicemail.deletedAt.toISOString() } : {}),
		...(voicemail.callerAddress ? { callerAddress: voicemail.callerAddress } : {}),
		...(voicemail.callerName ? { callerName: voicemail.callerName } : {}),
		...(callerUserId ? { callerUser: userRef(callerUserId, names) } : {}),
		deleted: voicemail.deletedAt !== undefined,
		...(note ? { note } : {}),
		...(voicemail.transcription ? { transcription: voicemail.transcription } : {}),
		...ownerRef(owner, names),
		...(copiedFrom ? { copiedFrom: recordView(copiedFrom, names) } : {}),
		copiedTo: voicemail.copiedTo.map((one) => recordView(one, names)),
		...(readBy ? { inlayReadBy: { ...userRef(readBy, names), date: voicemail.readAt?.toISOString() } } : {}),
		...(voicemail.itemId ? { inlayItemId: voicemail.itemId } : {}),
		...(claimedBy ? { inlayClaimedBy: userRef(claimedBy, names) } : {}),
		selfUri: `/api/v2/voicemail/messages/${id}`,
	};
}

function ownerRef({ type, id }: Owner, names: Names) {
	if (type === "user") return { user: userRef(id, names) };
	if (type === "group") return { group: groupRef(id, names) };
	return { queue: { id, name: names.queues.get(id)?.name ?? "", selfUri: `/api/v2/routing/queues/${id}` } };
}

function recordView({ userId, groupId, at }: CopyRecord, names: Names) {
	return {
		...(userId ? { user: userRef(userId, names) } : {}),
		...(groupId ? { group: groupRef(groupId, names) } : {}),
		date: at,
	};
}

function userRef(id: string, { users }: Names) {
	const { name = "", version = 1 } = users.get(id) ?? {};
	return { id, name, version, selfUri: `/api/v2/users/${id}` };
}

/** As the platform refers to a group. */
export function groupRef(id: string, { groups }: Pick<Names, "groups">) {
	const { name = "", type = "official", visibility = "public", rulesVisible = true } = groups.get(id) ?? {};
	return { id, name, type, visibility, rulesVisible, selfUri: `/api/v2/groups/${id}` };
}

const ownerTypes = { user: "User", group: "Group", queue: "Queue" } as const;

/** `VoicemailMailboxInfo` of the platform. */
export function mailboxView({ type, id }: Owner, counts: MailboxCounts, selfUri: string) {
	const { newestUnread, oldestUnread, newestRead, oldestRead } = counts;
	return {
		id,
		ownerType: ownerTypes[type],
		usageSizeBytes: counts.usage,
		totalCount: counts.total,
		unreadCount: counts.unread,
		deletedCount: counts.deleted,
		...dated({
			newestUnreadDate: newestUnread,
			oldestUnreadDate: oldestUnread,
			newestReadDate: newestRead,
			oldestReadDate: oldestRead,
		}),
		selfUri,
	};
}

function dated(dates: Record<string, Date | undefined>): Record<string, string> {
	return Object.fromEntries(Object.entries(dates).flatMap(([key, at]) => (at ? [[key, at.toISOString()]] : [])));
}
