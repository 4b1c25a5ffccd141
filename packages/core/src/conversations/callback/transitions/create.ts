import { limitsOf } from "../../call/rules/model.ts";
import type { CampaignFacts } from "../../campaign/model.ts";
import type { Conversation } from "../../model.ts";
import { stamp, type TransitionContext } from "../../transitions/context.ts";
import { newParty } from "../../transitions/parties.ts";
import { keepTimeLines } from "../../transitions/segments.ts";
import { type Callback, type CallbackFacts, callbackOf, callbackParts, routingFor } from "../model.ts";

export interface NewCallback {
	/** E.164, the first is called first. */
	numbers: string[];
	name?: string;
	facts: CallbackFacts;
	divisionId: string;
	provider: string;
	priority: number;
	/** What is asked of who answers. */
	skillIds?: string[];
	languageId?: string;
	/** Since when the customer has their place, where that is not the due time. */
	placeSince?: string;
	scriptId?: string;
	callerId?: string;
	callerIdName?: string;
	/** What scripts find as attributes of the participants. */
	data?: Record<string, string>;
	/** The message of which it is made. */
	voicemailId?: string;
	/** A campaign offers it. */
	campaign?: CampaignFacts;
}

/** A callback that is agreed upon; at `facts.scheduledAt` it is due. */
export function callbackConversation(wish: NewCallback, context: TransitionContext): Conversation {
	const { facts, numbers, name } = wish;
	const [number] = numbers;
	const customer = newParty(
		{
			purpose: "customer",
			state: "scheduled",
			direction: "inbound",
			acd: false,
			provider: wish.provider,
			...(name ? { name } : {}),
			...(number ? { address: number } : {}),
			attributes: wish.data ?? {},
		},
		callbackParts,
		context,
	);
	const { scriptId, callerId, callerIdName } = wish;
	Object.assign(callbackOf(customer), {
		callbackNumbers: numbers,
		...(name ? { callbackUserName: name } : {}),
		callbackScheduledTime: facts.scheduledAt,
		...(scriptId ? { scriptId } : {}),
		...(callerId ? { callerId } : {}),
		...(callerIdName ? { callerIdName } : {}),
		...(wish.voicemailId ? { voicemail: { id: wish.voicemailId, uploadStatus: "complete" } } : {}),
		...(wish.campaign ? previewOf(wish.campaign, context.newId()) : {}),
	});
	customer.internal.due = facts.scheduledAt;
	const conversation: Conversation = {
		id: context.newId(),
		startTime: stamp(context),
		...(number ? { address: number } : {}),
		...limitsOf(context),
		recordingState: "NONE",
		securePause: false,
		divisionId: wish.divisionId,
		recentTransfers: [],
		participants: [customer],
		internal: {
			medium: callbackParts.list,
			direction: "inbound",
			provider: wish.provider,
			priority: wish.priority,
			placeSince: wish.placeSince ?? facts.scheduledAt,
			next: { kind: "queue", queue: facts.queue },
			facts: { ...facts, agreedAt: stamp(context) },
			...(wish.campaign ? { campaign: wish.campaign } : {}),
			...routingFor(facts, wish, wish.campaign),
		},
	};
	keepTimeLines(conversation, context);
	return conversation;
}

function previewOf(campaign: CampaignFacts, id: string): Partial<Callback> {
	const { campaignId, contactId, contactListId, numbers, timeoutSeconds, skipEnabled } = campaign;
	const phoneNumberColumns = numbers.map(({ column, type }) => ({ columnName: column, type }));
	const callbackAutoAnswer = campaign.autoAnswer;
	return {
		dialerPreview: { id, contactId, contactListId, campaignId, phoneNumberColumns, callbackAutoAnswer },
		timeoutSeconds,
		skipEnabled,
	};
}
