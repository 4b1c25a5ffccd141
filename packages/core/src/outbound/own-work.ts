import type { OutboundMine } from "@inlay/contract";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import type { RoutingStatuses } from "../routing/routing-status.ts";
import { previewsPaused } from "./events.ts";
import type { RunStore } from "./run-store.ts";

/** What an agent hears of the campaigns for which they work, and how they take a rest from previews (agent-features 18). */
export function createOwnWork(
	{ database, events }: Pick<Kernel, "database" | "events">,
	{ runs, routingStatus }: { runs: RunStore; routingStatus: Pick<RoutingStatuses, "lock"> },
) {
	return {
		async mine(userId: string): Promise<OutboundMine> {
			const [campaigns, row] = await Promise.all([runs.runningFor(userId), runs.pauseOf(database.db, userId)]);
			return { campaigns, previewsPaused: row };
		},

		/**
		 * No more previews are offered, or they are again; what rings goes on, and all else still comes. It ends with being on queue.
		 * @throws ApiError 409 `outbound.pause.offQueue`
		 */
		async pausePreviews(userId: string, paused: boolean, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				// Held: whoever is about to be given one is, or is not.
				const { status } = await routingStatus.lock(trx, userId);
				if ((await runs.pauseOf(trx, userId)) === paused) return;
				if (paused && status === "OFF_QUEUE") throw offQueue();
				await runs.savePause(trx, userId, paused);
				await events.append(trx, [previewsPaused(userId, paused, actor)]);
			});
		},
	};
}

export type OwnWork = ReturnType<typeof createOwnWork>;

function offQueue(): ApiError {
	const text = "Previews are paused by who is on queue; off queue none come.";
	const details = [{ errorCode: "outbound.pause.offQueue", fieldName: "previewsPaused" }];
	return new ApiError(409, "outbound.pause.offQueue", text, { details });
}
