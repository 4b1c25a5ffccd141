import type { Kernel } from "../kernel/domain.ts";
import type { Assignment } from "./assignment.ts";
import { queueStateStore as store } from "./queue-state-store.ts";
import type { QueueState } from "./wait-estimate.ts";

/** What a call takes changes slowly, and asking it reads a day of facts, ms. */
const rememberedMs = 60_000;

/** How queues stand: for who would send somebody there, or waits there. */
export function createQueueStates(
	{ database: { db }, clock }: Pick<Kernel, "database" | "clock">,
	{ free }: Pick<Assignment, "free">,
) {
	const handled = new Map<string, { at: number; seconds: number | undefined }>();

	async function handleSeconds(queueIds: readonly string[]): Promise<void> {
		const now = clock.now();
		const old = queueIds.filter((id) => (handled.get(id)?.at ?? 0) + rememberedMs < now.getTime());
		if (old.length === 0) return;
		const found = await store.handleSeconds(db, old, now);
		for (const id of old) handled.set(id, { at: now.getTime(), seconds: found.get(id) });
	}

	return {
		/** Undefined for a call that waits in no queue just now: also while somebody is being rung for it. */
		place: (conversationId: string) => store.place(db, conversationId),

		/** In the order asked. */
		async of(queueIds: readonly string[]): Promise<Array<QueueState & { id: string }>> {
			const [now] = await Promise.all([store.now(db, queueIds), handleSeconds(queueIds)]);
			return Promise.all(
				queueIds.map(async (id) => {
					const seconds = handled.get(id)?.seconds;
					return {
						id,
						...(now.get(id) ?? { waiting: 0, agents: 0 }),
						free: (await free(id, "call")).length,
						...(seconds === undefined ? {} : { handleSeconds: seconds }),
					};
				}),
			);
		},
	};
}

export type QueueStates = ReturnType<typeof createQueueStates>;
