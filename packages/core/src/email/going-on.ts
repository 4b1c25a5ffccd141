import { emailFactsOf } from "../conversations/email/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { draftStore } from "./draft-store.ts";
import { mailStore as store } from "./mail-store.ts";
import type { Draft } from "./model.ts";
import { goesOnElsewhere } from "./refusals.ts";

/** As many as anybody looks through. */
const mostLeft = 50;

/** What an agent had begun to write in a conversation that is over: they go on with it in the thread's next one. */
export function createGoingOn(
	kernel: Kernel,
	{ conversations: { emails } }: { conversations: Pick<Conversations, "emails"> },
) {
	const { database } = kernel;

	/**
	 * @returns begins the thread's next conversation in the user's hand, with what was not sent, or finds the one they have
	 * already; in a change that holds the thread. Its answer is the conversation's id.
	 * @throws ApiError 400 where they do not work for the queue any more; 409 `email.goesOn` where somebody else has the thread
	 */
	async function from(before: Conversation, by: Controller): Promise<(trx: Trx) => Promise<string>> {
		const facts = emailFactsOf(before);
		const queue = await emails.queue(facts.queue.id, "queueId");
		const writer = await emails.writer(queue, by);
		const customer = before.participants.find(({ purpose }) => purpose === "customer");
		return async (trx) => {
			const thread = await store.thread(trx, facts.threadId);
			if (!thread) throw notFound("conversation", before.id);
			const state = await emails.stateOf(trx, thread.conversationId);
			if (state.kind === "busy") {
				if (state.userId !== by.userId) throw goesOnElsewhere(before.id);
				return state.conversation.id;
			}
			const { failed: _told, ...about } = facts;
			const { name, externalContactId } = customer ?? {};
			const wish = {
				...{ ...about, queue, subject: customer?.emails?.[0]?.subject ?? "" },
				...(name ? { name } : {}),
				...(externalContactId ? { externalContactId } : {}),
			};
			const next = await emails.begin(trx, wish, writer);
			await store.setConversation(trx, thread, next.id);
			return next.id;
		};
	}

	return {
		from,

		/** What a user has begun and not sent in conversations that are over, the latest first. */
		left: (userId: string): Promise<Draft[]> => draftStore.left(database.db, userId, mostLeft),

		/** Goes on with it. @returns the conversation in which that is; see {@link from} */
		async goOn(conversationId: string, by: Controller): Promise<string> {
			const { conversation, isInHand } = await emails.requireHolder(conversationId, by);
			if (isInHand) return conversationId;
			const begin = await from(conversation, by);
			return database.change(async (trx) => {
				await store.thread(trx, emailFactsOf(conversation).threadId);
				const kept = await draftStore.lock(trx, conversationId);
				if (kept?.userId !== by.userId) throw notFound("draft", conversationId);
				const id = await begin(trx);
				// What came after the thread went on is there still.
				if (!(await draftStore.lock(trx, id))) await draftStore.move(trx, conversationId, id);
				return id;
			});
		},
	};
}

export type GoingOn = ReturnType<typeof createGoingOn>;
