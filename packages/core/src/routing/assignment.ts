import type { Phones } from "../conversations/ports.ts";
import type { Conversations } from "../conversations/service.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import { match } from "./assignment-match.ts";
import { type AssignmentStore, assignmentStore, type Pair } from "./assignment-store.ts";
import { triggerOf } from "./assignment-triggers.ts";

/** Assignments of one transaction: large enough to be cheap, small enough that nobody waits long for the rows it holds. */
const batch = 50;
/** Assignments of one look: who waits and who is idle is asked once for several transactions, each of which asks again whether it still is so. */
const perLook = 4 * batch;
/** Every waiting queue is looked at this often, should a trigger ever be missed, ms. */
const sweepMs = 10_000;
/** Wait before another look after rows were held by another process, ms. */
const contendedMs = 15;
/** Ring time where a queue has gone meanwhile, seconds. */
const defaultAlertingSeconds = 15;

export interface AssignmentDeps {
	conversations: Pick<Conversations, "assignAgents">;
	queues: { all(queueIds: readonly string[]): Promise<ReadonlyMap<string, { alertingTimeoutSeconds: number }>> };
	stations: { effectiveStations(userIds: readonly string[]): Promise<ReadonlyMap<string, unknown>> };
	phones: Phones;
	/** What assignment asks of who waits and who is idle; the database unless told. */
	store?: AssignmentStore;
}

export interface Assignment {
	/** Follows the event log from now on, and looks at everything that waits already. */
	start(): Promise<void>;
	stop(): Promise<void>;
	/** One look at these queues. @returns how many agents were rung, and whether more may be possible */
	assign(queueIds: readonly string[]): Promise<{ assigned: number; again: boolean }>;
	/** When no look is under way or due. */
	settled(): Promise<void>;
}

/**
 * Brings waiting customers and idle agents together: highest priority and longest waiting first, longest idle first.
 * Every server process runs it for the phones that are signed in at it; row locks see to it that no customer rings two
 * agents and no agent has two customers.
 */
export function createAssignment(kernel: Kernel, deps: AssignmentDeps): Assignment {
	const store = deps.store ?? assignmentStore(kernel.database.db);
	const stations = rememberStations(deps.stations);
	const dirtyQueues = new Set<string>();
	const dirtyUsers = new Set<string>();
	const endings: Array<() => void> = [];
	let running = false;
	let pumping: Promise<void> | undefined;

	async function readyAgents(queueIds: readonly string[]) {
		const idle = await store.idleAgents(queueIds);
		const canAnswer = (userId: string) => deps.phones.canAnswer?.(userId) ?? true;
		const reachable = idle.filter(({ userId }) => deps.phones.isReachable(userId) && canAnswer(userId));
		const having = await stations.whoHas(reachable.map((agent) => agent.userId));
		return reachable.filter((agent) => having.has(agent.userId));
	}

	async function assign(queueIds: readonly string[]): Promise<{ assigned: number; again: boolean }> {
		const agents = await readyAgents(queueIds);
		if (agents.length === 0) return { assigned: 0, again: false };
		const staffed = [...new Set(agents.flatMap((agent) => agent.queueIds))];
		const waiting = await store.waiting(staffed, Math.min(agents.length, batch));
		const pairs = match(waiting, agents);
		const chosen = pairs.slice(0, perLook);
		if (chosen.length === 0) return { assigned: 0, again: false };
		let assigned = 0;
		for (let i = 0; i < chosen.length; i += batch) assigned += await offer(chosen.slice(i, i + batch));
		return { assigned, again: assigned < pairs.length || pairs.length >= batch };
	}

	async function offer(pairs: readonly Pair[]): Promise<number> {
		const queues = await deps.queues.all(pairs.map((pair) => pair.queueId));
		return kernel.database.change(async (trx) => {
			const held = await store.hold(trx, pairs);
			if (held.length === 0) return 0;
			const offers = held.map((pair) => ({
				...pair,
				timeoutSeconds: queues.get(pair.queueId)?.alertingTimeoutSeconds ?? defaultAlertingSeconds,
			}));
			await deps.conversations.assignAgents(trx, offers);
			return held.length;
		});
	}

	function look(queueIds: Iterable<string>, userIds: Iterable<string>): void {
		for (const id of queueIds) dirtyQueues.add(id);
		for (const id of userIds) dirtyUsers.add(id);
		if (!running || pumping || (dirtyQueues.size === 0 && dirtyUsers.size === 0)) return;
		pumping = pump().finally(() => {
			pumping = undefined;
			look([], []);
		});
	}

	async function pump(): Promise<void> {
		try {
			while (running && (dirtyQueues.size > 0 || dirtyUsers.size > 0)) await round();
		} catch (error) {
			kernel.log.error({ err: error }, "assignment failed; it is tried again at the next occasion");
			dirtyQueues.clear();
			dirtyUsers.clear();
		}
	}

	async function round(): Promise<void> {
		const queueIds = new Set(dirtyQueues);
		const userIds = [...dirtyUsers];
		dirtyQueues.clear();
		dirtyUsers.clear();
		if (userIds.length > 0) for (const queueId of await store.waitingQueues(userIds)) queueIds.add(queueId);
		if (queueIds.size === 0) return;
		const { assigned, again } = await assign([...queueIds]);
		if (!again) return;
		for (const queueId of queueIds) dirtyQueues.add(queueId);
		if (assigned === 0) await new Promise((resolve) => setTimeout(resolve, contendedMs * (1 + Math.random())));
	}

	async function sweep(): Promise<void> {
		look(await store.waitingQueues(), []);
	}

	function trySweep(): void {
		sweep().catch((err) => !isAway(err) && kernel.log.error({ err }, "assignment sweep failed"));
	}

	return {
		assign,

		async start() {
			running = true;
			endings.push(
				kernel.feed.subscribe((event) => {
					if (event.type.startsWith("station.")) stations.forget();
					const { queueIds, userIds } = triggerOf(event);
					look(queueIds, userIds);
				}),
				deps.phones.onReachable((userId) => look([], [userId])),
				deps.phones.onAnswerable?.((userId) => look([], [userId])) ?? (() => {}),
				kernel.database.health.onChange((isAvailable) => isAvailable && trySweep()),
			);
			const timer = setInterval(trySweep, sweepMs);
			endings.push(() => clearInterval(timer));
			await sweep();
		},

		async stop() {
			running = false;
			for (const end of endings.splice(0)) end();
			await pumping;
		},

		async settled() {
			while (pumping) await pumping;
		},
	};
}

/** Remembers who has a station: the question comes with every look, the answer changes by `station.*` events only. */
function rememberStations(stations: AssignmentDeps["stations"]) {
	let known = new Map<string, boolean>();
	return {
		async whoHas(userIds: readonly string[]): Promise<Set<string>> {
			// What is forgotten while it is read is not remembered.
			const remembered = known;
			const asked = userIds.filter((id) => !remembered.has(id));
			const found = asked.length > 0 ? await stations.effectiveStations(asked) : new Map();
			for (const id of asked) remembered.set(id, found.has(id));
			return new Set(userIds.filter((id) => remembered.get(id)));
		},
		forget(): void {
			known = new Map();
		},
	};
}
