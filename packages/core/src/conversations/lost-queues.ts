import type { Trx } from "../kernel/database/database.ts";
import type { Frame } from "./frame.ts";
import { queuesNamed } from "./queue-references.ts";
import { wantedIn } from "./transitions/queueing.ts";

/** Ordered once, at the first start with this version, by a migration. */
export const lostQueuesJob = "conversations.lost-queues";
/** Between two looks at conversations that may still come back to a queue that is gone, ms. */
const lookAgainMs = 60_000;

/**
 * Before queues were held by what names them (queue-references.ts), one could be deleted while calls waited in it or could
 * come back to it. Whoever waits in such a queue is seen by nobody, and would for ever: their conversation ends, as the system
 * ends one. Those in which people talk go on; they are looked at again until the last of them has ended.
 */
export function followLostQueues({ kernel, deps, store, changes }: Frame): void {
	kernel.jobs.handle(lostQueuesJob, async (trx) => {
		const found = await namingLostQueues(trx);
		for (const { id: conversationId } of found.filter(({ waits }) => waits))
			await changes.apply(trx, { conversationId, commands: () => [{ type: "end", why: "system" }] });
		if (found.every(({ waits }) => waits)) return;
		const runAt = new Date(kernel.clock.now().getTime() + lookAgainMs);
		await kernel.jobs.schedule(trx, { kind: lostQueuesJob, key: "", runAt });
	});

	async function namingLostQueues(trx: Trx): Promise<Array<{ id: string; waits: boolean }>> {
		const living = (await store.live(trx)).map((one) => ({ one, named: queuesNamed(one) }));
		const standing = await deps.queues.hold(trx, [...new Set(living.flatMap(({ named }) => named))]);
		return living
			.filter(({ named }) => named.some((id) => !standing.has(id)))
			.map(({ one }) => {
				const wanted = wantedIn(one);
				return { id: one.id, waits: wanted !== undefined && !standing.has(wanted.queueId) };
			});
	}
}
