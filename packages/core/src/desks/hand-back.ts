import { mediumOf } from "../conversations/media.ts";
import { howGone, isConnected, isLive } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";

/**
 * Takes a user who has gone out of their conversations: what came from a queue waits there again, ahead of who came later;
 * what rings them rings the next agent; anything else ends, as `session.expired` on their side.
 * @param which `spoken`: those in whose midst somebody hears silence; what is written waits for its agent, with their draft
 */
export async function handBack(
	conversations: Pick<Conversations, "liveForUser" | "partyLeft">,
	userId: string,
	which: "all" | "spoken",
): Promise<void> {
	for (const conversation of await conversations.liveForUser(userId)) {
		const mayWait = which === "spoken" && mediumOf(conversation).isWritten === true;
		for (const own of conversation.participants.filter((one) => one.userId === userId && isLive(one))) {
			if (mayWait && isConnected(own)) continue;
			await conversations.partyLeft(conversation.id, own.id, howGone(own));
		}
	}
}
