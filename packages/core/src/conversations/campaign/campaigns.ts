import type { Trx } from "../../kernel/database/database.ts";
import { notFound } from "../../kernel/http/api-error.ts";
import { callParts, findCall } from "../call/model.ts";
import { callbackParts, customerOf } from "../callback/model.ts";
import { callbackConversation } from "../callback/transitions/create.ts";
import type { Frame } from "../frame.ts";
import { type Conversation, isConnected, isOutside, isStaff, type QueueFacts } from "../model.ts";
import { partIn } from "../parts.ts";
import type { Command } from "../transitions/transition.ts";
import { transition } from "../transitions/transition.ts";
import { type CampaignFacts, type CampaignOutcome, dialerAttributes, isAnsweredAtOnce } from "./model.ts";
import { campaignCall } from "./transitions.ts";

export interface CampaignWish {
	campaign: CampaignFacts;
	queue: QueueFacts;
	/** The contact's name, where a column has one. */
	name?: string | undefined;
	callerId: string;
	callerName: string;
	/** What scripts find as attributes of the customer. */
	attributes: Record<string, string>;
	/** How long it rings, ms. */
	ringMs: number;
}

/** Interactions that a campaign begins; each in the transaction that takes its contact. */
export interface Campaigns {
	/** What its interactions keep of a queue. @throws ApiError 400 where it has gone */
	queueFacts(queueId: string): Promise<QueueFacts>;
	/** A contact waits in the queue for an agent who looks at it. */
	offer(trx: Trx, wish: CampaignWish): Promise<Conversation>;
	/** The first number is dialled. */
	place(trx: Trx, wish: CampaignWish): Promise<Conversation>;
	/** The time of a preview that an agent has in hand is over: the number is called, as if they had asked for it. */
	call(trx: Trx, conversationId: string, number: string): Promise<void>;
	/** Takes it back, unless it has gone on meanwhile. @param still whether it is to be ended as it is now */
	end(trx: Trx, conversationId: string, outcome: CampaignOutcome, still: (now: Conversation) => boolean): Promise<void>;
	/** Who has answered and met nobody is told so; unless `still` says otherwise by now. */
	apologize(trx: Trx, conversationId: string, text: string, still: (now: Conversation) => boolean): Promise<void>;
	/** The agent who looks at a preview passes it over. @throws ApiError as `skipPreview`, 404 for who does not have it */
	skip(conversationId: string, userId: string, reason: string | undefined): Promise<void>;
	/** An answering machine has answered: nobody is given one, it is let go of. @returns false where somebody is to talk to it */
	machine(conversationId: string): Promise<boolean>;
	/** Numbers that rang when the server ended are not dialled again by the next one. */
	interrupted(): Promise<void>;
}

export function createCampaigns(frame: Frame): Campaigns {
	const { kernel, deps, store, changes, targets } = frame;
	const provider = deps.outboundProvider ?? "Inlay Voice";

	async function ringingAtRestart(conversation: Conversation): Promise<void> {
		const part = partIn(conversation, callParts.list);
		const far = part?.participants.find((one) => isOutside(one) && findCall(one)?.state === "dialing");
		const isSettingUp = part?.participants.some((one) => isStaff(one) && findCall(one)?.state === "contacting");
		if (!part || (!far && !isSettingUp)) return;
		const isPreview = conversation.internal.campaign?.mode === "preview";
		const commands = (): Command[] =>
			isPreview
				? [{ type: "end", why: "error", within: callParts.list }]
				: [{ type: "campaign.end", outcome: "interrupted" }];
		await changes.run({ conversationId: conversation.id, commands, lines: { everybody: true } });
	}

	return {
		queueFacts: (queueId) => targets.factsOfQueue(queueId, "queueId"),

		async offer(trx, { campaign, queue, name, callerId, callerName, attributes }) {
			const scheduledAt = kernel.clock.now().toISOString();
			const conversation = callbackConversation(
				{
					numbers: campaign.numbers.map((one) => one.number),
					...(name ? { name } : {}),
					callerId,
					callerIdName: callerName,
					divisionId: queue.divisionId ?? "",
					provider,
					priority: 0,
					data: { ...attributes, ...dialerAttributes(campaign) },
					facts: { queue, scheduledAt, users: [], attempts: [] },
					campaign,
				},
				changes.context(),
			);
			const due = transition(
				conversation,
				{ type: "due", participantId: customerOf(conversation).id },
				changes.context(),
			);
			return changes.add(trx, due, "campaign.preview");
		},

		async place(trx, { campaign, queue, name, ...call }) {
			const number = campaign.numbers[0]?.number ?? "";
			const divisionId = queue.divisionId ?? "";
			const conversation = campaignCall(
				{ ...call, campaign, queue, divisionId, provider, number, ...(name ? { name } : {}) },
				changes.context(),
			);
			return changes.add(trx, conversation, "campaign.call");
		},

		async call(trx, conversationId, number) {
			const held = await store.get(conversationId, trx);
			const agent = held?.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
			if (!agent) return;
			const target = { kind: "outside" as const, purpose: "customer" as const, address: number };
			const { name } = customerOf(held as Conversation);
			const commands = (): Command[] => [
				{
					type: "callback.call",
					participantId: agent.id,
					target: { ...target, ...(name ? { name } : {}) },
					provider,
					by: "timer",
					within: callbackParts.list,
				},
			];
			await changes.apply(trx, { conversationId, commands, lines: { everybody: true } });
		},

		async end(trx, conversationId, outcome, still) {
			const commands = (now: Conversation): Command[] => (still(now) ? [{ type: "campaign.end", outcome }] : []);
			await changes.apply(trx, { conversationId, commands, lines: { everybody: true } });
		},

		async apologize(trx, conversationId, text, still) {
			const commands = (now: Conversation): Command[] => (still(now) ? [{ type: "campaign.apologize", text }] : []);
			await changes.apply(trx, { conversationId, commands, lines: { everybody: true } });
		},

		async skip(conversationId, userId, reason) {
			const commands = (now: Conversation): Command[] => {
				const agent = now.participants.find((one) => one.userId === userId && one.callbacks && isConnected(one));
				if (!agent) throw notFound("campaign interaction", conversationId);
				const why = reason === undefined ? {} : { reason };
				return [{ type: "campaign.skip", participantId: agent.id, ...why, within: callbackParts.list }];
			};
			await changes.run({ conversationId, commands, lines: { everybody: true } });
		},

		async machine(conversationId) {
			const held = await store.get(conversationId);
			if (!held || !isAnsweredAtOnce(held)) return false;
			const commands = (): Command[] => [{ type: "campaign.end", outcome: "machine" }];
			await changes.run({ conversationId, commands, lines: { everybody: true } });
			return true;
		},

		async interrupted() {
			for (const conversation of await store.live())
				if (conversation.internal.campaign) await ringingAtRestart(conversation);
		},
	};
}
