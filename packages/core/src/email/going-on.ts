import { requireIn } from "../conversations/authority.ts";
import { emailFactsOf } from "../conversations/email/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { type ApiError, notFound } from "../kernel/http/api-error.ts";
import { draftStore } from "./draft-store.ts";
import type { Drafts } from "./drafts.ts";
import { mailStore as store } from "./mail-store.ts";
import type { Draft } from "./model.ts";
import { goesOnElsewhere } from "./refusals.ts";

const creating = "conversation:email:create";
/** As many as anybody looks through. */
const mostLeft = 50;

/** What an agent had begun to write in a conversation that is over: they go on with it in the thread's next one. */
export function createGoingOn(
	kernel: Kernel,
	{
		conversations,
		drafts,
	}: { conversations: Pick<Conversations, "emails">; drafts: Pick<Drafts, "requireTheirs" | "carry"> },
) {
	const { emails } = conversations;
	const { database } = kernel;

	/**
	 * @param elsewhere where somebody else has the thread, or it waits
	 * @returns begins the thread's next conversation in the user's hand, or finds the one they have already; in a change that
	 * holds the thread. Its answer is the conversation's id. What a colleague has left in the thread's last one stays theirs.
	 * @throws ApiError 403 for who may not begin emails; 400 where they do not work for the queue any more; `elsewhere`
	 */
	async function from(
		before: Conversation,
		by: Controller,
		elsewhere: ApiError,
	): Promise<(trx: Trx) => Promise<string>> {
		const facts = emailFactsOf(before);
		const queue = await emails.queue(facts.queue.id, "queueId");
		const writer = await emails.writer(queue, by);
		const customer = before.participants.find(({ purpose }) => purpose === "customer");
		return async (trx) => {
			const thread = await store.thread(trx, facts.threadId);
			if (!thread) throw notFound("conversation", before.id);
			const state = await emails.stateOf(trx, thread.conversationId);
			if (state.kind === "busy") {
				if (state.userId !== by.userId) throw elsewhere;
				return state.conversation.id;
			}
			// As writing first does: neither a draft nor a mail that is taken back lends the right to begin another email.
			requireIn(by, creating, queue.divisionId ?? "");
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

		/** Whether there may be any: what they have begun wherever it is, also where it goes on. */
		hasDrafts: (userId: string): Promise<boolean> => draftStore.hasAny(database.db, userId),

		/**
		 * Goes on with it. What they have written in the thread's next one meanwhile stays, and so does this.
		 * @returns the conversation in which that is; see {@link from}
		 */
		async goOn(conversationId: string, by: Controller): Promise<string> {
			const holding = await drafts.requireTheirs(conversationId, by);
			const { conversation } = holding;
			if (holding.isInHand) return conversationId;
			const begin = await from(conversation, by, goesOnElsewhere(conversationId));
			return database.change(async (trx) => {
				await store.thread(trx, emailFactsOf(conversation).threadId);
				const kept = await draftStore.lock(trx, conversationId);
				if (kept?.userId !== by.userId) throw notFound("draft", conversationId);
				const id = await begin(trx);
				await drafts.carry(trx, holding, id, by);
				return id;
			});
		},
	};
}

export type GoingOn = ReturnType<typeof createGoingOn>;
