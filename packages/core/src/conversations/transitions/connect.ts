import { type Conversation, callOf, isLive, isStaff, type NextStep, type Participant } from "../model.ts";
import { stamp, type TransitionContext } from "./context.ts";
import { leave } from "./leave.ts";
import { addressOf, newParty } from "./parties.ts";
import { enterQueue, leaveQueue, ring } from "./queueing.ts";

/** A party's media is up. Anything but the awaited states means that it was told twice or too late. */
export function mediaConnected(draft: Conversation, participant: Participant, context: TransitionContext): void {
	const { state } = callOf(participant);
	if (state === "contacting") callTheOther(draft, participant, context);
	else if (state === "alerting" && isStaff(participant)) answer(draft, participant, context);
	else if (state === "alerting" || state === "dialing") outsideConnected(draft, participant, context);
}

/** A user takes the call that rings. */
export function answer(draft: Conversation, participant: Participant, context: TransitionContext): void {
	const wasQueued = participant.internal.acd && participant.purpose === "agent";
	connect(participant, context);
	if (wasQueued) leaveQueue(draft, context);
	connectDialing(draft, context);
	completeTransfers(draft, participant);
}

function outsideConnected(draft: Conversation, participant: Participant, context: TransitionContext): void {
	if (isStaff(participant)) return;
	connect(participant, context);
	connectDialing(draft, context);
	completeTransfers(draft, participant);
	takeNextStep(draft, context);
}

/** The caller's own phone is there: now the other party is called. */
function callTheOther(draft: Conversation, caller: Participant, context: TransitionContext): void {
	callOf(caller).state = "dialing";
	if (draft.internal.next?.kind === "queue") connect(caller, context);
	takeNextStep(draft, context);
}

function takeNextStep(draft: Conversation, context: TransitionContext): void {
	const next = draft.internal.next;
	if (!next) return;
	draft.internal.next = undefined;
	if (next.kind === "queue") return void enterQueue(draft, next.queue, context);
	const caller = draft.participants.find((one) => isLive(one) && isStaff(one));
	const called = next.kind === "user" ? callUser(draft, next, context) : dialOutside(draft, next, context);
	if (caller) handAttributes(caller, called);
}

/**
 * What a call was made with belongs to whom it is made to (`CreateCallRequest.attributes`), where scripts look for it. Until
 * there is such a party it stands with the caller.
 */
function handAttributes(caller: Participant, called: Participant): void {
	called.attributes = { ...called.attributes, ...caller.attributes };
	caller.attributes = {};
}

/** Rings a user; who is being rung for somebody else is busy. */
function callUser(
	draft: Conversation,
	next: Extract<NextStep, { kind: "user" }>,
	context: TransitionContext,
): Participant {
	const called = ring(draft, { ...next, purpose: "user", timeoutMs: next.alertingTimeoutMs }, context);
	if (context.isRinging?.(next.userId)) leave(draft, called, "transfer.notavailable", context, "busy");
	return called;
}

/** Calls somebody outside. */
export function dialOutside(
	draft: Conversation,
	target: Extract<NextStep, { kind: "outside" }>,
	context: TransitionContext,
): Participant {
	const caller = draft.participants.find((one) => isLive(one) && isStaff(one));
	const party = newParty(
		{
			purpose: target.purpose,
			state: "dialing",
			direction: "outbound",
			acd: false,
			provider: draft.internal.provider,
			...(target.name ? { name: target.name } : {}),
			address: target.address,
			other: addressOf(caller?.aniName ?? caller?.name, caller?.ani),
		},
		context,
	);
	party.dnis = target.address;
	if (caller?.ani) party.ani = caller.ani;
	if (target.digitsAfter) party.internal.digitsAfter = target.digitsAfter;
	if (target.externalContactId) party.externalContactId = target.externalContactId;
	draft.participants.push(party);
	return party;
}

/** The other party has answered: who was dialing talks now. */
function connectDialing(draft: Conversation, context: TransitionContext): void {
	for (const one of draft.participants) {
		if (isStaff(one) && callOf(one).state === "dialing") connect(one, context);
	}
}

function connect(participant: Participant, context: TransitionContext): void {
	const call = callOf(participant);
	call.state = "connected";
	call.connectedTime = stamp(context);
	participant.connectedTime = stamp(context);
	participant.internal.alertingDeadline = undefined;
}

function completeTransfers(draft: Conversation, reached: Participant): void {
	for (const transfer of draft.recentTransfers) {
		const { userId, address } = transfer.destination;
		const isReached = userId ? userId === reached.userId : address === reached.address;
		if (isReached && transfer.state === "Active") transfer.state = "Complete";
	}
}
