import type { Forwarding } from "../../conversations/call/forwarding/model.ts";
import { createConversations } from "../../conversations/conversations.ts";
import { optionalWorkJob } from "../../conversations/effects.ts";
import type { ConversationDeps } from "../../conversations/frame.ts";
import type { Conversation } from "../../conversations/model.ts";
import type { ConversationQueue, MetricFact, QueueDirectory } from "../../conversations/ports.ts";
import type { Conversations } from "../../conversations/service.ts";
import { everybodyHasOne, fakePhones } from "../../conversations/test-support/world.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { NewEvent } from "../../kernel/events/event-log.ts";
import { type Assignment, createAssignment } from "../../routing/assignment.ts";
import { defaultQueueSettings } from "../../routing/queue-rules.ts";
import { createRoutingStatus, type RoutingStatuses } from "../../routing/routing-status.ts";
import type { StoredStatus } from "../../routing/routing-status-store.ts";
import type { FakeClock } from "../fake-clock.ts";
import { Memory, memoryKernel } from "./memory.ts";
import {
	memoryAssignmentStore,
	memoryCallbackStore,
	memoryConversationStore,
	memoryQueueShelf,
	memoryStatusStore,
} from "./memory-stores.ts";

const automatic = { enableAutoDialAndEnd: true, autoDialDelaySeconds: 5, autoEndDelaySeconds: 5 };

/** The queues of the model: every way in which after-call work can be asked for. */
export const queues: readonly ConversationQueue[] = [
	["mandatory", { wrapupPrompt: "MANDATORY" }],
	["timed", { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 20_000 }],
	["forced", { wrapupPrompt: "MANDATORY_FORCED_TIMEOUT", timeoutMs: 15_000 }],
	["optional", { wrapupPrompt: "OPTIONAL" }],
].map(([id, acwSettings]) => ({
	id: id as string,
	name: id as string,
	divisionId: "home",
	alertingTimeoutSeconds: 12,
	acwSettings: acwSettings as ConversationQueue["acwSettings"],
	// Their callbacks are called, and end, by themselves.
	...(id === "timed" ? { settings: { ...defaultQueueSettings, mediaSettings: { callback: automatic } } } : {}),
}));

export const wrapupCode = { id: "solved", name: "Solved" };

/** The model's users, and in which queues they work; the last one is in none. */
export const staff: ReadonlyMap<string, readonly string[]> = new Map([
	["anna", ["mandatory", "timed"]],
	["ben", ["mandatory", "optional"]],
	["cleo", ["timed", "forced"]],
	["dan", ["mandatory", "timed", "forced", "optional"]],
	["eve", []],
]);

export interface Job {
	kind: string;
	key: string;
}

/** What the server has stored. */
export interface Stored {
	/** Those that changed since the last look; all at the first. */
	documents: ReadonlyMap<string, { document: Conversation; version: number }>;
	statuses: ReadonlyMap<string, StoredStatus>;
	jobs: readonly Job[];
	/** Ids of the queues that stand. */
	queues: ReadonlySet<string>;
	/** Written since the last look, in the order of the log. */
	events: readonly NewEvent[];
	/** Measured since the last look; absent where nobody looks. */
	facts?: readonly MetricFact[];
}

/** Which of the model's queues stand: they are deleted, and made again under the same id. */
export interface QueueShelf extends Pick<QueueDirectory, "hold"> {
	/** @throws ApiError 409 where something needs it, 404 where it is gone */
	remove(queueId: string): Promise<void>;
	make(queueId: string): Promise<void>;
	standing(): Promise<ReadonlySet<string>>;
}

/** The services of a server under test, wherever they keep what they know. */
export interface Services {
	clock: FakeClock;
	database: Kernel["database"];
	jobs: Kernel["jobs"];
	phones: ReturnType<typeof fakePhones>;
	conversations: Conversations;
	assignment: Assignment;
	routingStatus: RoutingStatuses;
	shelf: QueueShelf;
	/** Where people's direct calls go, for a test to change. */
	forwards: Map<string, Forwarding>;
}

/** A server with the model's people and queues. */
export interface Site {
	services: Services;
	look(): Promise<Stored>;
	/** The process dies and another one takes over: what it only had in its head is gone, its phones among it. */
	kill(): Promise<void>;
}

type Stores = Pick<ConversationDeps, "store" | "facts" | "callbackStore"> & {
	shelf: QueueShelf;
	assignmentStore?: Parameters<typeof createAssignment>[1]["store"];
};

/** The real services on a kernel. */
export function servicesOn(
	kernel: Kernel & { clock: FakeClock },
	routingStatus: RoutingStatuses,
	{ shelf, store, facts, callbackStore, assignmentStore }: Stores,
): Services {
	const phones = fakePhones();
	const directory = {
		// As somebody remembers them who has not heard of a deletion yet.
		get: async (id: string) => queues.find((one) => one.id === id),
		all: async (ids: readonly string[]) =>
			new Map(queues.filter((one) => ids.includes(one.id)).map((one) => [one.id, one])),
		hold: shelf.hold,
		wrapupCodesOf: async () => [wrapupCode],
		queuesOfUser: async (userId: string) => (staff.get(userId) ?? []).map((id) => ({ id })),
	};
	const forwards = new Map<string, Forwarding>();
	const conversations = createConversations(kernel, {
		forwardingOf: async (userId) => forwards.get(userId),
		...(callbackStore ? { callbackStore } : {}),
		users: {
			find: async (ids) => ids.filter((id) => staff.has(id)).map((id) => ({ id, name: id })),
			onEnded: () => {},
		},
		queues: directory,
		routingStatus,
		phones,
		homeDivisionId: async () => "home",
		...(store ? { store } : {}),
		...(facts ? { facts } : {}),
	});
	const assignment = createAssignment(kernel, {
		conversations,
		queues: directory,
		phones,
		stations: everybodyHasOne,
		...(assignmentStore ? { store: assignmentStore } : {}),
	});
	const { clock, database, jobs } = kernel;
	return { clock, database, jobs, phones, conversations, assignment, routingStatus, shelf, forwards };
}

/** The model's people come to work. */
export async function signInEverybody({ phones, database, routingStatus }: Services): Promise<void> {
	for (const userId of staff.keys()) phones.signIn(userId);
	for (const userId of staff.keys()) await database.change((trx) => routingStatus.setOnQueue(trx, userId, true));
}

/** A server that keeps everything in memory: thousands of steps a second. */
export async function memorySite(): Promise<Site> {
	const memory = new Memory();
	for (const [userId, queueIds] of staff)
		for (const id of queueIds) memory.members.set(id, (memory.members.get(id) ?? new Set()).add(userId));
	for (const { id } of queues) memory.queues.add(id);
	let kernel = memoryKernel(memory);
	const services = () =>
		servicesOn(kernel, createRoutingStatus(kernel, memoryStatusStore(memory)), {
			shelf: memoryQueueShelf(memory, kernel.database),
			store: memoryConversationStore(memory),
			callbackStore: memoryCallbackStore,
			facts: { add: async (_trx, facts) => void memory.facts.push(...facts) },
			assignmentStore: memoryAssignmentStore(memory),
		});
	let seen = 0;
	let measured = 0;
	const site: Site = {
		services: services(),
		async look() {
			const events = memory.events.slice(seen);
			seen = memory.events.length;
			const changed = new Set(events.map((one) => one.entityId));
			const documents = new Map([...memory.documents].filter(([id]) => changed.has(id)));
			const jobs = [...memory.jobs.values()].filter(({ kind }) => kind !== optionalWorkJob);
			const facts = memory.facts.slice(measured);
			measured = memory.facts.length;
			return { documents, statuses: memory.statuses, jobs, queues: memory.queues, events, facts };
		},
		async kill() {
			kernel = memoryKernel(memory, kernel.clock);
			site.services = services();
			for (const userId of staff.keys()) site.services.phones.signIn(userId);
		},
	};
	await signInEverybody(site.services);
	return site;
}
