import type { Trx } from "../../kernel/database/database.ts";
import type { Frame } from "../frame.ts";
import type { Conversation } from "../model.ts";
import type { Controller } from "../service.ts";
import { agentOf } from "../written/parties.ts";
import { createWritten } from "../written/service.ts";
import type { MessageCommand } from "./commands.ts";
import type { MessageEntry, MessageFacts } from "./model.ts";
import type { Exchange, Messages } from "./service.ts";
import { exchange as newExchange } from "./transitions/create.ts";

/** Exchanges of messages: who answers them, and what is written in them. */
export function createMessages(frame: Frame): Messages {
	const { changes, targets } = frame;
	const { add, change, stateOf, preferredOf, writer, requireInHand } = createWritten(frame);

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

	return {
		writer,
		requireInHand,
		stateOf: (trx, { conversationId }) => stateOf(trx, conversationId),
		queue: (queueId, fieldName) => targets.factsOfQueue(queueId, fieldName),

		async receive(trx, wish, entry) {
			const state = await stateOf(trx, wish.conversationId);
			const { attributes } = wish;
			const noted: MessageCommand = { type: "message.note", entry, ...(attributes ? { attributes } : {}) };
			if (state.kind === "busy") return change(trx, state.conversation.id, [noted]);
			const entered: MessageCommand = { type: "message.enter", queue: wish.queue };
			if (state.kind === "none") return add(trx, created(wish, "inbound"), [entered, noted]);
			const again = { ...entered, ...(await preferredOf(trx, state.conversation)) };
			return change(trx, state.conversation.id, [again, noted]);
		},

		async begin(trx, wish, agent) {
			const taken: MessageCommand = { type: "message.take", agent, queue: wish.queue };
			const by = { userId: agent.userId };
			if (wish.conversationId) return change(trx, wish.conversationId, [taken], by);
			return add(trx, created(wish, "outbound"), [taken], by);
		},

		write: (trx: Trx, conversationId: string, entry: MessageEntry, by: Controller) =>
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
