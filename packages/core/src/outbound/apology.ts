import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import type { Conversation } from "../conversations/model.ts";
import { spokenMs } from "../conversations/spoken.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { apologyJob, meetsNobody } from "./book.ts";
import type { Calling } from "./calling.ts";
import type { CampaignValue } from "./model.ts";

export interface ApologyDeps {
	calling: Pick<Calling, "campaign">;
	campaigns: Pick<Campaigns, "apologize" | "end">;
	conversation(id: string, trx: Trx): Promise<Conversation | undefined>;
}

/**
 * What becomes of somebody who has answered and met nobody in time: they are told so, and then let go (agent-features 18,
 * "Compliance abandon"). It counts from the moment at which they are told.
 */
export function createApology({ jobs, clock }: Pick<Kernel, "jobs" | "clock">, deps: ApologyDeps) {
	return async function timeIsOver(trx: Trx, conversationId: string): Promise<void> {
		const facts = (await deps.conversation(conversationId, trx))?.internal.campaign;
		const campaign = facts && (await deps.calling.campaign(trx, facts.campaignId));
		const text = campaign ? apologyOf(campaign.value) : "";
		if (text === "") return deps.campaigns.end(trx, conversationId, "abandoned", meetsNobody);
		await deps.campaigns.apologize(trx, conversationId, text, meetsNobody);
		const runAt = new Date(clock.now().getTime() + spokenMs(text));
		await jobs.schedule(trx, { kind: apologyJob, key: conversationId, runAt, payload: { conversationId } });
	};
}

/** As the campaign words it; the standard one where it says nothing, and nothing where it wants none. */
export function apologyOf({
	abandonMessage,
	callerName,
}: Pick<CampaignValue, "abandonMessage" | "callerName">): string {
	return abandonMessage ?? `This is ${callerName}. We are sorry, nobody is free to talk to you now. Goodbye.`;
}
