import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { callParts } from "../call/model.ts";
import { limitsOf } from "../call/rules/model.ts";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isLive,
	isStaff,
	type Participant,
	type QueueFacts,
} from "../model.ts";
import { answer } from "../transitions/connect.ts";
import { type Life, stamp, type TransitionContext } from "../transitions/context.ts";
import { close, endAll, leave } from "../transitions/leave.ts";
import { newParty } from "../transitions/parties.ts";
import { alertingAgent, leaveQueue } from "../transitions/queueing.ts";
import { keepTimeLines } from "../transitions/segments.ts";
import { type CampaignFacts, type CampaignOutcome, dialerAttributes, hasCalled, isPreview } from "./model.ts";

export interface NewCampaignCall {
	campaign: CampaignFacts;
	queue: QueueFacts;
	divisionId: string;
	provider: string;
	/** The contact's name, where a column has one. */
	name?: string;
	number: string;
	callerId: string;
	callerName: string;
	/** How long it rings, ms. */
	ringMs: number;
	attributes: Record<string, string>;
}

/** Whoever has answered comes before everybody who waits: they did not ask to be called. */
const answeredFirst = 1_000;

/** A number is dialled for nobody yet; who answers comes into the campaign's queue. */
export function campaignCall(call: NewCampaignCall, context: TransitionContext): Conversation {
	const customer = newParty(
		{
			purpose: "customer",
			state: "dialing",
			direction: "outbound",
			acd: false,
			provider: call.provider,
			...(call.name ? { name: call.name } : {}),
			address: call.number,
			attributes: { ...call.attributes, ...dialerAttributes(call.campaign) },
		},
		callParts,
		context,
	);
	customer.dnis = call.number;
	customer.ani = call.callerId;
	customer.aniName = call.callerName;
	customer.internal.alertingDeadline = new Date(context.now.getTime() + call.ringMs).toISOString();
	const conversation: Conversation = {
		id: context.newId(),
		startTime: stamp(context),
		address: call.number,
		...limitsOf(context),
		recordingState: "NONE",
		securePause: false,
		divisionId: call.divisionId,
		recentTransfers: [],
		participants: [customer],
		internal: {
			direction: "outbound",
			provider: call.provider,
			priority: answeredFirst,
			next: { kind: "queue", queue: call.queue },
			campaign: call.campaign,
		},
	};
	keepTimeLines(conversation, context);
	return conversation;
}

/** The server takes it back. What an agent has in hand and has called for stays theirs. */
export function endCampaign(draft: Conversation, outcome: CampaignOutcome, life: Life): void {
	if (draft.endTime || !draft.internal.campaign) return;
	draft.internal.campaign.outcome = outcome;
	if (isPreview(draft) && !hasCalled(draft)) sayWhy(draft, outcome);
	endAll(draft, "system", life);
}

/**
 * Somebody has answered and met nobody: no agent is looked for any more, and they are told so before they are let go
 * (agent-features 18). Where an agent has come meanwhile, nothing happens.
 */
export function apologize(draft: Conversation, text: string, life: Life): void {
	const { campaign } = draft.internal;
	if (draft.endTime || !campaign || draft.participants.some((one) => isStaff(one) && one.connectedTime)) return;
	campaign.outcome = "abandoned";
	campaign.apology = text;
	const alerting = alertingAgent(draft);
	if (alerting) close(draft, alerting, "system", life);
	leaveQueue(draft, life);
}

/** What took a preview away from its agent before anybody was called; the codes are those with which a call is refused. */
const whys: Partial<Record<CampaignOutcome, { code: string; message: string }>> = {
	dnc: { code: "outbound.dnc", message: "The number is on a list of numbers that must not be called." },
	noTime: { code: "outbound.time.notCallable", message: "The number may not be called at this time of its day." },
	notCallable: { code: "outbound.contact.uncallable", message: "The number is not to be called any more." },
};

function sayWhy(draft: Conversation, outcome: CampaignOutcome): void {
	const why = whys[outcome];
	if (!why) return;
	for (const one of draft.participants) if (isStaff(one) && isLive(one)) communicationOf(one).errorInfo = { ...why };
}

/** A preview that nobody has to accept is with its agent at once. */
export function acceptPreview(draft: Conversation, life: Life): void {
	const agent = alertingAgent(draft);
	if (agent && isPreview(draft) && draft.internal.campaign?.autoAnswer) answer(draft, agent, life);
}

/** Of a contact that nobody has reached there is nothing to note: the system says what became of it. */
export function withoutWrapup(draft: Conversation, agent: Participant): void {
	const hasTalked = draft.internal.facts?.attempts.some((one) => one.result === "talked");
	if (!isPreview(draft) || hasTalked) return;
	agent.wrapupRequired = false;
	delete agent.wrapupPrompt;
}

/** The campaign says whether a contact may be passed over (`skipPreviewDisabled`). @throws ApiError 409 */
export function refuseSkip(draft: Conversation, command: { type: string; participantId?: string; why?: string }): void {
	const { campaign, facts } = draft.internal;
	if (!campaign || !isPreview(draft) || campaign.skipEnabled || (facts?.attempts.length ?? 0) > 0) return;
	const isTheirs = command.type === "end" || command.type === "leave";
	const leaving = draft.participants.find((one) => one.id === command.participantId);
	const isAgent = leaving === undefined || (isStaff(leaving) && isConnected(leaving));
	if (isTheirs && isAgent && command.why === "client") throw noSkipping(campaign);
}

/**
 * The agent passes the contact over, and says why where the campaign lists reasons.
 * @throws ApiError 409 `outbound.skip.disabled`, `outbound.skip.called`; 400 for a reason that is none of the campaign's
 */
export function skipPreview(
	draft: Conversation,
	agent: Participant,
	{ reason, life }: { reason: string | undefined; life: Life },
): void {
	const { campaign } = draft.internal;
	if (!campaign || !isPreview(draft) || hasCalled(draft) || !isConnected(agent))
		throw new ApiError(409, "outbound.skip.called", "Only a preview that nobody has called for yet is skipped.");
	if (!campaign.skipEnabled) throw noSkipping(campaign);
	if (reason !== undefined && !campaign.skipReasons?.includes(reason))
		throw badField("reason", "reason must be one of those that the campaign lists.");
	if (reason !== undefined) campaign.skipReason = reason;
	leave(draft, agent, "client", life);
}

function noSkipping({ name }: CampaignFacts): ApiError {
	const text = "The campaign {name} does not let contacts be skipped: call them.";
	return new ApiError(409, "outbound.skip.disabled", text, { params: { name } });
}
