/**
 * Who may be offered what: the rules of agent-features section 1 about one waiting interaction and one agent, without I/O.
 * `assignment-match.ts` applies them to all who wait and all who are there.
 */

import type { RoutingStatusName } from "./availability.ts";
import type { MediaType, QueueRouting, Ring } from "./queue-model.ts";
import type { LabelUtilizations, UtilizationRule } from "./utilization-model.ts";

/** How long only the agent of before is asked, ms. */
export const lastAgentMs = 60_000;

/** Something that an agent has in hand: it rings, goes on, or is in after-call work that is asked for. */
export interface InHand {
	medium: MediaType;
	/** It came by, or on behalf of, a queue. */
	acd: boolean;
	alerting: boolean;
	/** Its utilization label. */
	labelId?: string;
}

/** What is offered counts from that moment on. */
export function inHandOnce({ medium, labelId }: Offered): InHand {
	return { medium, acd: true, alerting: true, ...(labelId === undefined ? {} : { labelId }) };
}

/** What an agent is and does at the moment. */
export interface AgentState {
	status: RoutingStatusName;
	inHand: readonly InHand[];
	/** A call could ring and be answered at their phone. Absent: it could. */
	hasPhone?: boolean;
	/** They want no previews of campaigns for now; all else reaches them. */
	previewsPaused?: boolean;
}

/** What somebody who waits asks for. Absent lists are empty. */
export interface RoutingRequest {
	/** Their utilization label: it is asked of nobody, but who has much of it in hand is not rung. */
	labelId?: string;
	skillIds?: readonly string[];
	languageId?: string;
	/** The owner of a callback, the last agent: they come first. */
	preferredUserIds?: readonly string[];
	/** Until then nobody but the preferred is rung; ISO 8601. */
	reservedUntil?: string;
	/** Nobody but the preferred is ever rung. */
	onlyPreferred?: boolean;
	/** A contact of a campaign that an agent looks at first. */
	isPreview?: boolean;
}

/** What an agent can, 0 to 5, by the id of a skill or language. */
export type Proficiencies = ReadonlyMap<string, number>;

const needingPhone: ReadonlySet<MediaType> = new Set<MediaType>(["call", "callback"]);

/** An interaction as utilization looks at it. */
export interface Offered {
	medium: MediaType;
	/** Its utilization label. */
	labelId?: string | undefined;
}

/**
 * Why the agent may not be offered such an interaction just now; undefined: they may.
 *
 * free(a,m) = onQueue and responding and active(a,m) < capacity(a,m)
 *   and for every other medium k with active(a,k) > 0: m in interruptedBy(a,k)
 * and then the same by labels, whatever their media are.
 */
export function whyNotFree(agent: AgentState, { medium, labelId }: Offered, rule: UtilizationRule): string | undefined {
	const { media } = rule;
	if (agent.status === "OFF_QUEUE") return "offQueue";
	if (agent.status === "NOT_RESPONDING") return "notResponding";
	if (agent.hasPhone === false && needingPhone.has(medium)) return "phone";
	// One call alerts at a time, whoever it is from (decision 18).
	if (medium === "call" && agent.inHand.some((one) => one.medium === "call" && one.alerting)) return "alerting:call";
	const counted = agent.inHand.filter((one) => one.acd || media[one.medium]?.includeNonAcd);
	if (counted.filter((one) => one.medium === medium).length >= media[medium].maximumCapacity)
		return `capacity:${medium}`;
	const blocking = counted.find(
		(one) => one.medium !== medium && !media[one.medium]?.interruptableMediaTypes.includes(medium),
	);
	if (blocking) return `interrupt:${blocking.medium}`;
	return labelId === undefined ? undefined : whyNotByLabel(counted, labelId, rule.labels);
}

/** What carries no label is limited by none, and limits none. */
function whyNotByLabel(counted: readonly InHand[], labelId: string, labels: LabelUtilizations): string | undefined {
	const most = labels[labelId]?.maximumCapacity ?? Number.POSITIVE_INFINITY;
	if (counted.filter((one) => one.labelId === labelId).length >= most) return `labelCapacity:${labelId}`;
	const blocking = counted.find(
		(one) =>
			one.labelId !== undefined &&
			one.labelId !== labelId &&
			labels[one.labelId]?.interruptingLabelIds.includes(labelId) === false,
	);
	return blocking && `labelInterrupt:${blocking.labelId}`;
}

/** How far the rings are open for somebody who has waited so long, and what of their wishes is left. */
export interface Reach {
	/** 1 for the first ring. */
	ring: number;
	skillIds: readonly string[];
}

/** The rings open one after the other, each after its own time; skills go with the ring that is left, and stay away. */
export function reachAfter(waitedMs: number, rings: readonly Ring[], skillIds: readonly string[]): Reach {
	let reach: Reach = { ring: 1, skillIds };
	for (const at of expansions(rings)) {
		if (waitedMs < at.afterMs) break;
		reach = { ring: at.ring, skillIds: reach.skillIds.filter((id) => !at.removed.has(id)) };
	}
	return reach;
}

export interface Expansion {
	/** Since the queue was entered. */
	afterMs: number;
	/** The ring that opens. */
	ring: number;
	/** Skills that are asked for no longer. */
	removed: ReadonlySet<string>;
}

/** When each further ring opens. A ring without a time is the last one that does. */
export function expansions(rings: readonly Ring[]): Expansion[] {
	const all: Expansion[] = [];
	let afterMs = 0;
	for (const [index, ring] of rings.slice(0, -1).entries()) {
		const threshold = ring.expansionCriteria?.[0]?.threshold;
		if (threshold === undefined) break;
		afterMs += threshold * 1000;
		const removed = new Set((ring.actions?.skillsToRemove ?? []).flatMap(({ id }) => id ?? []));
		all.push({ afterMs, ring: index + 2, removed });
	}
	return all;
}

/** The ring of a member, in a queue with so many: who stands further out is in the last one. */
export function ringOf(ringNumber: number, rings: readonly Ring[]): number {
	return Math.min(ringNumber, Math.max(1, rings.length));
}

/** Whether an agent can what is asked for, and how well by the queue's method. */
export function suitability(
	wanted: { skillIds: readonly string[]; languageId?: string | undefined },
	can: { skills: Proficiencies; languages: Proficiencies },
	method: QueueRouting["skillEvaluationMethod"],
): { score: number } | { refused: "language" | "skills" } {
	if (wanted.languageId !== undefined && !can.languages.has(wanted.languageId)) return { refused: "language" };
	const { skillIds } = wanted;
	if (method === "NONE" || skillIds.length === 0) return { score: 0 };
	const levels = skillIds.flatMap((id) => can.skills.get(id) ?? []);
	if (levels.length < (method === "ALL" ? skillIds.length : 1)) return { refused: "skills" };
	if (method === "ALL") return { score: 0 };
	// What is asked for and not known counts as nothing: who knows all of it a little comes before who knows one thing well.
	return { score: levels.reduce((sum, level) => sum + level, 0) / skillIds.length };
}

/** What a minute of waiting is worth, in priority. */
export const scorePerPriority = 60;

/** The score by which a queue of `TimestampAndPriority` serves: the higher, the sooner. */
export function scoreOf({ waitedMs, priority }: { waitedMs: number; priority: number }): number {
	return waitedMs / 1000 + scorePerPriority * priority;
}
