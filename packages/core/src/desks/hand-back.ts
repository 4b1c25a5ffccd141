import { howGone, isLive } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";

/**
 * Takes a user who has gone out of their calls: what came from a queue waits there again, ahead of who came later; what
 * rings them rings the next agent; anything else ends, as `session.expired` on their side.
 */
export async function handBack(
	conversations: Pick<Conversations, "liveForUser" | "partyLeft">,
	userId: string,
): Promise<void> {
	for (const { id, participants } of await conversations.liveForUser(userId)) {
		for (const own of participants.filter((one) => one.userId === userId && isLive(one))) {
			await conversations.partyLeft(id, own.id, howGone(own));
		}
	}
}
