import { type MediaType, mediaTypes } from "./queue-model.ts";

/** How many interactions of one medium an agent takes at a time: `MediaUtilization` of the platform. */
export interface MediumUtilization {
	/** 0 to 25; 0: none. */
	maximumCapacity: number;
	/** Media that may be offered while the agent has one of this medium in hand. */
	interruptableMediaTypes: readonly MediaType[];
	/** Whether interactions that came by no queue count as well. */
	includeNonAcd: boolean;
}

export type Utilization = Readonly<Record<MediaType, MediumUtilization>>;

/** How many interactions of one label an agent takes at a time: `LabelUtilization…` of the platform. */
export interface LabelUtilization {
	/** 0 to 25; 0: none. */
	maximumCapacity: number;
	/** Labels whose interactions may be offered while the agent has one of this label in hand. */
	interruptingLabelIds: readonly string[];
}

/** By the label's id. A label of which nothing is said limits nothing. */
export type LabelUtilizations = Readonly<Record<string, LabelUtilization>>;

/** What holds for somebody: their media first, and then labels, across media (agent-features section 1). */
export interface UtilizationRule {
	media: Utilization;
	labels: LabelUtilizations;
}

export const largestCapacity = 25;

const one = (medium: Partial<MediumUtilization> = {}): MediumUtilization => ({
	maximumCapacity: 1,
	interruptableMediaTypes: [],
	includeNonAcd: false,
	...medium,
});

/**
 * What holds until an administrator says otherwise (agent-features section 1). An agent's own calls count: queues ring only
 * who does not talk (decision 30).
 */
export const defaultUtilization: Utilization = {
	call: one({ includeNonAcd: true }),
	callback: one(),
	chat: one({ maximumCapacity: 4 }),
	email: one({ interruptableMediaTypes: ["call", "callback", "chat", "message"] }),
	message: one(),
};

/** Without any label. */
export const defaultRule: UtilizationRule = { media: defaultUtilization, labels: {} };

/** Who takes how much: the organization's rule, and the people for whom another one holds, whole. */
export interface Utilizations {
	organization: UtilizationRule;
	users: ReadonlyMap<string, UtilizationRule>;
	/** Labels that there are: another one, of what came before it was deleted, counts as none. Absent: every one. */
	standing?: ReadonlySet<string>;
}

export const defaultUtilizations: Utilizations = { organization: defaultRule, users: new Map() };

export function utilizationOf({ organization, users }: Utilizations, userId: string): UtilizationRule {
	return users.get(userId) ?? organization;
}

/** The label by which utilization counts what carries it. */
export function countedLabel({ standing }: Utilizations, labelId: string | undefined): string | undefined {
	return labelId !== undefined && standing?.has(labelId) === false ? undefined : labelId;
}

/** Media of which an interaction in hand keeps whoever follows this rule from being offered anything at all. */
export interface Closing {
	/** Of a queue's interactions. */
	acd: MediaType[];
	/** Of the agent's own. */
	own: MediaType[];
}

/** So that who is busy with such is not even read. */
export function closingMedia(rule: Utilization): Closing {
	const closes = (inHand: MediaType) =>
		mediaTypes.every((wanted) =>
			wanted === inHand
				? rule[inHand].maximumCapacity <= 1
				: rule[wanted].maximumCapacity === 0 || !rule[inHand].interruptableMediaTypes.includes(wanted),
		);
	const acd = mediaTypes.filter(closes);
	return { acd, own: acd.filter((medium) => rule[medium].includeNonAcd) };
}
