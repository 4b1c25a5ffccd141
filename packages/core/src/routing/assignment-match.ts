import type { IdleAgent, Pair, WaitingConversation } from "./assignment-store.ts";

/**
 * Gives each conversation, in its order, the first agent in theirs who takes its queue's work. Conversations of a
 * queue without a free agent hold up nobody else.
 */
export function match(waiting: readonly WaitingConversation[], agents: readonly IdleAgent[]): Pair[] {
	const byQueue = agentsByQueue(agents);
	const taken = new Set<string>();
	const pairs: Pair[] = [];
	for (const { conversationId, queueId } of waiting) {
		const userId = nextFree(byQueue.get(queueId), taken);
		if (userId === undefined) continue;
		taken.add(userId);
		pairs.push({ conversationId, queueId, userId });
	}
	return pairs;
}

function agentsByQueue(agents: readonly IdleAgent[]): Map<string, string[]> {
	const byQueue = new Map<string, string[]>();
	// Reversed, so that the longest idle is at the end, where taking is cheap.
	for (const agent of [...agents].reverse()) {
		for (const queueId of agent.queueIds) {
			const list = byQueue.get(queueId);
			if (list) list.push(agent.userId);
			else byQueue.set(queueId, [agent.userId]);
		}
	}
	return byQueue;
}

function nextFree(candidates: string[] | undefined, taken: ReadonlySet<string>): string | undefined {
	while (candidates && candidates.length > 0) {
		const userId = candidates.pop();
		if (userId !== undefined && !taken.has(userId)) return userId;
	}
	return undefined;
}
