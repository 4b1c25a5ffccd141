import type { Mailboxes } from "../conversations/call/ports.ts";
import type { Mailbox } from "../conversations/call/voicemail/model.ts";
import type { Owner } from "./model.ts";
import { defaultRotateSeconds, mostRung } from "./policy.ts";
import type { Voicemails } from "./voicemails.ts";

/** Who answers for people, groups and queues, as calls ask for it: by policy, presence, phone and what is left of the room. */
export function createMailboxes(voicemails: Voicemails, phones: { isReachable(userId: string): boolean }): Mailboxes {
	const { policies, ports } = voicemails;

	/** @returns undefined for who takes no messages */
	async function mailboxOf(owner: Owner, name: string, takesByDefault: boolean): Promise<Mailbox | undefined> {
		const { value: policy } = await policies.organization();
		if (!policy.enabled) return undefined;
		const [own, { total }] = await Promise.all([policies.of(owner), voicemails.counts([owner])]);
		if (!(own.policy.enabled ?? takesByDefault)) return undefined;
		const exit = owner.type !== "queue" && policy.exitQueueId ? await ports.queue(policy.exitQueueId) : undefined;
		return {
			...owner,
			name,
			ringMs: (own.policy.alertTimeoutSeconds ?? policy.alertTimeoutSeconds) * 1000,
			longestMs: policy.maximumRecordingTimeSeconds * 1000,
			...(own.greeting ? { greeting: own.greeting.key } : {}),
			...(exit ? { exitQueueId: exit.id } : {}),
			...(total >= policy.maximumMessages ? { full: true } : {}),
		};
	}

	/** Where messages for people and groups go whose mailbox holds no more: the first one's rules say when it answers. */
	async function withRoom(owner: Owner, mailbox: Mailbox | undefined): Promise<Mailbox | undefined> {
		const { overflow } = (await policies.organization()).value;
		if (!mailbox?.full || !overflow || (overflow.type === owner.type && overflow.id === owner.id)) return mailbox;
		const found = await (overflow.type === "group" ? ports.group(overflow.id) : ports.queue(overflow.id));
		const other = found && (await mailboxOf(overflow, found.name, true));
		if (!other || other.full) return mailbox;
		const { ringMs, exitQueueId } = mailbox;
		return { ...other, ringMs, ...(exitQueueId ? { exitQueueId } : {}) };
	}

	/** Why nobody is rung. Who has signed out is offline, and that is when their calls are forwarded (agent-features 4). */
	async function straightOf(userId: string): Promise<Pick<Mailbox, "straight">> {
		const { value: policy } = await policies.organization();
		const presence = await ports.presenceOf(userId);
		const isStraight = policy.straightPresences.includes(presence);
		if (isStraight && presence !== "Offline") return { straight: "presence" };
		return isStraight || !phones.isReachable(userId) ? { straight: "unreachable" } : {};
	}

	/** Members who are there: nobody whose presence sends calls to their mailbox, and nobody without a phone. */
	async function ringable(groupId: string) {
		const { value: policy } = await policies.organization();
		const members = await ports.users(await ports.membersOf(groupId));
		const there = members.filter(({ id, state }) => state === "active" && phones.isReachable(id)).slice(0, mostRung);
		const presences = await Promise.all(there.map(({ id }) => ports.presenceOf(id)));
		return there
			.filter((_, index) => !policy.straightPresences.includes(presences[index] ?? ""))
			.toSorted((one, other) => one.name.localeCompare(other.name))
			.map(({ id, name, divisionId }) => ({ kind: "user" as const, userId: id, name, divisionId }));
	}

	return {
		async ofUser(userId) {
			const { value: policy } = await policies.organization();
			if (!policy.enabled || !(await ports.mayReceive(userId))) return undefined;
			const [user] = await ports.users([userId]);
			if (user?.state !== "active") return undefined;
			const owner: Owner = { type: "user", id: userId };
			const mailbox = await withRoom(owner, await mailboxOf(owner, user.name, true));
			return mailbox && { ...mailbox, ...(await straightOf(userId)) };
		},

		async groupCall(groupId) {
			const group = await ports.group(groupId);
			if (!group) return undefined;
			const owner: Owner = { type: "group", id: groupId };
			const [{ policy: own }, first] = await Promise.all([policies.of(owner), mailboxOf(owner, group.name, true)]);
			const mailbox = await withRoom(owner, first);
			const { ring = "together", rotateSeconds = defaultRotateSeconds } = own;
			if (ring === "none" && !mailbox) return undefined;
			const rung = ring === "none" ? [] : await ringable(groupId);
			const steps = ring === "inTurn" ? rung.map((one) => ({ targets: [one] })) : [{ targets: rung }];
			return { id: groupId, name: group.name, steps, ringMs: rotateSeconds * 1000, ...(mailbox ? { mailbox } : {}) };
		},

		async ofQueue(queueId) {
			const { value } = await policies.organization();
			const queue = value.enabled ? await ports.queue(queueId) : undefined;
			const mailbox = queue && (await mailboxOf({ type: "queue", id: queueId }, queue.name, false));
			if (!mailbox || !(await policies.of({ type: "queue", id: queueId })).policy.whenUnstaffed) return mailbox;
			return (await ports.isStaffed(queueId)) ? mailbox : { ...mailbox, straight: "unstaffed" };
		},
	};
}
