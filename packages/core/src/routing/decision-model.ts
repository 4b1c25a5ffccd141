/** Why somebody was rung for an interaction, and others were not (agent-features section 1, "why did he not ring"). */
export interface Decision {
	conversationId: string;
	queueId: string;
	at: Date;
	/** Who was rung. */
	userId: string;
	/** The ring in which they were found; 1 in a queue without rings. */
	ring: number;
	/** How many members of the queue were on queue and not busy with what lets nothing else in; 0 where many were assigned at once. */
	considered: number;
	/** Those of them who came after, or were not free, with why; none where many were assigned at once. */
	passed: PassedOver[];
}

export interface PassedOver {
	userId: string;
	/** `later`: others came first. Else as `whyNot` says: `capacity:call`, `interrupt:chat`, `ring:2`, `skills`, … */
	reason: string;
}

/** So many of those who were passed over are kept of each decision. */
export const mostPassed = 25;

/** How long decisions are kept, days. */
export const decisionDays = 7;
