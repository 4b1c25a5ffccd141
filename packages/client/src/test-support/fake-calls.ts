import { randomUUID } from "node:crypto";
import type { WireConversation, WireParticipant } from "../session/wire.ts";

/** The fake server's conversations: one call, one customer, one agent. */
export class FakeCalls {
	readonly all = new Map<string, WireConversation>();
	readonly #userId: string;
	readonly #announce: (conversation: WireConversation) => void;

	constructor(userId: string, announce: (conversation: WireConversation) => void) {
		this.#userId = userId;
		this.#announce = announce;
	}

	/** A customer's call rings at the agent. Gives the conversation's id. */
	ring(customer = { name: "Ada Lovelace", address: "tel:+4930123456" }, queueName = "Support"): string {
		return this.#add("inbound", "alerting", customer, queueName);
	}

	/** The agent dials. */
	dial(number: string): string {
		return this.#add("outbound", "contacting", { name: number, address: `tel:${number}` }, undefined);
	}

	/** Changes the agent's call, and tells. */
	change(id: string, change: Record<string, unknown>): void {
		const conversation = this.all.get(id);
		if (!conversation) return;
		const participants = (conversation.participants ?? []).map((each) =>
			each.userId === this.#userId ? { ...each, calls: each.calls?.map((call) => ({ ...call, ...change })) } : each,
		);
		this.put({ ...conversation, participants });
	}

	connect(id: string): void {
		this.change(id, { state: "connected", connectedTime: new Date().toISOString() });
	}

	/** The agent's leg ends without ever having been connected, or by somebody else. */
	fail(id: string, disconnectType: string, code?: string): void {
		const now = new Date().toISOString();
		this.change(id, {
			state: "disconnected",
			connectedTime: undefined,
			disconnectedTime: now,
			disconnectType,
			...(code ? { errorInfo: { code, message: code } } : {}),
			afterCallWork: { state: "notApplicable" },
		});
		this.changeAgent(id, { endTime: now, wrapupRequired: false });
	}

	/** All others leave who are there still: the caller gives up. */
	giveUp(id: string): void {
		const conversation = this.all.get(id);
		if (!conversation) return;
		const endTime = new Date().toISOString();
		this.put({ ...conversation, participants: conversation.participants?.map((each) => ({ endTime, ...each })) ?? [] });
	}

	/** The agent's leg ends; a queue's call then owes after-call work. */
	end(id: string): void {
		const now = new Date().toISOString();
		const conversation = this.all.get(id);
		const owes = conversation?.participants?.some((each) => each.wrapupRequired) ?? false;
		this.change(id, {
			state: "disconnected",
			disconnectedTime: now,
			disconnectType: "client",
			afterCallWork: { state: owes ? "pending" : "notApplicable", startTime: now },
		});
		this.changeAgent(id, { endTime: now, startAcwTime: owes ? now : undefined });
	}

	finishWork(id: string, wrapup: { code?: string; notes?: string }): void {
		this.change(id, { afterCallWork: { state: "complete" } });
		this.changeAgent(id, { wrapup, endAcwTime: new Date().toISOString() });
	}

	changeAgent(id: string, change: Partial<WireParticipant>): void {
		const conversation = this.all.get(id);
		if (!conversation) return;
		const participants = (conversation.participants ?? []).map((each) =>
			each.userId === this.#userId ? { ...each, ...change } : each,
		);
		this.put({ ...conversation, participants });
	}

	#add(
		direction: string,
		state: string,
		customer: { name: string; address: string },
		queueName: string | undefined,
	): string {
		const now = new Date().toISOString();
		const call = (state: string, more = {}) => ({
			id: randomUUID(),
			state,
			direction,
			held: false,
			muted: false,
			recordingState: "none",
			...more,
		});
		const conversation: WireConversation = {
			id: randomUUID(),
			startTime: now,
			participants: [
				{
					id: randomUUID(),
					purpose: "customer",
					name: customer.name,
					address: customer.address,
					startTime: now,
					calls: [call("connected")],
				},
				...(queueName
					? [{ id: randomUUID(), purpose: "acd", name: queueName, queueId: "q1", calls: [call("connected")] }]
					: []),
				{
					id: randomUUID(),
					purpose: queueName ? "agent" : "user",
					userId: this.#userId,
					queueId: queueName ? "q1" : undefined,
					startTime: now,
					wrapupRequired: queueName !== undefined,
					wrapupPrompt: "mandatory",
					calls: [call(state, { other: { name: customer.name, addressNormalized: customer.address } })],
				},
			],
		};
		this.put(conversation);
		return conversation.id;
	}

	/** Takes a conversation as it is, and tells. */
	put(conversation: WireConversation): void {
		this.all.set(conversation.id, conversation);
		this.#announce(conversation);
	}
}
