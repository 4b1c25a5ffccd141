import { randomUUID } from "node:crypto";
import type { Database } from "../../kernel/database/database.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import type { RecordingRules } from "../recording-rules.ts";
import { type Change, conversationStore } from "../store.ts";
import type { TransitionContext } from "../transitions/context.ts";
import { type Command, transition } from "../transitions/transition.ts";
import { inboundConversation } from "./transitions/create.ts";

export type { Conversation, QueueFacts, RecordingRules, TransitionContext };
export { inboundConversation };

/** A step of a call that is over. */
export interface PastChange extends Change {
	at: Date;
}

/** A call that is played step by step, each at its time: what happens to it then happens by the transitions of every call. */
export class PlayedCall {
	/** The first is the beginning. */
	readonly changes: PastChange[];
	readonly #rules: RecordingRules | undefined;
	#now: number;

	/** @param rules by which it was recorded, if it was */
	constructor(begin: (context: TransitionContext) => Conversation, startedAt: Date, rules?: RecordingRules) {
		this.#now = startedAt.getTime();
		this.#rules = rules;
		this.changes = [{ after: begin(this.#context()), at: startedAt }];
	}

	get conversation(): Conversation {
		return this.changes.at(-1)?.after as Conversation;
	}

	/** The participant who came last. */
	get newest(): string {
		return this.conversation.participants.at(-1)?.id ?? "";
	}

	/** Some ms after the step before. */
	after(afterMs: number, command: Command): this {
		this.#now += afterMs;
		const before = this.conversation;
		this.changes.push({ before, after: transition(before, command, this.#context()), at: new Date(this.#now) });
		return this;
	}

	#context(): TransitionContext {
		const rules = this.#rules ? { recordingRules: this.#rules } : {};
		return { now: new Date(this.#now), newId: randomUUID, ...rules };
	}
}

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
	const begin = (context: TransitionContext) =>
		inboundConversation({ customer, dnis, queue, divisionId, provider: "archive" }, context);
	const played = new PlayedCall(begin, call.startedAt);
	const customerId = played.newest;
	played.after(0, { type: "media.connected", participantId: customerId });
	const offer = {
		queueId: queue.id,
		userId: agent.id,
		userName: agent.name,
		divisionId: agent.divisionId,
		timeoutMs: 15_000,
	};
	played.after(call.waitedMs, { type: "offer", offer });
	const agentId = played.newest;
	return played
		.after(3_000, { type: "answer", participantId: agentId })
		.after(call.talkedMs, { type: "leave", participantId: customerId, why: "peer" })
		.after(20_000, { type: "wrapup", participantId: agentId, wrapup: call.wrapup }).conversation;
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
