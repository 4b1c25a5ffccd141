import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import { hasCalled } from "../conversations/campaign/model.ts";
import { type Conversation, isConnected, isStaff } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Calling } from "./calling.ts";
import type { ContactStore } from "./contact-store.ts";
import type { RunStore } from "./run-store.ts";

export interface CountdownDeps {
	calling: Calling;
	contacts: ContactStore;
	runs: RunStore;
	campaigns: Pick<Campaigns, "call" | "end">;
	conversation(id: string, trx: Trx): Promise<Conversation | undefined>;
	/** Whether a panel of theirs is there. */
	isThere(userId: string): boolean;
}

/** Nobody has called: the first number that may be called now is, if the agent's panel is there; else the contact goes back. */
export function createCountdown({ calling, contacts, runs, campaigns, conversation, isThere }: CountdownDeps) {
	return async function countdownOver(trx: Trx, conversationId: string): Promise<void> {
		const now = await conversation(conversationId, trx);
		const facts = now?.internal.campaign;
		const agent = now?.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
		if (!now || !facts || !agent?.userId || now.endTime || hasCalled(now)) return;
		const readied = await calling.ready(trx, facts.campaignId);
		const contact = await contacts.find(trx, facts.contactListId, facts.contactId);
		if (!readied || !contact || !isThere(agent.userId))
			return campaigns.end(trx, conversationId, "returned", (held) => !hasCalled(held));
		const run = (await runs.runs(trx, [facts.campaignId])).get(facts.campaignId)?.run ?? 0;
		const { tries } = await calling.triesOf(trx, facts, run);
		const [choice] = await calling.choices(trx, readied, [{ contact, tries }]);
		if (choice?.kind === "call") return campaigns.call(trx, conversationId, choice.numbers[0]?.number ?? "");
		const outcome = choice?.why === "dnc" || choice?.why === "noTime" ? choice.why : "notCallable";
		await campaigns.end(trx, conversationId, outcome, (held) => !hasCalled(held));
	};
}
