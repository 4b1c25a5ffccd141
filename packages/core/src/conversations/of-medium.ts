import { notFound } from "../kernel/http/api-error.ts";
import type { Frame } from "./frame.ts";
import { type Communications, mediumOf } from "./media.ts";
import type { Conversation } from "./model.ts";

/** The same for conversations of one medium only: those of another are as unknown as those that never were. */
export function ofMedium(frame: Frame, list: keyof Communications): Frame {
	const { store } = frame;
	const isOfIt = (conversation: Conversation) => mediumOf(conversation).list === list;
	const theirs = (conversation: Conversation) => {
		if (!isOfIt(conversation)) throw notFound("conversation", conversation.id);
		return conversation;
	};
	return {
		...frame,
		store: {
			...store,
			async get(conversationId, db) {
				const conversation = await store.get(conversationId, db);
				return conversation && isOfIt(conversation) ? conversation : undefined;
			},
			liveForUser: async (userId, db) => (await store.liveForUser(userId, db)).filter(isOfIt),
		},
		require: async (conversationId) => theirs(await frame.require(conversationId)),
		change: (conversationId, commands, by, lines) =>
			frame.change(conversationId, (held) => commands(theirs(held)), by, lines),
	};
}
