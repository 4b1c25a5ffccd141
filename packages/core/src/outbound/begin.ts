import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import type { CampaignFacts } from "../conversations/campaign/model.ts";
import type { QueueFacts } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Readied } from "./calling.ts";
import { contactTaken } from "./events.ts";
import type { CampaignRun, Contact } from "./model.ts";
import type { RunStore } from "./run-store.ts";
import type { Taken } from "./take.ts";

/** A contact is taken, and its conversation begins, in one transaction: the conversation is the lock. */
export function createBeginning(
	{ events }: Pick<Kernel, "events">,
	{ campaigns, runs }: { campaigns: Campaigns; runs: RunStore },
) {
	return async function begin(
		trx: Trx,
		readied: Readied,
		queue: QueueFacts,
		{ run }: CampaignRun,
		{ contact, known, numbers, ownerId, ruled }: Taken,
	): Promise<void> {
		const { campaign } = readied;
		const plain = wishOf(readied, contact, numbers, ruled);
		const wish = { ...plain, queue, campaign: { ...plain.campaign, ...(ownerId ? { ownerId } : {}) } };
		const begun =
			wish.campaign.mode === "preview" ? await campaigns.offer(trx, wish) : await campaigns.place(trx, wish);
		const taken = { contactListId: contact.contactListId, contactId: contact.id, conversationId: begun.id };
		await events.append(trx, [contactTaken(campaign, wish.campaign.mode, taken)]);
		const one = {
			...known,
			state: "taken" as const,
			conversationId: begun.id,
			againAt: undefined,
			waitsFor: undefined,
		};
		// What the conversation's own change has noted stands.
		const noted = await runs.tries(trx, campaign.id, run, contact.id);
		await runs.saveTries(trx, campaign.id, run, { ...one, tries: noted?.tries ?? known.tries });
	};
}

function wishOf(
	{ campaign, list }: Readied,
	contact: Contact,
	numbers: CampaignFacts["numbers"],
	ruled: Taken["ruled"],
) {
	const { value } = campaign;
	const facts: CampaignFacts = {
		campaignId: campaign.id,
		name: campaign.name,
		contactListId: list.id,
		contactId: contact.id,
		mode: ruled?.isPreview ? "preview" : value.dialingMode,
		numbers,
		timeoutSeconds: value.previewTimeOutSeconds,
		skipEnabled: !value.skipPreviewDisabled,
		autoAnswer: value.callbackAutoAnswer,
		...(value.skipReasons?.length ? { skipReasons: value.skipReasons } : {}),
	};
	const name = nameOf(contact);
	return {
		campaign: facts,
		...(name ? { name } : {}),
		callerId: callerOf(ruled?.callerAddress) ?? value.callerAddress,
		callerName: ruled?.callerName ?? value.callerName,
		attributes: value.columnsAsAttributes ? contact.data : {},
		ringMs: value.noAnswerTimeout * 1000,
	};
}

/** What a contact's column says may be no number at all: then the campaign's own is shown. */
function callerOf(said: string | undefined): string | undefined {
	return said !== undefined && /^\+\d{5,15}$/.test(said) ? said : undefined;
}

/** A column called like a name has it. */
function nameOf({ data }: Contact): string | undefined {
	const column = ["name", "full name", "fullname"].flatMap((wanted) =>
		Object.keys(data).filter((one) => one.toLowerCase() === wanted),
	)[0];
	const of = (wanted: RegExp) => Object.entries(data).find(([key]) => wanted.test(key))?.[1] ?? "";
	const parts = `${of(/^first ?name$/i)} ${of(/^last ?name$/i)}`.trim();
	return (column && data[column]) || parts || undefined;
}
