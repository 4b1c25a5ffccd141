import { randomUUID } from "node:crypto";
import type { Database } from "../../kernel/database/database.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import { conversationStore } from "../store.ts";
import { type Command, transition } from "../transitions/transition.ts";
import { inboundConversation } from "./transitions/create.ts";

/** A call that somebody took from a queue, talked, and wrapped up. */
export interface PastCall {
	customer: { name: string; address: string };
	dnis: string;
	queue: QueueFacts;
	divisionId: string;
	agent: { id: string; name: string; divisionId?: string };
	startedAt: Date;
	waitedMs: number;
	talkedMs: number;
	wrapup: { code: string; name: string; notes?: string };
}

/** The conversation as it stands today: every step that a call takes, at its time. */
export function pastCall(call: PastCall): Conversation {
	const { customer, dnis, divisionId, agent } = call;
	const queue = { ...call.queue, divisionId };
	let now = call.startedAt.getTime();
	const context = () => ({ now: new Date(now), newId: randomUUID });
	let conversation = inboundConversation({ customer, dnis, queue, divisionId, provider: "archive" }, context());
	const step = (command: Command, afterMs: number) => {
		now += afterMs;
		conversation = transition(conversation, command, context());
	};
	const customerId = conversation.participants[0]?.id ?? "";
	step({ type: "media.connected", participantId: customerId }, 0);
	const offer = {
		queueId: queue.id,
		userId: agent.id,
		userName: agent.name,
		divisionId: agent.divisionId,
		timeoutMs: 15_000,
	};
	step({ type: "offer", offer }, call.waitedMs);
	const agentId = conversation.participants.at(-1)?.id ?? "";
	step({ type: "answer", participantId: agentId }, 3_000);
	step({ type: "leave", participantId: customerId, why: "peer" }, call.talkedMs);
	step({ type: "wrapup", participantId: agentId, wrapup: call.wrapup }, 20_000);
	return conversation;
}

/** Conversations of one transaction. */
const atOnce = 500;

/** Stores conversations that are over, such as another system's: nobody is told of them, no timer runs for them. */
export async function keepPastConversations(database: Database, past: Iterable<Conversation>): Promise<void> {
	const store = conversationStore(database.db);
	let batch: Conversation[] = [];
	let keeping: Promise<unknown> = Promise.resolve();
	/** The next are made while these are stored. */
	const keep = async () => {
		const changes = batch.map((after) => ({ after }));
		batch = [];
		await keeping;
		if (changes.length > 0) keeping = database.change((trx) => store.save(trx, changes));
	};
	for (const conversation of past) {
		if (batch.push(conversation) === atOnce) await keep();
	}
	await keep();
	await keeping;
}
