/** How a campaign calls without an agent having chosen (agent-features 18). */
export type AutomaticMode = "progressive" | "power";

/** What the dialer sees of a campaign at one moment. */
export interface PaceFacts {
	mode: AutomaticMode;
	/** Agents of the queue who would be given a call now. */
	idleAgents: number;
	/** Calls that ring, and those that have been answered and wait for an agent. */
	outstanding: number;
	/** Of the last 200 live answers: how many there were, and how many were not with an agent in time. */
	answers: number;
	abandoned: number;
	/** Finished attempts of late, from which follows how many are answered. */
	attempts: number;
	/** Share of live answers that may be abandoned, 0 to 1. */
	target: number;
	/** Calls for each idle agent, at most; 1 to 15. */
	maxCallsPerAgent: number;
	/** Lines of the campaign; no limit of its own where absent. */
	lines?: number | undefined;
}

export interface Pace {
	/** Calls to place now. */
	place: number;
	/** Calls for each idle agent, those that ring included; what people read as `adjustedCallsPerAgent`. */
	callsPerAgent: number;
}

/** Answers that stand for what is not known yet, of so many attempts: a new campaign begins carefully. */
const assumed = { answers: 6, attempts: 10 };
/** What is allowed is not spent at once: so many people at most are expected to meet nobody in one look. */
const mostAtOnce = 1;
/** Not the whole of the target is planned for: what is planned comes out by chance. */
const planned = 0.85;

/**
 * How many calls a campaign places now. Progressive: one for each idle agent. Power: as many more as can be answered without
 * the abandoned ones exceeding their share of the last 200 live answers. The chance that more people answer than agents are
 * idle is reckoned with all calls that ring, and held against what the share still allows.
 */
export function paceOf(facts: PaceFacts): Pace {
	const { idleAgents, outstanding, lines = Number.POSITIVE_INFINITY } = facts;
	if (idleAgents <= 0) return { place: 0, callsPerAgent: 0 };
	const most = facts.mode === "power" ? Math.floor(idleAgents * facts.maxCallsPerAgent) : idleAgents;
	let calls = Math.min(idleAgents, lines);
	while (calls + 1 <= Math.min(most, lines) && isAffordable(calls + 1, facts)) calls += 1;
	return { place: Math.max(0, calls - outstanding), callsPerAgent: calls / idleAgents };
}

function isAffordable(calls: number, { idleAgents, answers, abandoned, attempts, target }: PaceFacts): boolean {
	const chance = Math.min(1, (answers + assumed.answers) / (attempts + assumed.attempts));
	const expected = calls * chance;
	const allowed = planned * target * (answers + expected) - abandoned;
	return expectedAbove(calls, chance, idleAgents) <= Math.min(mostAtOnce, allowed);
}

/** How many of `calls` are expected to be answered beyond `agents`, each being answered by the same chance. */
function expectedAbove(calls: number, chance: number, agents: number): number {
	let sum = 0;
	let exactly = (1 - chance) ** calls;
	if (chance === 1) return Math.max(0, calls - agents);
	for (let answered = 0; answered <= calls; answered++) {
		if (answered > agents) sum += (answered - agents) * exactly;
		exactly *= ((calls - answered) / (answered + 1)) * (chance / (1 - chance));
	}
	return sum;
}
