import type { Trx } from "../../kernel/database/database.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { Frame } from "../frame.ts";
import { type Conversation, communicationOf, isConnected, isStaff } from "../model.ts";
import { notParticipant } from "../refusals.ts";
import type { Controller } from "../service.ts";
import { transition } from "../transitions/transition.ts";
import type { MessageCommand } from "./commands.ts";
import { agentOf, lastAgentOf, type MessageEntry, type MessageFacts } from "./model.ts";
import type { Exchange, ExchangeState, Messages } from "./service.ts";
import { exchange as newExchange } from "./transitions/create.ts";
import { isClosed } from "./transitions/customer.ts";

/** How long only the agent of before is asked (agent-features 1, last-agent routing), ms. */
const lastAgentMs = 60_000;

/** Exchanges of messages: who answers them, and what is written in them. */
export function createMessages(frame: Frame): Messages {
	const { kernel, deps, store, changes, targets } = frame;

	function created(wish: Exchange, direction: "inbound" | "outbound"): Conversation {
		const { name, externalContactId, attributes } = wish;
		const facts = factsOf(wish);
		const divisionId = facts.queue.divisionId ?? "";
		return newExchange(
			{
				facts,
				direction,
				divisionId,
				...(name ? { name } : {}),
				...(externalContactId ? { externalContactId } : {}),
				...(attributes ? { attributes } : {}),
			},
			changes.context(),
		);
	}

	/** A new conversation to which all of that has happened already when it is told of. */
	function add(trx: Trx, fresh: Conversation, commands: readonly MessageCommand[], by?: Controller) {
		const context = changes.context();
		const made = commands.reduce((now, command) => transition(now, command, context), fresh);
		return changes.add(trx, made, commands.map(({ type }) => type).join("+"), by && actorOf(by));
	}

	function change(trx: Trx, conversationId: string, commands: MessageCommand[], by?: Controller) {
		return changes.apply(trx, { conversationId, commands: () => commands }, by && actorOf(by));
	}

	async function held(trx: Trx, conversationId: string | undefined): Promise<Conversation | undefined> {
		if (conversationId === undefined) return undefined;
		return (await store.lock(trx, [conversationId])).get(conversationId);
	}

	async function preferredOf(trx: Trx, conversation: Conversation) {
		const userId = lastAgentOf(conversation)?.userId;
		const [user] = userId ? await deps.users.find([userId], trx) : [];
		if (!userId || !user || (user.state !== undefined && user.state !== "active")) return {};
		const until = new Date(kernel.clock.now().getTime() + lastAgentMs).toISOString();
		return { preferred: { userId, until } };
	}

	async function stateOf(trx: Trx, { conversationId }: Pick<Exchange, "conversationId">): Promise<ExchangeState> {
		const conversation = await held(trx, conversationId);
		if (!conversation) return { kind: "none" };
		if (isClosed(conversation)) return { kind: "ended", conversation };
		const { userId, name } = agentOf(conversation) ?? {};
		return { kind: "busy", conversation, ...(userId ? { userId } : {}), ...(name ? { name } : {}) };
	}

	return {
		stateOf,
		queue: (queueId, fieldName) => targets.factsOfQueue(queueId, fieldName),

		async receive(trx, wish, entry) {
			const state = await stateOf(trx, wish);
			const { attributes } = wish;
			const noted: MessageCommand = { type: "message.note", entry, ...(attributes ? { attributes } : {}) };
			if (state.kind === "busy") return change(trx, state.conversation.id, [noted]);
			const entered: MessageCommand = { type: "message.enter", queue: wish.queue };
			if (state.kind === "none") return add(trx, created(wish, "inbound"), [entered, noted]);
			const again = { ...entered, ...(await preferredOf(trx, state.conversation)) };
			return change(trx, state.conversation.id, [again, noted]);
		},

		async writer(queue, by) {
			const userId = by.userId ?? "";
			await targets.member(queue, userId, "queueId");
			const { name, divisionId } = await targets.activeUser(userId, "userId");
			return { userId, name, divisionId };
		},

		async begin(trx, wish, agent) {
			const taken: MessageCommand = { type: "message.take", agent, queue: wish.queue };
			const by = { userId: agent.userId };
			if (wish.conversationId) return change(trx, wish.conversationId, [taken], by);
			return add(trx, created(wish, "outbound"), [taken], by);
		},

		async requireInHand(conversationId, communicationId, by) {
			const conversation = await frame.require(conversationId);
			const part = conversation.participants.find((one) => communicationOf(one).id === communicationId);
			if (!part || !isStaff(part)) throw noCommunication(communicationId);
			if (part.userId !== by.userId || !isConnected(part)) throw notParticipant(conversationId);
			return conversation;
		},

		write: (trx, conversationId, entry, by) =>
			change(trx, conversationId, [{ type: "message.note", entry, ...(by.userId ? { userId: by.userId } : {}) }], by),

		async say(trx, conversationId, entry) {
			const noted = (now: Conversation): MessageCommand => {
				const userId = agentOf(now)?.userId;
				return { type: "message.note", entry, ...(userId ? { userId } : {}) };
			};
			await changes.apply(trx, { conversationId, commands: (now) => [noted(now)] });
		},

		async expire(trx, conversationId) {
			await changes.apply(trx, { conversationId, commands: () => [{ type: "end", why: "inactivity" }] });
		},

		async tell(trx, conversationId, entry: MessageEntry) {
			await change(trx, conversationId, [{ type: "message.status", entry }]);
		},
	};
}

function factsOf({ channel, threadId, addressId, our, their, queue }: Exchange): MessageFacts {
	return { channel, threadId, addressId, our, their, queue };
}

function actorOf({ userId, clientId }: Controller) {
	return { ...(userId ? { userId } : {}), ...(clientId ? { clientId } : {}) };
}

function noCommunication(communicationId: string): ApiError {
	return new ApiError(
		404,
		"conversation.error.communication.not.found",
		"The conversation has no communication {communicationId} of somebody who could write.",
		{ params: { communicationId }, entityId: communicationId, entityName: "communication" },
	);
}
