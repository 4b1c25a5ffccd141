import {
	type AgentState,
	expansions,
	inHandOnce,
	type Offered,
	type Proficiencies,
	type RoutingRequest,
	reachAfter,
	ringOf,
	scoreOf,
	suitability,
	whyNotFree,
} from "./offer-rules.ts";
import { type MediaType, plainRouting, type QueueRouting } from "./queue-model.ts";
import { byTurn, Line, type Seat, seated, type TurnFacts } from "./turns.ts";
import { countedLabel, type Utilizations, utilizationOf } from "./utilization-model.ts";

/** Somebody who waits. */
export interface WaitingConversation {
	conversationId: string;
	queueId: string;
	medium: MediaType;
	priority: number;
	/** Since when, ms since 1970. */
	since: number;
	request?: RoutingRequest;
}

/** An agent who takes work of some of the queues asked for. */
export interface Candidate extends AgentState, TurnFacts {
	/** Their ring by queue. */
	queues: ReadonlyMap<string, number>;
	skills: Proficiencies;
	languages: Proficiencies;
}

/** An agent for a conversation. */
export interface Pair {
	conversationId: string;
	queueId: string;
	userId: string;
	medium: MediaType;
	/** Its utilization label. */
	labelId?: string;
	/** The ring in which the agent was found. */
	ring: number;
	isPreview?: true;
}

export interface Situation {
	waiting: readonly WaitingConversation[];
	agents: readonly Candidate[];
	/** Queues that are none of the plain ones. */
	routing: ReadonlyMap<string, QueueRouting>;
	utilizations: Utilizations;
	/** ms since 1970 */
	now: number;
}

/**
 * Gives each who waits, in the order in which they are served, the agent who comes first for them. Nobody is given more
 * than they take of its medium; whoever finds no agent holds up nobody else.
 */
export function match(situation: Situation): Pair[] {
	const bench = new Bench(situation);
	return inOrder(situation).flatMap((one) => {
		const found = bench.take(one);
		if (!found) return [];
		const { conversationId, queueId, medium, request } = one;
		const labelId = countedLabel(situation.utilizations, request?.labelId);
		const label = labelId === undefined ? {} : { labelId };
		const pair = { conversationId, queueId, userId: found.seat.agent.userId, medium, ring: found.ring, ...label };
		return [request?.isPreview ? { ...pair, isPreview: true as const } : pair];
	});
}

/**
 * The order in which those who wait are served: within a queue by its method, between queues by the score; ties by {@link atOnce}. A
 * queue that puts priority first comes with its first by what that one has.
 */
export function inOrder({ waiting, routing, now }: Situation): WaitingConversation[] {
	const rank = new Map<string, number>();
	const scored = waiting.map((one) => ({ one, score: scoreOf({ waitedMs: now - one.since, priority: one.priority }) }));
	scored.sort((a, b) => b.score - a.score || atOnce(a.one, b.one));
	const strict = scored.filter(({ one }) => routing.get(one.queueId)?.scoringMethod === "PriorityOnly");
	if (strict.length > 0) {
		strict.sort((a, b) => b.one.priority - a.one.priority || a.one.since - b.one.since || atOnce(a.one, b.one));
		const least = new Map<string, number>();
		for (const entry of strict) {
			entry.score = Math.min(entry.score, least.get(entry.one.queueId) ?? Number.POSITIVE_INFINITY);
			least.set(entry.one.queueId, entry.score);
		}
		for (const [index, { one }] of strict.entries()) rank.set(one.conversationId, index);
		const place = (one: WaitingConversation) => rank.get(one.conversationId) ?? -1;
		scored.sort((a, b) => b.score - a.score || place(a.one) - place(b.one) || atOnce(a.one, b.one));
	}
	return scored.map(({ one }) => one);
}

/**
 * When more may be rung than now without anything happening, by queue: a ring opens, a reservation ends; ms since 1970.
 * Where nobody is free it does not matter: whoever becomes free has all looked at again.
 */
export function nextOpenings({
	waiting,
	routing,
	now,
}: Omit<Situation, "agents" | "utilizations">): Map<string, number> {
	const next = new Map<string, number>();
	for (const { queueId, since, request } of waiting) {
		const rings = routing.get(queueId)?.rings ?? [];
		const openings = expansions(rings).map((one) => since + one.afterMs);
		if (request?.reservedUntil !== undefined) openings.push(Date.parse(request.reservedUntil));
		for (const at of openings) if (at > now) next.set(queueId, Math.min(at, next.get(queueId) ?? at));
	}
	return next;
}

/** Of those who came at once, who is for named people alone comes first: others find somebody else. */
function atOnce(a: WaitingConversation, b: WaitingConversation): number {
	const named = ({ request }: WaitingConversation) => Number(request?.onlyPreferred ?? false);
	return named(b) - named(a) || compare(a.conversationId, b.conversationId);
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** Why an agent is not the one to be rung for somebody who waits; undefined: they may be. */
export function whyNot(one: WaitingConversation, agent: Candidate, situation: Situation): string | undefined {
	const rule = utilizationOf(situation.utilizations, agent.userId);
	if (!agent.queues.has(one.queueId)) return "notJoined";
	const found = rankOf(one, agent, situation.routing.get(one.queueId) ?? plainRouting, situation.now);
	return whyNotFree(agent, offered(one, situation), rule) ?? ("refused" in found ? found.refused : undefined);
}

/** As utilization looks at somebody who waits. */
const offered = ({ medium, request }: WaitingConversation, { utilizations }: Situation): Offered => ({
	medium,
	labelId: countedLabel(utilizations, request?.labelId),
});

interface Rank {
	ring: number;
	preferred: boolean;
	score: number;
}

/** Where the agent stands among those for somebody who waits: ring, preference, proficiency. */
function rankOf(
	one: WaitingConversation,
	agent: Candidate,
	{ rings, skillEvaluationMethod }: QueueRouting,
	now: number,
): Rank | { refused: string } {
	const request = one.request ?? {};
	if (request.isPreview && agent.previewsPaused) return { refused: "previewsPaused" };
	const ring = rings.length > 0 ? ringOf(agent.queues.get(one.queueId) ?? 1, rings) : 1;
	const reach = reachAfter(now - one.since, rings, request.skillIds ?? []);
	const preferred = request.preferredUserIds?.includes(agent.userId) ?? false;
	const reserved = isReserved(request, now);
	// Who waits for named people alone is not kept from them by a ring that opens later: nobody else would be rung until then.
	if (ring > reach.ring && !(reserved && preferred)) return { refused: `ring:${ring}` };
	if (reserved && !preferred) return { refused: "reserved" };
	const suits = suitability({ skillIds: reach.skillIds, languageId: request.languageId }, agent, skillEvaluationMethod);
	return "refused" in suits ? suits : { ring, preferred, score: suits.score };
}

/** Nobody but the preferred is rung just now. */
function isReserved({ onlyPreferred, reservedUntil }: RoutingRequest, now: number): boolean {
	return onlyPreferred === true || (reservedUntil !== undefined && Date.parse(reservedUntil) > now);
}

interface Found {
	seat: Seat<Candidate>;
	ring: number;
}

/** Whether nothing but utilization decides who gets it: a label is asked of nobody. */
function asksNothing(request: RoutingRequest | undefined): boolean {
	return !request || Object.keys(request).every((key) => key === "labelId");
}

function keyOf(queueId: string, { medium, labelId = "" }: Offered): string {
	return `${medium} ${queueId} ${labelId}`;
}

/** Agents as they are during one look: what they were given in it counts. */
class Bench {
	readonly #situation: Situation;
	/** By queue. */
	readonly #members = new Map<string, Seat<Candidate>[]>();
	/** Who may be taken for one medium of one queue, and one label. */
	readonly #lines = new Map<string, Line<Candidate>>();
	/** Who was free when it was last asked, by what they were asked for: in this look nobody becomes free. */
	readonly #free = new Map<string, Seat<Candidate>[]>();
	/** Who was given something, as they are with it: made when they are given it, not whenever it is asked whether they are free. */
	readonly #given = new Map<string, Candidate>();

	constructor(situation: Situation) {
		this.#situation = situation;
		for (const seat of seated(situation.agents)) {
			for (const queueId of seat.agent.queues.keys()) {
				const list = this.#members.get(queueId);
				if (list) list.push(seat);
				else this.#members.set(queueId, [seat]);
			}
		}
	}

	take(one: WaitingConversation): Found | undefined {
		const routing = this.#situation.routing.get(one.queueId) ?? plainRouting;
		const wanted = offered(one, this.#situation);
		const isPlain = asksNothing(one.request) && routing.rings.length === 0;
		const found = isPlain
			? this.#next(one.queueId, wanted)
			: this.#best(one, this.#freeFor(one.queueId, wanted), routing);
		if (found) {
			const now = this.#asTheyAre(found.seat.agent);
			this.#given.set(now.userId, { ...now, inHand: [...now.inHand, inHandOnce(wanted)] });
			found.seat.load += 1;
		}
		return found;
	}

	#next(queueId: string, wanted: Offered): Found | undefined {
		const key = keyOf(queueId, wanted);
		const line = this.#lines.get(key) ?? new Line(this.#members.get(queueId) ?? []);
		this.#lines.set(key, line);
		const seat = line.first(({ agent }) => this.#isFree(agent, wanted));
		return seat && { seat, ring: 1 };
	}

	#freeFor(queueId: string, wanted: Offered): Seat<Candidate>[] {
		const key = keyOf(queueId, wanted);
		const were = this.#free.get(key) ?? this.#members.get(queueId) ?? [];
		const free = were.filter(({ agent }) => this.#isFree(agent, wanted));
		this.#free.set(key, free);
		return free;
	}

	#best(one: WaitingConversation, free: readonly Seat<Candidate>[], routing: QueueRouting): Found | undefined {
		let best: { seat: Seat<Candidate>; rank: Rank } | undefined;
		for (const seat of free) {
			const rank = rankOf(one, seat.agent, routing, this.#situation.now);
			if (!("refused" in rank) && (!best || comesBefore({ seat, rank }, best))) best = { seat, rank };
		}
		return best && { seat: best.seat, ring: best.rank.ring };
	}

	#isFree(agent: Candidate, wanted: Offered): boolean {
		const rule = utilizationOf(this.#situation.utilizations, agent.userId);
		return whyNotFree(this.#asTheyAre(agent), wanted, rule) === undefined;
	}

	/** With what they were given in this look. */
	#asTheyAre(agent: Candidate): Candidate {
		return this.#given.get(agent.userId) ?? agent;
	}
}

function comesBefore(a: { seat: Seat<Candidate>; rank: Rank }, b: { seat: Seat<Candidate>; rank: Rank }): boolean {
	const order =
		a.rank.ring - b.rank.ring ||
		Number(b.rank.preferred) - Number(a.rank.preferred) ||
		b.rank.score - a.rank.score ||
		byTurn(a.seat, b.seat);
	return order < 0;
}
