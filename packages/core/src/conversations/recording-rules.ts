/** What the organization says of recording, as calls follow it (agent-features 6). */
export interface RecordingRules {
	/** False: whoever is put on hold is not recorded meanwhile. */
	duringHold: boolean;
	/** A pause that nobody ends does so by itself, in seconds; 0 for never. */
	resumeAfterSeconds: number;
	/** Everybody hears a tone while they are recorded, at once and each so many seconds; 0 for none. */
	beepSeconds?: number;
	/** The first that fits a call records it. */
	policies: readonly CallPolicy[];
}

/** Which calls are recorded whatever their agents do, and how long that is kept. */
export interface CallPolicy {
	id: string;
	/** Empty: calls of any queue, and of none. */
	queueIds: readonly string[];
	/** Seen from the organization; absent: both. */
	direction?: "inbound" | "outbound";
	/** Customers are asked first; who says no is not recorded. Absent: nobody is asked. */
	requireConsent?: boolean;
	/** What they hear; the standard text where it says nothing. */
	consentMessage?: string;
	/** Of the calls that fit, 1 to 100. */
	percent: number;
	/** Days after which the recording is deleted; absent: never. */
	retentionDays?: number;
}

/** Where the organization has said nothing. */
export const defaultRecordingRules: RecordingRules = {
	duringHold: true,
	resumeAfterSeconds: 120,
	policies: [],
};

/** What a policy looks at. */
export interface CallFacts {
	conversationId: string;
	direction: "inbound" | "outbound";
	/** Queues through which the call has come. */
	queueIds: readonly string[];
}

/** The policy that records a call. Which calls a percentage chooses is fixed by their ids: asked twice, it is the same. */
export function policyFor(policies: readonly CallPolicy[], call: CallFacts): CallPolicy | undefined {
	return policies.find(
		({ id, queueIds, direction, percent }) =>
			(queueIds.length === 0 || queueIds.some((one) => call.queueIds.includes(one))) &&
			(direction === undefined || direction === call.direction) &&
			percentOf(`${call.conversationId} ${id}`) < percent,
	);
}

/** 0 to 99, evenly spread (FNV-1a, 32 bits). */
function percentOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
	// The lowest bits of this hash are its weakest.
	return Math.floor((hash / 2 ** 32) * 100);
}
