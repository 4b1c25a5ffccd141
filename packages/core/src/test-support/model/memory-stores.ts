import type { CallbackStore } from "../../conversations/callback/store.ts";
import { divisionIdsOf } from "../../conversations/divisions.ts";
import {
	type Conversation,
	communicationOf,
	isInAfterCallWork,
	isLive,
	isOptionalWork,
	isOver,
	mediumOfPart,
	type Participant,
} from "../../conversations/model.ts";
import { queuesNamed } from "../../conversations/queue-references.ts";
import type { ConversationStore, UserWork } from "../../conversations/store.ts";
import { wantedIn } from "../../conversations/transitions/queueing.ts";
import type { Database } from "../../kernel/database/database.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { AssignmentStore, HeldAgent } from "../../routing/assignment-store.ts";
import { offQueue } from "../../routing/availability.ts";
import type { InHand } from "../../routing/offer-rules.ts";
import type { RoutingStatusStore } from "../../routing/routing-status-store.ts";
import type { Memory } from "./memory.ts";
import type { QueueShelf } from "./site.ts";

const isOpenPart = (one: Participant) => isLive(one) || isInAfterCallWork(one);
const isRinging = (one: Participant) => isLive(one) && communicationOf(one).state === "alerting";
const talks = (one: Participant) => isLive(one) && communicationOf(one).state !== "alerting";

/** The conversations' store without a database; proven by the same contract. Changes come one after the other, so nothing is held. */
export function memoryConversationStore(memory: Memory): ConversationStore {
	const openParts = (userId: string, but?: string) =>
		[...memory.open.values()].flatMap((one) =>
			one.participants.filter((each) => each.userId === userId && isOpenPart(each) && (one.id !== but || isLive(each))),
		);
	const all = () => [...memory.documents.values()].map((one) => one.document);
	const started = (a: Conversation, b: Conversation) => a.startTime.localeCompare(b.startTime);

	return {
		get: async (id) => memory.documents.get(id)?.document,

		async hold(trx, conversationIds, wish) {
			const held = await this.lock(trx, conversationIds);
			if (!wish) return { lines: [], held };
			const lines = new Set(wish.userIds ?? []);
			for (const document of held.values()) {
				if (document.internal.next?.kind === "user") lines.add(document.internal.next.userId);
				for (const one of document.participants)
					if (one.userId && (wish.everybody || one.id === wish.participantId)) lines.add(one.userId);
			}
			for (const document of memory.open.values())
				if (document.participants.some((one) => one.userId && lines.has(one.userId) && talks(one)))
					held.set(document.id, document);
			return { lines: [...lines], held };
		},

		async lock(_trx, ids) {
			return new Map(
				ids.flatMap((id) => {
					const found = memory.documents.get(id);
					return found ? [[id, found.document] as const] : [];
				}),
			);
		},

		async ringing(_trx, userIds) {
			return new Set(userIds.filter((userId) => openParts(userId).some(isRinging)));
		},

		async all(ids) {
			return ids.flatMap((id) => memory.documents.get(id)?.document ?? []);
		},

		async whereabouts(ids) {
			return new Map(
				ids.flatMap((id) => {
					const found = memory.documents.get(id)?.document;
					if (!found) return [];
					const userIds = new Set(found.participants.flatMap((one) => one.userId ?? []));
					return [[id, { divisionIds: divisionIdsOf(found), userIds: [...userIds] }] as const];
				}),
			);
		},

		async save(_trx, changes) {
			for (const { before, after } of changes) {
				const known = memory.documents.get(after.id);
				if ((before !== undefined) !== (known !== undefined)) throw new Error(`${after.id} is new, or it is not.`);
				memory.documents.set(after.id, { document: after, version: (known?.version ?? 0) + 1 });
				if (isOver(after)) memory.open.delete(after.id);
				else memory.open.set(after.id, after);
			}
		},

		live: async () =>
			all()
				.filter((one) => !one.endTime)
				.toSorted(started),
		liveForUser: async (userId) =>
			[...memory.open.values()]
				.filter((one) => one.participants.some((each) => each.userId === userId && isOpenPart(each)))
				.toSorted(started),

		async ofUser(userId, { limit, offset, from, to, but = [] }) {
			const own = all()
				.filter((one) => one.participants.some((each) => each.userId === userId && !but.includes(mediumOfPart(each))))
				.filter((one) => !from || new Date(one.startTime) >= from)
				.filter((one) => !to || new Date(one.startTime) < to)
				.toSorted((a, b) => started(b, a));
			return { conversations: own.slice(offset, offset + limit), total: own.length };
		},

		async workOf(_db, userIds) {
			const found = new Map<string, UserWork>();
			for (const userId of userIds) {
				const parts = openParts(userId);
				if (parts.length === 0) continue;
				found.set(userId, {
					acdActive: parts.filter((one) => one.internal.acd && talks(one)).length,
					acdAfterCall: parts.filter((one) => isInAfterCallWork(one) && !isOptionalWork(one)).length,
					optional: parts.filter(isOptionalWork).length,
					ownActive: parts.filter((one) => !one.internal.acd && talks(one)).length,
				});
			}
			return found;
		},

		hasWork: async (_trx, userId, but) => openParts(userId, but).some((one) => !isOptionalWork(one)),
		takesPart: async (userId, id) =>
			memory.documents.get(id)?.document.participants.some((one) => one.userId === userId) ?? false,
	};
}

/** None of the model's callbacks is asked for by anybody but its people. */
export const memoryCallbackStore: CallbackStore = {
	madeFrom: async () => undefined,
	ownedBy: async () => [],
	expected: async () => [],
	ofUser: async () => ({ conversations: [], total: 0 }),
};

/** As routing names what a document's list holds. */
const mediumOf = (list: string | undefined) => (list === "callbacks" ? ("callback" as const) : ("call" as const));

/** Which queues stand. */
export function memoryQueueShelf(memory: Memory, database: Database): QueueShelf {
	return {
		hold: async (_trx, ids) => new Set(ids.filter((id) => memory.queues.has(id))),
		remove: (queueId) =>
			database.change(async () => {
				const isNamed = [...memory.open.values()].some((one) => !one.endTime && queuesNamed(one).includes(queueId));
				if (isNamed || !memory.queues.has(queueId))
					throw new ApiError(409, "general.conflict", "It is in use, or gone.");
				memory.queues.delete(queueId);
			}),
		make: (queueId) => database.change(async () => void memory.queues.add(queueId)),
		standing: async () => memory.queues,
	};
}

export function memoryStatusStore(memory: Memory): RoutingStatusStore {
	const statusOf = (userId: string) =>
		memory.statuses.get(userId) ?? ({ userId, availability: offQueue, status: "OFF_QUEUE" } as const);
	return {
		find: async (_db, userIds) => userIds.map(statusOf),
		lock: async (_trx, userIds, read) => ({ held: [...new Set(userIds)].toSorted().map(statusOf), read: await read() }),
		save: async (_trx, stored) => void memory.statuses.set(stored.userId, stored),
	};
}

export function memoryAssignmentStore(memory: Memory): AssignmentStore {
	const wanted = () =>
		[...memory.open.values()]
			.flatMap((one) => {
				const found = wantedIn(one);
				return found ? [{ conversationId: one.id, ...found }] : [];
			})
			.toSorted((a, b) => rankOf(a) - rankOf(b));
	const rankOf = ({ since, priority }: { since: string; priority: number }) => Date.parse(since) - priority * 60_000;
	const inHandOf = (userId: string): InHand[] =>
		[...memory.open.values()].flatMap((one) =>
			one.participants
				.filter((each) => each.userId === userId && isOpenPart(each) && !isOptionalWork(each))
				.map((each) => ({ medium: mediumOf(mediumOfPart(each)), acd: each.internal.acd, alerting: isRinging(each) })),
		);
	const responding = new Set(["IDLE", "INTERACTING", "COMMUNICATING"]);
	const isThere = (userId: string) => responding.has(memory.statuses.get(userId)?.status ?? "OFF_QUEUE");
	const queuesOf = (userId: string) => [...memory.members].filter(([, users]) => users.has(userId)).map(([id]) => id);

	return {
		async waitingQueues(userIds) {
			const queueIds = new Set(wanted().map((one) => one.queueId));
			const isTheirs = (queueId: string) => !userIds || userIds.some((userId) => queuesOf(userId).includes(queueId));
			return [...queueIds].filter(isTheirs);
		},
		async agents(queueIds, { closing, exceptions }) {
			const isClosed = (userId: string, inHand: readonly InHand[]) =>
				!exceptions.includes(userId) &&
				inHand.some((one) => (one.acd ? closing.acd : closing.own).includes(one.medium));
			return [...memory.statuses.values()]
				.filter(({ userId }) => isThere(userId))
				.map(({ userId, status, startTime, acdEndedAt }) => ({
					...{ userId, status, since: startTime?.getTime() ?? 0, inHand: inHandOf(userId) },
					...(acdEndedAt ? { acdEndedAt: acdEndedAt.getTime() } : {}),
					...{ skills: nothing, languages: nothing },
					queues: new Map(queuesOf(userId).flatMap((id) => (queueIds.includes(id) ? [[id, 1] as const] : []))),
				}))
				.filter((one) => one.queues.size > 0 && !isClosed(one.userId, one.inHand));
		},
		abilities: async () => ({ standing: new Set(), abilities: new Map() }),
		async waiting(queues, limit) {
			const count = new Map<string, number>();
			return wanted().flatMap(({ conversationId, queueId, priority, since, request }) => {
				const before = count.get(queueId) ?? 0;
				if (!queues.some((one) => one.queueId === queueId) || before >= limit) return [];
				count.set(queueId, before + 1);
				const medium = mediumOf(memory.documents.get(conversationId)?.document.internal.medium);
				const one = { conversationId, queueId, medium, priority, since: Date.parse(since) };
				return [request ? { ...one, request } : one];
			});
		},
		waitingOne: async () => undefined,
		async hold(_trx, pairs) {
			const waits = new Map(wanted().map((one) => [one.conversationId, one.queueId]));
			const waiting = pairs.filter((one) => waits.get(one.conversationId) === one.queueId);
			const agents = pairs.flatMap(({ userId }): Array<[string, HeldAgent]> => {
				const status = memory.statuses.get(userId)?.status;
				return status && isThere(userId) ? [[userId, { userId, status, inHand: inHandOf(userId) }]] : [];
			});
			return { waiting: new Set(waiting.map((one) => one.conversationId)), agents: new Map(agents) };
		},
	};
}

const nothing: ReadonlyMap<string, number> = new Map();
