import { notFound } from "../kernel/http/api-error.ts";
import type { Frame } from "./frame.ts";
import type { Communications } from "./media.ts";
import type { Conversation } from "./model.ts";
import { partIn } from "./parts.ts";

/**
 * The same for what takes place by one medium only. Other conversations are as unknown as those that never were; of those
 * that do so in part, e.g. a callback with its call, that part is seen and changed.
 */
export function ofMedium(frame: Frame, list: keyof Communications): Frame {
	const { store } = frame;
	const theirs = (conversation: Conversation) => {
		const part = partIn(conversation, list);
		if (!part) throw notFound("conversation", conversation.id);
		return part;
	};
	const all = (conversations: readonly Conversation[]) => conversations.flatMap((one) => partIn(one, list) ?? []);
	return {
		...frame,
		store: {
			...store,
			async get(conversationId, db) {
				const conversation = await store.get(conversationId, db);
				return conversation && partIn(conversation, list);
			},
			live: async () => all(await store.live()),
			liveForUser: async (userId, db) => all(await store.liveForUser(userId, db)),
		},
		require: async (conversationId) => theirs(await frame.require(conversationId)),
		async change(conversationId, commands, by, lines) {
			const within = (held: Conversation) => commands(theirs(held)).map((one) => ({ ...one, within: list }));
			return theirs(await frame.change(conversationId, within, by, lines));
		},
	};
}
