import type { RoutingRequest } from "../../routing/offer-rules.ts";
import {
	type Conversation,
	communicationOf,
	isLive,
	isOutside,
	livePartOf,
	type Participant,
	placeOf,
	type QueueFacts,
	type UserParty,
	waitingAcd,
} from "../model.ts";
import { destinationBusy, illegalState } from "../refusals.ts";
import { type Life, stamp, type TransitionContext } from "./context.ts";
import { newParty, outsideAddress, outsideParty } from "./parties.ts";

/** The customer waits in a queue from now, or from `since` when they have waited before and keep their place. */
export function enterQueue(draft: Conversation, queue: QueueFacts, context: Life, since?: string): Participant {
	const acd = newParty(
		{
			purpose: "acd",
			state: "connected",
			direction: "inbound",
			acd: true,
			provider: draft.internal.provider,
			name: queue.name,
			queue,
			other: outsideAddress(draft),
			line: outsideParty(draft),
		},
		context.mediumOf(draft),
		context,
	);
	acd.internal.waitingSince = since ?? stamp(context);
	acd.internal.fallbackQueue = queue;
	acd.conversationRoutingData = routingDataOf(draft, queue.id);
	labelByQueue(draft, queue);
	draft.participants.push(acd);
	return acd;
}

/** A queue gives its label to what comes into it, or is begun on behalf of it, without one; what was taken off stays off. */
export function labelByQueue(draft: Conversation, { labelId }: QueueFacts): void {
	if (labelId !== undefined && !draft.internal.isUnlabelled) draft.utilizationLabelId ??= labelId;
}

/** Since when the customer has waited, or worked with somebody, in that queue: who comes back keeps their place. */
export function placeIn(draft: Conversation, queue: QueueFacts): string {
	const first = draft.participants.find((one) => one.purpose === "acd" && one.queueId === queue.id);
	return first?.internal.waitingSince ?? placeOf(draft);
}

/** The agent who is being rung for the waiting customer. */
export function alertingAgent(conversation: Conversation): Participant | undefined {
	return conversation.participants.find(
		(one) => one.internal.acd && one.purpose === "agent" && communicationOf(one).state === "alerting",
	);
}

function routingDataOf({ internal }: Conversation, queueId: string): Participant["conversationRoutingData"] {
	const { skillIds = [], languageId } = internal.routing ?? {};
	const data = { queueId, priority: internal.priority, skillIds: [...skillIds] };
	return languageId === undefined ? data : { ...data, languageId };
}

/** What is asked of who answers somebody who waits, and how urgent it is. What is absent stays as it is. */
export interface RoutingChange {
	priority?: number;
	skillIds?: readonly string[];
	/** `null`: none is asked for any more. */
	languageId?: string | null;
}

/** Of a conversation that waits; who is being rung for it goes on ringing. */
export function changeRouting(draft: Conversation, { priority, skillIds, languageId }: RoutingChange): void {
	const acd = waitingAcd(draft);
	if (!acd?.queueId) throw illegalState("The conversation waits in no queue.");
	const { languageId: spoken, ...routing } = draft.internal.routing ?? {};
	const language = languageId === undefined ? spoken : languageId;
	if (priority !== undefined) draft.internal.priority = priority;
	draft.internal.routing = {
		...routing,
		...(skillIds ? { skillIds: [...skillIds] } : {}),
		...(language ? { languageId: language } : {}),
	};
	acd.conversationRoutingData = routingDataOf(draft, acd.queueId);
}

/**
 * How utilization counts it from now on, wherever it goes; `null`: by its medium alone.
 */
export function label(draft: Conversation, labelId: string | null): void {
	if (draft.endTime) throw illegalState("The conversation has ended.");
	delete draft.utilizationLabelId;
	delete draft.internal.isUnlabelled;
	if (labelId === null) draft.internal.isUnlabelled = true;
	else draft.utilizationLabelId = labelId;
}

/** Where an agent is wanted, since when, and what is asked of them. */
export interface Wanted {
	queueId: string;
	since: string;
	priority: number;
	request?: RoutingRequest;
}

/** The queue in which an agent is wanted: the customer waits, and nobody is being rung. */
export function wantedIn(conversation: Conversation): Wanted | undefined {
	const acd = waitingAcd(conversation);
	if (!acd?.queueId || !acd.internal.waitingSince || alertingAgent(conversation)) return undefined;
	const { priority, routing } = conversation.internal;
	const { utilizationLabelId: labelId } = conversation;
	const wanted = { queueId: acd.queueId, since: acd.internal.waitingSince, priority };
	const request = labelId === undefined ? routing : { ...routing, labelId };
	return request ? { ...wanted, request } : wanted;
}

export interface Offer {
	queueId: string;
	userId: string;
	userName: string;
	/** Where the user is. */
	divisionId?: string | undefined;
	timeoutMs: number;
}

/** Rings an agent for the waiting customer. */
export function offerAgent(draft: Conversation, offer: Offer, context: Life): void {
	const acd = waitingAcd(draft);
	const queue = acd?.internal.fallbackQueue;
	if (!queue || acd.queueId !== offer.queueId) throw illegalState("The conversation does not wait in this queue.");
	if (alertingAgent(draft)) throw illegalState("Another agent is being rung for this conversation.");
	const agent = ring(
		draft,
		{
			purpose: "agent",
			userId: offer.userId,
			name: offer.userName,
			divisionId: offer.divisionId,
			queue,
			timeoutMs: offer.timeoutMs,
		},
		context,
	);
	agent.attributes = {};
	agent.conversationRoutingData = routingDataOf(draft, queue.id);
}

export interface Ringing {
	purpose: "agent" | "user";
	userId: string;
	name: string;
	/** Where the user is. */
	divisionId?: string | undefined;
	queue?: QueueFacts;
	timeoutMs: number;
	/** Their calls go elsewhere: what follows is the medium's. */
	forwarding?: UserParty["forwarding"];
}

/** Refuses to ring a user who is in the conversation, or whose phone rings for another one. */
export function requireFree(
	draft: Conversation,
	user: { userId: string; name: string; forwarding?: UserParty["forwarding"] },
	context: Life,
) {
	if (livePartOf(draft, user.userId))
		throw illegalState("{name} is in the conversation already.", { name: user.name || user.userId });
	if (!forwardingIn(draft, user, context) && context.isRinging?.(user.userId))
		throw destinationBusy(user.name || user.userId);
}

/** Refuses to call a number whose own call this is: with an extension behind it, it is several people's. */
export function requireElsewhere(
	draft: Conversation,
	{ address, digitsAfter }: { address: string; digitsAfter?: string | undefined },
): void {
	if (digitsAfter) return;
	const theirs = draft.participants.find((one) => isLive(one) && isOutside(one) && bare(one.address) === bare(address));
	if (theirs) throw illegalState("{name} is in the conversation already.", { name: theirs.name || address });
}

function bare(address = ""): string {
	return address.replace(/^tel:/, "");
}

/** What cannot call anybody outside is not forwarded: a callback waits for the colleague to whom it was handed. */
function forwardingIn(draft: Conversation, { forwarding }: Pick<UserParty, "forwarding">, context: Life) {
	return context.mediumOf(draft).callOutside ? forwarding : undefined;
}

/** Adds a user whose phone rings until the time is over. */
export function ring(draft: Conversation, party: Ringing, context: Life): Participant {
	const added = newParty(
		{
			purpose: party.purpose,
			state: "alerting",
			direction: "inbound",
			acd: party.queue !== undefined,
			provider: draft.internal.provider,
			name: party.name,
			userId: party.userId,
			divisionId: party.divisionId,
			...(party.queue ? { queue: party.queue } : {}),
			other: outsideAddress(draft),
			line: outsideParty(draft),
		},
		context.mediumOf(draft),
		context,
	);
	const forwarding = forwardingIn(draft, party, context);
	if (forwarding) added.internal.forwardRun = { forwarding, step: -1 };
	added.alertingTimeoutMs = party.timeoutMs;
	added.internal.alertingDeadline = new Date(context.now.getTime() + party.timeoutMs).toISOString();
	draft.participants.push(added);
	return added;
}

/** The agent has answered: the queue's part is over. */
export function leaveQueue(draft: Conversation, context: TransitionContext): void {
	const acd = waitingAcd(draft);
	if (!acd || !isLive(acd)) return;
	const call = communicationOf(acd);
	call.state = "disconnected";
	call.disconnectType = "transfer";
	call.disconnectedTime = stamp(context);
	acd.endTime = stamp(context);
}

/** The queue for which the party works: it stays responsible for the customer. */
export function queueWorkedFor(draft: Conversation, participant: Participant): QueueFacts | undefined {
	if (!participant.internal.acd || !participant.queueId) return undefined;
	const { queueId, queueName, wrapupPrompt, wrapupTimeoutMs } = participant;
	const divisionId = participant.internal.divisions?.queue;
	const acd = draft.participants.findLast((one) => one.purpose === "acd" && one.queueId === queueId);
	if (acd?.internal.fallbackQueue) return acd.internal.fallbackQueue;
	return {
		id: queueId,
		name: queueName ?? "",
		...(divisionId ? { divisionId } : {}),
		wrapupPrompt: wrapupPrompt ?? "optional",
		...(wrapupTimeoutMs === undefined ? {} : { wrapupTimeoutMs }),
	};
}
