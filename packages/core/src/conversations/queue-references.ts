import type { Trx } from "../kernel/database/database.ts";
import { badField } from "../kernel/http/api-error.ts";
import type { Conversation } from "./model.ts";
import type { QueueDirectory } from "./ports.ts";
import type { Change } from "./store.ts";

/**
 * The queues through which a conversation came, and those that it is about to enter. As long as it lives it may come back
 * to each of them: an agent's connection breaks, a transfer reaches nobody, the user is ended. So none of them is deleted
 * before it has ended, forced or not: whoever deletes a queue holds it and then looks for these (`underWayIn` in
 * routing/queue-store.ts). An administrator who wants it gone lets its calls end or ends them; that those who talk are cut
 * off, or wait in a queue that nobody sees any more, is what nobody wants. After-call work keeps no queue: nobody comes back
 * from it, and it ends with the default code.
 */
export function queuesNamed({ participants, internal }: Conversation): string[] {
	const { next } = internal;
	const ids = participants.flatMap((one) => one.queueId ?? []);
	return [...new Set(next?.kind === "queue" ? [...ids, next.queue.id] : ids)];
}

/** Queues that a conversation names since this change; one that has ended names none. */
export function queuesNewlyNamed({ before, after }: Change): string[] {
	if (after.endTime !== undefined) return [];
	const were = new Set(before ? queuesNamed(before) : []);
	return queuesNamed(after).filter((id) => !were.has(id));
}

/**
 * Holds the queues that changes name for the first time: what deletes one of them at the same moment waits, and finds it in
 * use, or was first.
 * @throws ApiError 400 `invalid.value` for a queue that was deleted since it was looked up
 */
export async function holdQueues(
	trx: Trx,
	queues: Pick<QueueDirectory, "hold">,
	changes: ReadonlyArray<Change & { cause: string }>,
): Promise<void> {
	const named = changes.flatMap((change) => queuesNewlyNamed(change).map((id) => ({ id, change })));
	if (named.length === 0) return;
	const standing = await queues.hold(
		trx,
		named.map((one) => one.id),
	);
	const gone = named.find((one) => !standing.has(one.id));
	if (gone) throw badField(fieldNaming(gone.id, gone.change), `No queue with id ${gone.id}.`);
}

/** The field of the request by which the queue came. */
function fieldNaming(queueId: string, { after, cause }: Change & { cause: string }): string {
	if (cause !== "dial") return "queueId";
	return after.participants.some((one) => one.queueId === queueId) ? "callFromQueueId" : "callQueueId";
}
