import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { type Candidate, type Pair, type Situation, type WaitingConversation, whyNot } from "./assignment-match.ts";
import { type Decision, decisionDays, mostPassed } from "./decision-model.ts";
import { decisionStore } from "./decision-store.ts";

const dayMs = 24 * 3_600_000;
const pruneJob = "routing.decisions.prune";
/** Rows at once: a pruning holds nothing that others wait for, and ends. */
const prunedAtOnce = 20_000;
const mostShown = 50;

/** What assignment has decided, kept for a week. */
export interface Decisions {
	/** In the transaction of the offers. */
	add(trx: Trx, decisions: readonly Decision[]): Promise<void>;
	/** The latest first. */
	of(conversationId: string): Promise<Decision[]>;
	/** Those of a day in which the user was rung or passed over, the latest first. */
	ofUser(userId: string, to?: Date): Promise<Decision[]>;
	start(): Promise<void>;
}

export function createDecisions({ database, jobs, clock }: Pick<Kernel, "database" | "jobs" | "clock">): Decisions {
	function schedule(trx: Trx, inMs: number): Promise<void> {
		return jobs.schedule(trx, { kind: pruneJob, key: "all", runAt: new Date(clock.now().getTime() + inMs) });
	}

	jobs.handle(pruneJob, async (trx) => {
		const before = new Date(clock.now().getTime() - decisionDays * dayMs);
		const gone = await decisionStore.forget(trx, before, prunedAtOnce);
		await schedule(trx, gone < prunedAtOnce ? dayMs : 0);
	});

	return {
		add: decisionStore.add,
		of: (conversationId) => decisionStore.of(database.db, conversationId, mostShown),
		ofUser(userId, to = clock.now()) {
			const from = new Date(to.getTime() - dayMs);
			return decisionStore.ofUser(database.db, userId, { from, to }, mostShown);
		},
		start: () => database.change((trx) => schedule(trx, 3_600_000)),
	};
}

/**
 * What is recorded of a pair.
 * @param isBurst many are assigned at once: nobody asks then why somebody else was not, and it would cost as much as all else
 */
export function decisionOf(pair: Pair, situation: Situation, isBurst: boolean): Decision {
	const { conversationId, queueId, userId, ring } = pair;
	const decision = { conversationId, queueId, at: new Date(situation.now), userId, ring };
	if (isBurst) return { ...decision, considered: 0, passed: [] };
	const members = situation.agents.filter((agent) => agent.queues.has(queueId));
	const one = situation.waiting.find((each) => each.conversationId === conversationId);
	const passed = one ? passedOver(one, members, userId, situation) : [];
	return { ...decision, considered: members.length, passed };
}

function passedOver(
	one: WaitingConversation,
	members: readonly Candidate[],
	chosen: string,
	situation: Situation,
): Decision["passed"] {
	return members
		.filter((agent) => agent.userId !== chosen)
		.slice(0, mostPassed)
		.map((agent) => ({ userId: agent.userId, reason: whyNot(one, agent, situation) ?? "later" }));
}
