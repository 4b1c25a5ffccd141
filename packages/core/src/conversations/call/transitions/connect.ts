import { addressOf } from "../../communication.ts";
import {
	type Conversation,
	type GroupFacts,
	isConnected,
	isLive,
	isOutside,
	isStaff,
	type NextStep,
	type Participant,
	type QueueFacts,
	type UserParty,
} from "../../model.ts";
import { answer, completeTransfers, connect, connectDialing } from "../../transitions/connect.ts";
import type { Life } from "../../transitions/context.ts";
import { leave } from "../../transitions/leave.ts";
import { newParty, outsideAddress, outsideParty } from "../../transitions/parties.ts";
import { enterQueue, ring } from "../../transitions/queueing.ts";
import { callOf, callParts } from "../model.ts";
import { leaveForMailbox, toVoicemail } from "../voicemail/enter.ts";

/** A party's media is up. Anything but the awaited states means that it was told twice or too late. */
export function mediaConnected(draft: Conversation, participant: Participant, context: Life): void {
	const { state } = callOf(participant);
	if (state === "contacting") callTheOther(draft, participant, context);
	else if (state === "alerting" && isStaff(participant)) answer(draft, participant, context);
	else if (state === "alerting" || state === "dialing") outsideConnected(draft, participant, context);
}

function outsideConnected(draft: Conversation, participant: Participant, context: Life): void {
	if (isStaff(participant) || asksToConfirm(participant)) return;
	connect(participant, context);
	connectDialing(draft, context);
	completeTransfers(draft, participant);
	takeNextStep(draft, context);
}

/** Whoever answers for somebody else has yet to say that they take the call. */
function asksToConfirm({ internal: { forwardLeg } }: Participant): boolean {
	if (!forwardLeg?.confirm) return false;
	forwardLeg.confirm = "asked";
	return true;
}

/** The caller's own phone is there: now the other party is called. */
function callTheOther(draft: Conversation, caller: Participant, context: Life): void {
	callOf(caller).state = "dialing";
	if (draft.internal.next?.kind === "queue" || isAwaited(draft)) connect(caller, context);
	takeNextStep(draft, context);
}

/** Whom they are to talk to was called before them, and is there. */
function isAwaited(draft: Conversation): boolean {
	return !draft.internal.next && draft.participants.some((one) => isOutside(one) && isConnected(one));
}

function takeNextStep(draft: Conversation, context: Life): void {
	const next = draft.internal.next;
	if (!next) return;
	draft.internal.next = undefined;
	if (next.kind === "queue") return void comeIntoQueue(draft, next.queue, context);
	if (next.kind === "group") return void callGroup(draft, next.group, context);
	const caller = draft.participants.find((one) => isLive(one) && isStaff(one));
	if (next.kind === "voicemail") return void toVoicemail(draft, next.mailbox, context);
	const called = next.kind === "user" ? callUser(draft, next, context) : dialOutside(draft, next, context);
	if (caller) handAttributes(caller, called);
}

/** Where nobody works just now, and the queue says so, its mailbox answers at once. */
function comeIntoQueue(draft: Conversation, queue: QueueFacts, context: Life): void {
	enterQueue(draft, queue, context);
	if (queue.mailbox?.straight) leaveForMailbox(draft, queue.mailbox, context);
}

/** Its members are called for it, as those are to whom somebody forwards their calls. */
function callGroup(draft: Conversation, { name, steps, ringMs, mailbox }: GroupFacts, context: Life): void {
	const group = newParty(
		{
			...{ purpose: "group", state: "alerting", direction: "inbound", acd: false },
			provider: draft.internal.provider,
			name,
			other: outsideAddress(draft),
			line: outsideParty(draft),
		},
		callParts,
		context,
	);
	const forwarding = { steps, ringMs, confirm: false, voicemail: "PURECLOUD" } as const;
	group.internal.forwardRun = { forwarding, step: -1 };
	if (mailbox) group.internal.mailbox = mailbox;
	draft.participants.push(group);
}

/**
 * What a call was made with belongs to whom it is made to (`CreateCallRequest.attributes`), where scripts look for it. Until
 * there is such a party it stands with the caller.
 */
function handAttributes(caller: Participant, called: Participant): void {
	called.attributes = { ...called.attributes, ...caller.attributes };
	caller.attributes = {};
}

/**
 * Rings a user; who is being rung for somebody else is busy. Where their calls go to their mailbox at once nothing rings, and still they
 * were called: it stands in their history, as missed (agent-features 5 and 7), also where the caller has said nothing.
 */
function callUser(draft: Conversation, next: Extract<NextStep, { kind: "user" }>, context: Life): Participant {
	const { mailbox, forwarding, ...user } = next;
	const goesStraight = isStraight(next);
	const path = forwarding && !goesStraight ? { forwarding } : {};
	const called = ring(draft, { ...user, ...path, purpose: "user", timeoutMs: next.alertingTimeoutMs }, context);
	if (mailbox) called.internal.mailbox = mailbox;
	if (goesStraight) leave(draft, called, "transfer.notavailable", context);
	else if (!forwarding && context.isRinging?.(next.userId))
		leave(draft, called, "transfer.notavailable", context, "busy");
	return called;
}

/** A presence that sends calls to the mailbox wins over forwarding (agent-features 4); a phone that is not there does not. */
function isStraight({ mailbox, forwarding }: UserParty): boolean {
	return mailbox?.straight === "presence" || (mailbox?.straight === "unreachable" && !forwarding);
}

/** Calls somebody outside. */
export function dialOutside(
	draft: Conversation,
	target: Extract<NextStep, { kind: "outside" }>,
	context: Life,
): Participant {
	const caller = draft.participants.find((one) => isLive(one) && isStaff(one));
	const ani = target.ani ?? caller?.ani;
	const party = newParty(
		{
			purpose: target.purpose,
			state: "dialing",
			direction: "outbound",
			acd: false,
			provider: draft.internal.provider,
			...(target.name ? { name: target.name } : {}),
			address: target.address,
			other: addressOf(target.aniName ?? caller?.aniName ?? caller?.name, ani),
			...(target.attributes ? { attributes: target.attributes } : {}),
		},
		callParts,
		context,
	);
	party.dnis = target.address;
	if (ani) party.ani = ani;
	if (target.aniName) party.aniName = target.aniName;
	if (target.digitsAfter) party.internal.digitsAfter = target.digitsAfter;
	if (target.externalContactId) party.externalContactId = target.externalContactId;
	draft.participants.push(party);
	return party;
}
