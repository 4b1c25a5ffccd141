import type { Trx } from "../kernel/database/database.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { campaignTold } from "./events.ts";
import type { CampaignValue, Thing } from "./model.ts";
import type { RunStore } from "./run-store.ts";

/** Who works in the queue of a campaign that calls from now on, or no more, is told. */
export async function told(trx: Trx, runs: RunStore, { id, value }: Thing<CampaignValue>): Promise<NewEvent[]> {
	const members = value.queueId ? await runs.membersOf(trx, value.queueId) : [];
	return members.length > 0 ? [campaignTold(id, members)] : [];
}
