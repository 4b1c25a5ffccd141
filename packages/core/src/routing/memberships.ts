import type { Db, Trx } from "../kernel/database/database.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { ActivityPart } from "./activity.ts";
import { type MemberChange, queueMemberChanged } from "./events.ts";
import { type ListedMember, type MemberFilter, memberStore } from "./member-store.ts";
import type { People } from "./ports.ts";
import type { Membership } from "./queue-model.ts";
import { queueStore, type Slice } from "./queue-store.ts";
import type { RoutingStatuses } from "./routing-status.ts";

export interface MembershipChange {
	queueId: string;
	userId: string;
	joined?: boolean;
	ringNumber?: number;
}

export type LeftListener = (trx: Trx, userId: string, actor: Actor) => Promise<void>;

/** Who works in which queue. */
export interface Memberships {
	/** A slice of a queue's members by their names, and how many the filter finds in all. */
	listMembers(queueId: string, filter: MemberFilter, slice: Slice): Promise<{ members: ListedMember[]; total: number }>;
	/** Who may be offered the queue's work, in ring order. Reads in the caller's transaction if given one. */
	joinedMembers(db: Db | Trx, queueId: string): Promise<Membership[]>;
	/**
	 * Adds users as joined members of ring 1; who is a member already stays as they are.
	 * @throws ApiError 404 `not.found` for an unknown queue or user: then nobody is added
	 */
	addMembers(queueId: string, userIds: string[], actor: Actor): Promise<string[]>;
	/** @throws ApiError 404 `not.found` for somebody who is no member: then nobody is removed */
	removeMembers(queueId: string, userIds: string[], actor: Actor): Promise<void>;
	/** Changes the memberships that exist; others are left out of the answer, as the platform ignores them. */
	changeMembers(changes: MembershipChange[], actor: Actor): Promise<Membership[]>;
	/** Registers who follows, in the same transaction, that a user is no member of a queue any more. */
	onLeft(listener: LeftListener): void;
}

export function createMemberships(
	kernel: Kernel,
	deps: {
		users: People;
		routingStatus: RoutingStatuses;
		/** Told after the commit of a change of who works in a queue. */
		changed(queueId: string): void;
	},
): Memberships {
	const { database, events, clock } = kernel;
	const queues = queueStore(database.db);
	const { activity } = deps.routingStatus;
	const leftListeners: LeftListener[] = [];
	const totals = new RememberedTotals(
		kernel.feed,
		({ entityType, type }) => entityType === "queue" || type === "user.changed",
	);
	const changedIn = (queueId: string) => {
		totals.forget();
		deps.changed(queueId);
	};

	activity.addPart("activeQueueIds", async (trx, userIds) => {
		const found = await memberStore.activeQueues(trx, userIds);
		return new Map(userIds.map((id) => [id, queuesPart(found.get(id))]));
	});

	async function announce(trx: Trx, changes: MemberChange[], actor: Actor): Promise<void> {
		if (changes.length === 0) return;
		const userIds = changes.map((change) => change.userId);
		const bodies = await deps.routingStatus.holdAll(trx, userIds, () => activity.of(trx, userIds));
		await events.append(
			trx,
			changes.map((change) => queueMemberChanged(change, bodies.get(change.userId), actor)),
		);
	}

	/** Holds the queue, so that it is not deleted under new members. */
	async function held(trx: Trx, queueId: string): Promise<void> {
		if (!(await queues.lock(trx, queueId))) throw notFound("queue", queueId);
	}

	/** Holds the users, so that none is ended under their new membership. */
	async function requireActive(trx: Trx, userIds: string[]): Promise<void> {
		const active = await deps.users.holdActive(trx, userIds);
		const missing = userIds.find((id) => !active.has(id));
		if (missing === undefined) return;
		const [found] = await deps.users.find([missing], trx);
		if (found?.state !== "inactive") throw notFound("user", missing);
		throw worksInNoQueue(found.name);
	}

	async function addMembers(queueId: string, userIds: string[], actor: Actor): Promise<string[]> {
		const ids = await database.change(async (trx) => {
			await held(trx, queueId);
			await requireActive(trx, userIds);
			const added = await memberStore.add(trx, queueId, [...new Set(userIds)], clock.now());
			await announce(
				trx,
				added.map((one) => ({ ...one, change: "added" as const })),
				actor,
			);
			return added.map(({ userId }) => userId);
		});
		changedIn(queueId);
		return ids;
	}

	async function removeMembers(queueId: string, userIds: string[], actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			await held(trx, queueId);
			const removed = await memberStore.remove(trx, queueId, userIds);
			const missing = userIds.find((id) => !removed.some((one) => one.userId === id));
			if (missing !== undefined) throw notFound("member", missing);
			for (const { userId } of removed) for (const left of leftListeners) await left(trx, userId, actor);
			await announce(
				trx,
				removed.map((one) => ({ ...one, joined: false, change: "removed" as const })),
				actor,
			);
		});
		changedIn(queueId);
	}

	async function changeMembers(changes: MembershipChange[], actor: Actor): Promise<Membership[]> {
		const members = await database.change(async (trx) => {
			const now: Membership[] = [];
			const told: MemberChange[] = [];
			for (const change of inLockOrder(changes)) {
				const [before] = await memberStore.lock(trx, change.queueId, [change.userId]);
				if (!before) continue;
				const after = changed(before, change);
				now.push(after);
				if (after.joined === before.joined && after.ringNumber === before.ringNumber) continue;
				await memberStore.save(trx, after, clock.now());
				told.push({ ...after, change: whatChanged(before, after) });
			}
			await announce(trx, told, actor);
			return now;
		});
		for (const { queueId } of members) changedIn(queueId);
		return members;
	}

	/** Their membership in each queue begins or ends for everybody who counts, lists or rings its members. */
	async function announceAll(trx: Trx, all: readonly Membership[], change: "added" | "removed", actor: Actor) {
		const isIn = change === "added";
		await announce(
			trx,
			all.map((one) => ({ ...one, joined: isIn && one.joined, change })),
			actor,
		);
		return () => {
			for (const { queueId } of all) changedIn(queueId);
		};
	}

	/**
	 * Whoever is deleted works nowhere any more. Who is deactivated keeps their memberships for the day on which the account
	 * is active again: until then no queue counts, lists or rings them (`memberStore`).
	 */
	deps.users.onEnded(async (trx, userId, actor) => {
		const [user] = await deps.users.find([userId], trx);
		const isKept = user?.state === "inactive";
		const left = await (isKept ? memberStore.ofUser(trx, userId) : memberStore.removeAll(trx, userId));
		return announceAll(trx, left, "removed", actor);
	});
	deps.users.onRevived(async (trx, userId, actor) =>
		announceAll(trx, await memberStore.ofUser(trx, userId), "added", actor),
	);

	return {
		async listMembers(queueId, filter, slice) {
			const { descending: _order, ...which } = filter;
			const count = () => memberStore.count(database.db, queueId, which);
			// Routing status changes all the time.
			const isSteady = which.statuses === undefined;
			const [members, total] = await Promise.all([
				memberStore.list(database.db, queueId, filter, slice),
				isSteady ? totals.of({ queueId, ...which }, count) : count(),
			]);
			return { members, total };
		},
		joinedMembers: (db, queueId) => memberStore.joined(db, queueId),
		addMembers,
		removeMembers,
		changeMembers,
		onLeft: (listener) => void leftListeners.push(listener),
	};
}

function queuesPart(active: { queueIds: string[]; changedAt: Date } | undefined): ActivityPart {
	if (!active) return { activeQueueIds: [] };
	return { activeQueueIds: active.queueIds, dateActiveQueuesChanged: active.changedAt.toISOString() };
}

/** All callers take memberships in the same order, so two of them never wait for each other. */
function inLockOrder(changes: MembershipChange[]): MembershipChange[] {
	const key = ({ queueId, userId }: MembershipChange) => `${queueId} ${userId}`;
	return changes.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function changed(before: Membership, change: MembershipChange): Membership {
	const ringNumber = change.ringNumber ?? before.ringNumber;
	if (!Number.isInteger(ringNumber) || ringNumber < 1 || ringNumber > 6) {
		throw new ApiError(400, "invalid.value", "A ringNumber is a whole number from 1 to 6.", {
			details: [{ errorCode: "invalid.value", fieldName: "ringNumber" }],
		});
	}
	return { ...before, joined: change.joined ?? before.joined, ringNumber };
}

function whatChanged(before: Membership, after: Membership): MemberChange["change"] {
	if (before.joined === after.joined) return "changed";
	return after.joined ? "joined" : "left";
}

/** The refusal of somebody who is deactivated. */
export function worksInNoQueue(name: string): ApiError {
	return badField("id", `${name} is deactivated, and works in no queue. Activate the user first.`);
}
