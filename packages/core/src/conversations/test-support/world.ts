import { randomUUID } from "node:crypto";
import type { CallingRules } from "@inlay/contract";
import type { Kernel } from "../../kernel/domain.ts";
import type { Announcement } from "../../kernel/events/event-log.ts";
import { createParts } from "../../recordings/parts.ts";
import { createRecordingRules } from "../../recordings/rules.ts";
import { createCapacity } from "../../routing/capacity.ts";
import type { LeftListener } from "../../routing/memberships.ts";
import type { RoutingRequest } from "../../routing/offer-rules.ts";
import type { QueueSettings } from "../../routing/queue-model.ts";
import { referredQueues } from "../../routing/queue-store.ts";
import { createRoutingStatus } from "../../routing/routing-status.ts";
import {
	defaultRule,
	type LabelUtilizations,
	type Utilization,
	type UtilizationRule,
} from "../../routing/utilization-model.ts";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import type { UserEnding } from "../../users/endings.ts";
import { createConversations } from "../conversations.ts";
import type { ConversationDeps } from "../frame.ts";
import type { Conversation } from "../model.ts";
import type { ConversationQueue, Phones } from "../ports.ts";

/** Phones that are signed in as a test says. */
export function fakePhones(): Phones & { signIn(userId: string): void; signOut(userId: string): void } {
	const reachable = new Set<string>();
	const listeners = new Set<(userId: string) => void>();
	return {
		isReachable: (userId) => reachable.has(userId),
		canAnswer: (userId) => reachable.has(userId),
		isAnswering: () => false,
		onAnswerable: () => () => {},
		onReachable(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		signIn(userId) {
			reachable.add(userId);
			for (const listener of listeners) listener(userId);
		},
		signOut(userId) {
			reachable.delete(userId);
		},
	};
}

/** For assignment: nobody lacks a station. */
export const everybodyHasOne = {
	effectiveStations: async (userIds: readonly string[]) => new Map(userIds.map((id) => [id, { id: "phone" }])),
};

export type World = Awaited<ReturnType<typeof conversationWorld>>;

/** Conversations on a real database, with queues and users as a test makes them. */
export async function conversationWorld(more: (kernel: Kernel) => Pick<ConversationDeps, "contacts"> = () => ({})) {
	const kernel = await testKernel({ clock: new FakeClock() });
	return worldOn(kernel, more(kernel));
}

/** The same on a kernel that the caller made, e.g. the benchmark's. */
export function worldOn<K extends Kernel & { close(): Promise<void> }>(
	kernel: K,
	more: Pick<ConversationDeps, "contacts"> = {},
) {
	const people = new Map<string, { id: string; name: string; divisionId: string }>();
	const known = new Map<string, ConversationQueue & { settings?: QueueSettings }>();
	const codes = new Map<string, Array<{ id: string; name: string }>>();
	const members = new Map<string, Set<string>>();
	const phones = fakePhones();
	const routingStatus = createRoutingStatus(kernel);
	const endings: UserEnding[] = [];
	const leaving: LeftListener[] = [];
	const queues = {
		get: async (queueId: string) => known.get(queueId),
		all: async (queueIds: readonly string[]) => new Map([...known].filter(([id]) => queueIds.includes(id))),
		hold: referredQueues.hold,
		wrapupCodesOf: async (queueId: string) => codes.get(queueId) ?? [],
		queuesOfUser: async (userId: string) => [...known.values()].filter((queue) => members.get(queue.id)?.has(userId)),
		onLeft: (listener: LeftListener) => void leaving.push(listener),
	};
	const users = {
		find: async (ids: readonly string[]) => ids.flatMap((id) => people.get(id) ?? []),
		onEnded: (ending: UserEnding) => void endings.push(ending),
	};
	const country = async () => "US";
	const ownNumbers = new Map<string, string>();
	const parts = createParts(kernel);
	const rules = createRecordingRules(kernel);
	const recordings = { rules: () => rules.current(), follow: parts.follow };
	/** Skills and languages are there but for those that say they are not. */
	const unknownAbilities = async ({ skill, language }: Record<"skill" | "language", readonly string[]>) =>
		[...skill, ...language].filter((id) => id.startsWith("unknown"));
	const homeDivisionId = async () => "home";
	const rulesOfCalling: CallingRules = {
		windowStart: "08:00",
		windowEnd: "20:00",
		windowEnforced: false,
		historyDays: 365,
	};
	const callingRules = async () => rulesOfCalling;
	const utilizations = { organization: defaultRule, users: new Map<string, UtilizationRule>() };
	const transcribed = new Map<string, string>();
	const deps = {
		transcribedQueues: () => transcribed,
		callingRules,
		users,
		queues,
		routingStatus,
		phones,
		country,
		userOfNumber: async (number: string) => ownNumbers.get(number),
		homeDivisionId,
		recordings,
		unknownAbilities,
		capacityOf: createCapacity({ all: async () => utilizations }),
		...more,
	};
	const conversations = createConversations(kernel, deps);

	return {
		kernel,
		deps,
		/** What people take at a time; a test may say otherwise. */
		takes: (userId: string, media: Utilization, labels: LabelUtilizations = {}) =>
			void utilizations.users.set(userId, { media, labels }),
		/** What assignment needs besides conversations. */
		assignmentDeps: { queues, phones, stations: everybodyHasOne },
		phones,
		routingStatus,
		conversations,
		/** A test may change them. */
		rulesOfCalling,
		/** Queues whose calls are transcribed, and their languages; a test adds some. */
		transcribed,
		/** Number to the user whose it is. */
		ownNumbers,
		/** What is told of recordings' files, and which calls are recorded. */
		parts,
		rules,

		/** Another process on the same database, as after a restart; whoever asks closes its kernel. */
		async restarted() {
			if (!("sibling" in kernel)) throw new Error("This kernel has no siblings.");
			const next = await (kernel as unknown as TestKernel).sibling();
			return { kernel: next, conversations: createConversations(next, deps) };
		},

		/** One more wrap-up code of a queue. */
		code(queueId: string, name: string): { id: string; name: string } {
			const code = { id: randomUUID(), name };
			codes.set(queueId, [...(codes.get(queueId) ?? []), code]);
			return code;
		},

		/** A queue with one wrap-up code; agents who wrap up have no time limit unless told otherwise. */
		async queue(
			acwSettings: ConversationQueue["acwSettings"] = { wrapupPrompt: "MANDATORY" },
			divisionId = "home",
			settings?: QueueSettings,
		) {
			const id = randomUUID();
			const queue = {
				id,
				name: `Queue ${known.size + 1}`,
				divisionId,
				alertingTimeoutSeconds: 20,
				acwSettings,
				...(settings ? { settings } : {}),
			};
			known.set(id, queue);
			const code = { id: randomUUID(), name: "Solved" };
			codes.set(id, [code]);
			await kernel.database.db
				.insertInto("queues")
				.values({
					id,
					name: id,
					description: null,
					division_id: divisionId,
					version: 1,
					settings: JSON.stringify({ mediaSettings: {}, acwSettings }) as never,
					created_at: kernel.clock.now(),
					modified_at: kernel.clock.now(),
					created_by: null,
					modified_by: null,
				})
				.execute();
			return { ...queue, code };
		},

		/** A user on queue with a phone, joined in these queues. */
		agent(...queueIds: string[]): Promise<string> {
			return this.agentOf("home", ...queueIds);
		},

		/** The same in a division. */
		async agentOf(divisionId: string, ...queueIds: string[]): Promise<string> {
			const id = randomUUID();
			people.set(id, { id, name: `Agent ${people.size + 1}`, divisionId });
			phones.signIn(id);
			await kernel.database.change((trx) => routingStatus.setOnQueue(trx, id, true));
			for (const queueId of queueIds) {
				members.set(queueId, (members.get(queueId) ?? new Set()).add(id));
				await kernel.database.db
					.insertInto("queue_members")
					.values({ queue_id: queueId, user_id: id, ring_number: 1, joined: true, changed_at: kernel.clock.now() })
					.execute();
			}
			return id;
		},

		/** The user is deactivated, and their calls with them. */
		async endUser(userId: string): Promise<void> {
			people.delete(userId);
			await kernel.database.change(async (trx) => {
				for (const end of endings) await end(trx, userId, {});
			});
			await kernel.jobs.runDue();
		},

		/** The user is taken out of the queue. */
		async leaveQueue(userId: string, queueId: string): Promise<void> {
			members.get(queueId)?.delete(userId);
			await kernel.database.change(async (trx) => {
				await trx.deleteFrom("queue_members").where("user_id", "=", userId).where("queue_id", "=", queueId).execute();
				for (const left of leaving) await left(trx, userId, {});
			});
			await kernel.jobs.runDue();
		},

		/** A customer whose media is up: they wait in the queue. */
		async waiting(queueId: string, priority = 0, routing?: RoutingRequest) {
			const started = await conversations.calls.startInboundCall({
				customer: { name: "Ada", address: "+31201234567" },
				dnis: "+31800",
				queueId,
				provider: "test",
				priority,
				...(routing ? { routing } : {}),
			});
			return conversations.calls.mediaConnected(started.id, started.participants[0]?.id ?? "");
		},

		/** Rings the agent for a waiting conversation, as assignment does. */
		offer(conversationId: string, queueId: string, userId: string): Promise<Conversation> {
			return kernel.database.change((trx) =>
				conversations.assignAgent(trx, { conversationId, queueId, userId, timeoutSeconds: 20 }),
			);
		},

		/** Where the event log ends now. */
		async mark(): Promise<number> {
			const { max } = await kernel.database.db
				.selectFrom("event_log")
				.select((is) => is.fn.max("seq").as("max"))
				.executeTakeFirstOrThrow();
			return Number(max ?? 0);
		},

		/** What was written since: read from the table, as other tests' open transactions hold back the log's readers. */
		async since(mark: number) {
			const rows = await kernel.database.db
				.selectFrom("event_log")
				.selectAll()
				.where("seq", ">", mark)
				.orderBy("seq")
				.execute();
			return rows.map((row) => ({
				type: row.type,
				data: row.data,
				announcements: row.announcements as Announcement[],
			}));
		},

		async status(userId: string): Promise<string> {
			return (await routingStatus.get(userId)).status;
		},

		close: () => kernel.close(),
	};
}
