import type { RecordingRules } from "../../recording-rules.ts";

/** What the organization says of consults and conferences (agent-features 2, "Settings"). */
export interface CallRules {
	/** How long people and numbers ring who are consulted, s. */
	consultRingSeconds: number;
	/** How long somebody rings on once the agent who consults them has hung up; then the customer comes back, s. */
	unattendedRingSeconds: number;
	/** Parties that one call may have at a time; holds for calls that begin from then on. */
	maxParties: number;
	/** Whether the last one of the organization may leave those outside to each other. */
	bridgesAllowed: boolean;
	/** What is said in private is recorded, too, as a recording of its own. */
	recordConsult: boolean;
}

/** Where the organization has said nothing. */
export const defaultCallRules: CallRules = {
	consultRingSeconds: 30,
	unattendedRingSeconds: 20,
	maxParties: 6,
	bridgesAllowed: true,
	recordConsult: false,
};

/** What may be said of each number: least and most. */
export const callRuleRanges = {
	consultRingSeconds: [5, 120],
	unattendedRingSeconds: [5, 120],
	maxParties: [3, 12],
} as const satisfies Partial<Record<keyof CallRules, readonly [number, number]>>;

/** What a transition may know that only calls follow. */
export interface CallContext {
	/** Default: {@link defaultCallRules}. */
	callRules?: CallRules;
	/** What of calls is recorded, and when not. Default: what agents record, all of it. */
	recordingRules?: RecordingRules;
	/** Queues whose calls are transcribed, and which language is spoken there; empty where nobody said. Default: none. */
	transcribedQueues?: ReadonlyMap<string, string>;
}

/** What a conversation that begins keeps of them for its life. */
export function limitsOf(context: CallContext): { maxParticipants: number } {
	return { maxParticipants: callRulesOf(context).maxParties };
}

/** The organization's rules, as a transition sees them. */
export function callRulesOf({ callRules = defaultCallRules }: CallContext): CallRules {
	return callRules;
}
