import type { Phones } from "../conversations/ports.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import {
	type Candidate,
	match,
	nextOpenings,
	type Pair,
	type Situation,
	type WaitingConversation,
	whyNot,
} from "./assignment-match.ts";
import { type AskedQueue, type AssignmentStore, assignmentStore, type HeldAgent } from "./assignment-store.ts";
import { triggerOf } from "./assignment-triggers.ts";
import type { Decision, PassedOver } from "./decision-model.ts";
import { decisionOf } from "./decisions.ts";
import { expansions, type InHand, inHandOnce, type RoutingRequest, whyNotFree } from "./offer-rules.ts";
import type { MediaType, QueueRouting, QueueSettings } from "./queue-model.ts";
import { alertingSecondsOf, routingOf } from "./queue-rules.ts";
import {
	closingMedia,
	countedLabel,
	defaultUtilizations,
	type Utilizations,
	utilizationOf,
} from "./utilization-model.ts";

/** Assignments of one transaction: large enough to be cheap, small enough that nobody waits long for the rows it holds. */
const batch = 50;
/** Assignments of one look: who waits and who is idle is asked once for several transactions, each of which asks again whether it still is so. */
const perLook = 20 * batch;
/** Every waiting queue is looked at this often, should a trigger ever be missed, ms. */
const sweepMs = 10_000;
/** Wait before another look after rows were held by another process, ms. */
const contendedMs = 15;
/** What may make a match possible in any queue. */
const changesForAll: ReadonlySet<string> = new Set(["utilization.changed", "skill.changed", "language.changed"]);
/** Members of a queue of whom it is told why they are not rung. */
const mostExplained = 200;
/** Ring time where a queue has gone meanwhile, seconds. */
const defaultAlertingSeconds = 15;

export interface AssignmentDeps {
	conversations: Pick<Conversations, "assignAgents">;
	queues: { all(queueIds: readonly string[]): Promise<ReadonlyMap<string, AssignedQueue>> };
	/** How much people take at a time; the defaults unless told. */
	utilizations?: { all(): Promise<Utilizations> };
	stations: { effectiveStations(userIds: readonly string[]): Promise<ReadonlyMap<string, unknown>> };
	phones: Phones;
	/** Where it is recorded who was chosen and why; nowhere unless told. */
	decisions?: { add(trx: Trx, decisions: readonly Decision[]): Promise<void> };
	/** What assignment asks of who waits and who is idle; the database unless told. */
	store?: AssignmentStore;
}

/** A queue as far as assignment cares. */
export interface AssignedQueue {
	/** Of calls, where there are no settings. */
	alertingTimeoutSeconds: number;
	settings?: QueueSettings;
}

export interface Assignment {
	/** Follows the event log from now on, and looks at everything that waits already. */
	start(): Promise<void>;
	stop(): Promise<void>;
	/** One look at these queues. @returns how many agents were rung, and whether more may be possible */
	assign(queueIds: readonly string[]): Promise<{ assigned: number; again: boolean }>;
	/**
	 * Joined members of the queue who would be given one more of the medium now, and whose phone a call could be made at.
	 * `preview`: a contact of a campaign, which is offered as a callback is.
	 * @param labelId the utilization label that it has
	 */
	free(queueId: string, what: MediaType | "preview", labelId?: string): Promise<string[]>;
	/** Why each member of its queue is not rung for who waits there; undefined where the conversation waits for nobody. */
	explain(conversationId: string): Promise<Explanation | undefined>;
	/** When no look is under way or due. */
	settled(): Promise<void>;
}

/** Of somebody who waits: their queue, since when (ms since 1970), and its joined members with why they are not rung. */
export interface Explanation {
	queueId: string;
	since: number;
	/** `later`: they may be rung, others come first or a look is under way. */
	members: PassedOver[];
}

/**
 * Brings waiting customers and idle agents together: highest priority and longest waiting first, to whoever
 * has waited longest for their turn.
 * Every server process runs it for the phones that are signed in at it; row locks see to it that no customer rings two
 * agents and no agent has two customers.
 */
export function createAssignment(kernel: Kernel, deps: AssignmentDeps): Assignment {
	const store = deps.store ?? assignmentStore(kernel.database.db);
	const stations = rememberStations(deps.stations);
	const dirtyQueues = new Set<string>();
	const dirtyUsers = new Set<string>();
	/** By queue, for when more may be rung for somebody who waits in it. */
	const wakes = new Map<string, NodeJS.Timeout>();
	const endings: Array<() => void> = [];
	let running = false;
	let pumping: Promise<void> | undefined;

	async function assign(queueIds: readonly string[]): Promise<{ assigned: number; again: boolean }> {
		const [utilizations, known] = await Promise.all([utilizationsNow(), deps.queues.all(queueIds)]);
		const routing = routingOfAll(known);
		const leftOut = {
			closing: closingMedia(utilizations.organization.media),
			exceptions: [...utilizations.users.keys()],
		};
		const agents = await withPhones(await store.agents(queueIds, leftOut));
		if (agents.length === 0) return { assigned: 0, again: false };
		const now = kernel.clock.now();
		const staffed = [...new Set(agents.flatMap((agent) => [...agent.queues.keys()]))];
		const waiting = await store.waiting(asked(staffed, routing), batch, now);
		wakeFor(queueIds, nextOpenings({ waiting, routing, now: now.getTime() }), now);
		const both = await withAbilities(agents, waiting);
		const situation: Situation = { ...both, routing, utilizations, now: now.getTime() };
		const pairs = match(situation);
		const chosen = pairs.slice(0, perLook);
		if (chosen.length === 0) return { assigned: 0, again: false };
		let assigned = 0;
		for (let i = 0; i < chosen.length; i += batch)
			assigned += await offer(chosen.slice(i, i + batch), known, situation, pairs.length >= batch);
		return { assigned, again: assigned < pairs.length || pairs.length >= batch };
	}

	const utilizationsNow = async () => (await deps.utilizations?.all()) ?? defaultUtilizations;

	/** Whose phone a call could be answered at, and who does without. */
	async function withPhones(agents: readonly Candidate[]): Promise<Candidate[]> {
		const reachable = agents.filter(({ userId }) => deps.phones.isReachable(userId) && deps.phones.canAnswer(userId));
		const having = await stations.whoHas(reachable.map((agent) => agent.userId));
		const phones = new Set(reachable.filter((agent) => having.has(agent.userId)));
		return agents.map((agent) => (phones.has(agent) ? agent : { ...agent, hasPhone: false }));
	}

	/** Agents with what they can of what somebody asks for, and who asks, without what has been deleted since. */
	async function withAbilities(agents: readonly Candidate[], waiting: readonly WaitingConversation[]) {
		const wanted = new Set<string>();
		for (const { request } of waiting) {
			for (const id of request?.skillIds ?? []) wanted.add(id);
			if (request?.languageId) wanted.add(request.languageId);
		}
		if (wanted.size === 0) return { agents, waiting };
		const userIds = agents.map((agent) => agent.userId);
		const { standing, abilities } = await store.abilities(userIds, [...wanted]);
		return {
			agents: agents.map((agent) => ({ ...agent, ...abilities.get(agent.userId) })),
			waiting: waiting.map((one) => (one.request ? { ...one, request: wishesLeft(one.request, standing) } : one)),
		};
	}

	async function offer(
		pairs: readonly Pair[],
		queues: ReadonlyMap<string, AssignedQueue>,
		situation: Situation,
		isBurst: boolean,
	): Promise<number> {
		return kernel.database.change(async (trx) => {
			const held = await store.hold(trx, pairs);
			const fitting = stillFitting(pairs, held, situation.utilizations);
			if (fitting.length === 0) return 0;
			const offers = fitting.map(({ conversationId, queueId, userId, medium }) => ({
				...{ conversationId, queueId, userId },
				timeoutSeconds: alertingSeconds(queues.get(queueId), medium),
			}));
			await deps.decisions?.add(
				trx,
				fitting.map((pair) => decisionOf(pair, situation, isBurst)),
			);
			await deps.conversations.assignAgents(trx, offers);
			return fitting.length;
		});
	}

	/** Rings open, and reservations end, by themselves: there is no event to wait for. */
	function wakeFor(queueIds: readonly string[], openings: ReadonlyMap<string, number>, now: Date): void {
		for (const queueId of queueIds) {
			clearTimeout(wakes.get(queueId));
			const at = openings.get(queueId);
			if (at !== undefined && running) wakes.set(queueId, setTimeout(look, at - now.getTime() + 1, [queueId], []));
			else wakes.delete(queueId);
		}
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
					if (changesForAll.has(event.type)) trySweep();
					const { queueIds, userIds } = triggerOf(event);
					look(queueIds, userIds);
				}),
				deps.phones.onReachable((userId) => look([], [userId])),
				deps.phones.onAnswerable((userId) => look([], [userId])),
				kernel.database.health.onChange((isAvailable) => isAvailable && trySweep()),
			);
			const timer = setInterval(trySweep, sweepMs);
			endings.push(() => clearInterval(timer));
			await sweep();
		},

		async stop() {
			running = false;
			for (const end of endings.splice(0)) end();
			for (const timer of wakes.values()) clearTimeout(timer);
			wakes.clear();
			await pumping;
		},

		async free(queueId, what, label) {
			const utilizations = await utilizationsNow();
			const medium = what === "preview" ? "callback" : what;
			const wanted = { medium, labelId: countedLabel(utilizations, label) } as const;
			const leftOut = {
				closing: closingMedia(utilizations.organization.media),
				exceptions: [...utilizations.users.keys()],
			};
			const agents = await withPhones(await store.agents([queueId], leftOut));
			const isFree = (agent: Candidate) =>
				agent.hasPhone !== false &&
				!(what === "preview" && agent.previewsPaused) &&
				whyNotFree(agent, wanted, utilizationOf(utilizations, agent.userId)) === undefined;
			return agents.filter(isFree).map((agent) => agent.userId);
		},

		async explain(conversationId) {
			const one = await store.waitingOne(conversationId);
			if (!one) return undefined;
			const [utilizations, known] = await Promise.all([utilizationsNow(), deps.queues.all([one.queueId])]);
			const everybody = { closing: { acd: [], own: [] }, exceptions: [], everybody: true };
			const agents = await withPhones(await store.agents([one.queueId], everybody));
			const both = await withAbilities(agents, [one]);
			const now = kernel.clock.now().getTime();
			const situation: Situation = { ...both, routing: routingOfAll(known), utilizations, now };
			const [waits = one] = both.waiting;
			const members = both.agents
				.slice(0, mostExplained)
				.map((agent) => ({ userId: agent.userId, reason: whyNot(waits, agent, situation) ?? "later" }));
			return { queueId: one.queueId, since: one.since, members };
		},

		async settled() {
			while (pumping) await pumping;
		},
	};
}

function routingOfAll(queues: ReadonlyMap<string, AssignedQueue>): Map<string, QueueRouting> {
	const all = new Map<string, QueueRouting>();
	for (const [id, { settings }] of queues) if (settings) all.set(id, routingOf(settings));
	return all;
}

function asked(queueIds: readonly string[], routing: ReadonlyMap<string, QueueRouting>): AskedQueue[] {
	return queueIds.map((queueId) => {
		const { scoringMethod, rings = [] } = routing.get(queueId) ?? {};
		const expansionsMs = expansions(rings).map((one) => one.afterMs);
		return { queueId, isPriorityOnly: scoringMethod === "PriorityOnly", expansionsMs };
	});
}

function alertingSeconds(queue: AssignedQueue | undefined, medium: MediaType): number {
	if (queue?.settings) return alertingSecondsOf(queue.settings, medium);
	return queue?.alertingTimeoutSeconds ?? defaultAlertingSeconds;
}

/** Nobody could be found for what has been deleted. */
function wishesLeft({ skillIds, languageId, ...rest }: RoutingRequest, standing: ReadonlySet<string>): RoutingRequest {
	return {
		...rest,
		...(skillIds ? { skillIds: skillIds.filter((id) => standing.has(id)) } : {}),
		...(languageId !== undefined && standing.has(languageId) ? { languageId } : {}),
	};
}

/** The pairs that still may be, now that who waits and who works is held; what an agent is given first counts for the next. */
function stillFitting(
	pairs: readonly Pair[],
	held: { waiting: ReadonlySet<string>; agents: ReadonlyMap<string, HeldAgent> },
	utilizations: Utilizations,
): Pair[] {
	const given = new Map<string, InHand[]>();
	return pairs.filter(({ conversationId, userId, isPreview, ...offered }) => {
		const agent = held.agents.get(userId);
		if (!agent || !held.waiting.has(conversationId) || (isPreview && agent.previewsPaused)) return false;
		const own = given.get(userId) ?? [];
		const state = { ...agent, inHand: [...agent.inHand, ...own] };
		if (whyNotFree(state, offered, utilizationOf(utilizations, userId)) !== undefined) return false;
		given.set(userId, [...own, inHandOnce(offered)]);
		return true;
	});
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
