import { mayView } from "../authority.ts";
import type { Frame } from "../frame.ts";
import { type Conversation, communicationOf, isConnected, isStaff, type Participant } from "../model.ts";
import { notParticipant } from "../refusals.ts";
import type { Controller } from "../service.ts";
import type { Command } from "../transitions/transition.ts";
import { createWritten } from "../written/service.ts";
import { type EmailFacts, emailFactsOf } from "./model.ts";
import type { Emails, EmailWish, Holding } from "./service.ts";
import { email } from "./transitions/create.ts";

/** Email conversations: who answers them, and which mails are in them. */
export function createEmails(frame: Frame): Emails {
	const { changes, targets } = frame;
	const { add, change, stateOf, preferredOf, writer, requireInHand } = createWritten(frame);

	function created(wish: EmailWish, direction: "inbound" | "outbound"): Conversation {
		const { threadId, routeId, our, their, queue, ...rest } = wish;
		const facts: EmailFacts = { threadId, routeId, our, their, queue };
		return email({ ...rest, facts, direction, divisionId: queue.divisionId ?? "" }, changes.context());
	}

	async function holding(conversationId: string, by: Controller): Promise<Holding> {
		const conversation = await frame.require(conversationId);
		const had = conversation.participants.findLast(
			(one) => isStaff(one) && one.userId !== undefined && one.userId === by.userId && one.connectedTime,
		);
		const { disconnectedTime } = had ? communicationOf(had) : {};
		return {
			...{ conversation, hasHad: had !== undefined, isInHand: had !== undefined && isConnected(had) },
			...(disconnectedTime ? { leftAt: new Date(disconnectedTime) } : {}),
		};
	}

	return {
		stateOf,
		writer,
		holding,
		queue: (queueId, fieldName) => targets.factsOfQueue(queueId, fieldName),

		conversation: (conversationId, db) => frame.require(conversationId, db),

		async routeOf(conversationId) {
			const { routeId, queue } = emailFactsOf(await frame.require(conversationId));
			return { routeId, queueId: queue.id };
		},

		async receive(trx, wish, mail, before) {
			const known = before ? await preferredOf(trx, before) : {};
			return add(trx, created(wish, "inbound"), [
				{ type: "email.enter", queue: wish.queue, ...known },
				{ type: "email.note", ...mail },
			]);
		},

		note: (trx, conversationId, mail, by) => change(trx, conversationId, [{ type: "email.note", ...mail }], by),

		async takeBack(trx, conversationId, { messageId, by }) {
			await change(trx, conversationId, [{ type: "email.takenBack", ...(messageId ? { messageId } : {}) }], by);
		},

		async draft(trx, conversationId, userId, attachments) {
			await change(trx, conversationId, [{ type: "email.draft", userId, attachments }], { userId });
		},

		async tell(trx, conversationId, fate) {
			await change(trx, conversationId, [{ type: "email.became", ...fate }]);
		},

		async endAsSpam(trx, conversationId, by) {
			const commands = (now: Conversation): Command[] => {
				const own = ownPartOf(now, by);
				if (!own) throw notParticipant(conversationId);
				return [{ type: "email.spam" }, { type: "leave", participantId: own.id, why: "spam" }];
			};
			await changes.apply(trx, { conversationId, commands }, by.userId ? { userId: by.userId } : undefined);
		},

		begin: (trx, wish, agent) =>
			add(trx, created(wish, "outbound"), [{ type: "email.take", agent, queue: wish.queue }], {
				userId: agent.userId,
			}),

		async requireHolder(conversationId, by) {
			const found = await holding(conversationId, by);
			if (!found.hasHad) throw notParticipant(conversationId);
			return found;
		},

		async mayView(conversationId, by, db) {
			const found = await frame.store.get(conversationId, db);
			return found !== undefined && mayView(found, by);
		},

		async requireOwn(conversationId, by) {
			const conversation = await frame.require(conversationId);
			const own = ownPartOf(conversation, by);
			if (!own) throw notParticipant(conversationId);
			return requireInHand(conversationId, communicationOf(own).id, by);
		},
	};
}

/** What somebody has in hand. */
function ownPartOf({ participants }: Conversation, { userId }: Controller): Participant | undefined {
	return participants.findLast(
		(one) => isStaff(one) && one.userId !== undefined && one.userId === userId && isConnected(one),
	);
}
