/** How a queue's calls stand at the moment. */
export interface QueueState {
	/** Calls that nobody has been found for yet. */
	waiting: number;
	/** Agents who would be given a call now. */
	free: number;
	/** Agents who work in the queue, busy or not. */
	agents: number;
	/** What an agent had with a call lately, talk and after-call work, in seconds; unknown where there was none. */
	handleSeconds?: number;
}

/**
 * How long who comes now waits for an agent, in seconds: those before them, and they, by what a call takes and how many work on it.
 * @returns undefined where nobody works there, or nothing is known
 */
export function waitEstimate({ waiting, free, agents, handleSeconds }: QueueState): number | undefined {
	if (free > waiting) return 0;
	if (agents === 0 || handleSeconds === undefined) return undefined;
	// Of calls that go on at the moment half is over.
	return Math.round(((waiting - free) / agents + 0.5 / agents) * handleSeconds);
}
