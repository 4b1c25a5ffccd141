import { type Conversation, isConnected, isLive } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";

/**
 * Takes a user who has gone out of their calls: what came from a queue waits there again, ahead of who came later; what
 * rings them rings the next agent; anything else ends, as `session.expired` on their side.
 */
export async function handBack(
	conversations: Pick<Conversations, "liveForUser" | "partyLeft">,
	userId: string,
): Promise<void> {
	for (const conversation of await conversations.liveForUser(userId)) {
		for (const { id, why } of ownParties(conversation, userId)) {
			await conversations.partyLeft(conversation.id, id, why);
		}
	}
}

function ownParties({ participants }: Conversation, userId: string) {
	return participants
		.filter((one) => one.userId === userId && isLive(one))
		.map((one) => ({
			id: one.id,
			why: isConnected(one) ? ("session.expired" as const) : ("transfer.notavailable" as const),
		}));
}
