import { isDeepStrictEqual } from "node:util";
import { consultOf, objectSide } from "../../conversations/call/consult/model.ts";
import { legsOf } from "../../conversations/call/forwarding/model.ts";
import { isOnLine } from "../../conversations/call/model.ts";
import { callbackTimers } from "../../conversations/callback/timers.ts";
import { afterCallJob, alertingJob, dueJob } from "../../conversations/effects.ts";
import {
	type Conversation,
	communicationOf,
	isConnected,
	isInAfterCallWork,
	isLive,
	isOptionalWork,
	isOutside,
	isStaff,
	isUnheard,
	type Participant,
	waitingAcd,
} from "../../conversations/model.ts";
import { conversationEvent } from "../../conversations/projection/generic-event.ts";
import { conversationSummary } from "../../conversations/projection/summary.ts";
import { queuesNamed } from "../../conversations/queue-references.ts";
import type { ConversationChanged } from "../../conversations/service.ts";
import type { UserWork } from "../../conversations/store.ts";
import type { Availability } from "../../routing/availability.ts";
import { type Stored, staff } from "./site.ts";

/** What must hold for one conversation by itself, whatever happened. Each returns what is wrong. */
export function faultOf(conversation: Conversation, isConference: boolean): string | undefined {
	const live = conversation.participants.filter(isLive);
	const gone = conversation.participants.find((one) => !isLive(one) && !communicationOf(one).disconnectType);
	if (gone) return `${gone.userId ?? gone.purpose} is gone without a reason`;
	if (conversation.endTime !== undefined)
		return live.length > 0 ? "it has ended, and somebody is still there" : undefined;
	const parties = live.filter((one) => one.purpose !== "acd");
	if (live.length - parties.length > 1) return "somebody waits in two queues";
	const agents = parties.filter((one) => isStaff(one) && isConnected(one));
	if (agents.length > 1 && parties.some((one) => isOutside(one) && isConnected(one)) && !isConference)
		return "a customer has two agents";
	const endless = parties.find(
		(one) => isStaff(one) && communicationOf(one).state === "alerting" && !one.internal.alertingDeadline,
	);
	if (endless) return `${endless.userId} rings for ever`;
	const hidden = live.find((one) => isConnected(one) && owesEarlier(conversation, one));
	if (hidden) return `${hidden.userId} owes the work of an earlier part while they talk`;
	const wrong = faultOfConsult(conversation) ?? faultOfForwarding(conversation);
	if (wrong) return wrong;
	return isSomebodyLost(conversation, parties) ? "somebody is there for whom nobody comes" : undefined;
}

/** No panel shows a part that is over while the agent is in the conversation by another one. */
function owesEarlier({ participants }: Conversation, { userId }: Participant): boolean {
	return userId !== undefined && participants.some((one) => one.userId === userId && !isLive(one) && owesWork(one));
}

/** Nobody hears what is not meant for them, and nobody is held whom nobody could take back. */
function faultOfConsult(conversation: Conversation): string | undefined {
	const live = conversation.participants.filter(isLive);
	const canRelease = live.some((one) => isStaff(one) && communicationOf(one).state !== "alerting");
	if (!canRelease && live.some((one) => isOutside(one) && communicationOf(one).held))
		return "somebody is held for ever";
	const silenced = live.some((one) =>
		[one.internal.heldBy, isOutside(one) ? one.internal.mutedBy : undefined].some(
			(by) => by !== undefined && !live.some(({ userId }) => userId === by),
		),
	);
	if (silenced) return "somebody is held, or muted, by a user who has left";
	const consult = consultOf(conversation);
	if (!consult) {
		const canModerate = live.filter(({ purpose }) => purpose !== "acd").length > 2;
		const isForgotten = live.some(({ internal }) => internal.unheard && !(canModerate && internal.heldBy));
		return isForgotten ? "somebody hears music for ever" : undefined;
	}
	if (consult.stage !== "talking" || consult.speakTo !== "DESTINATION") return undefined;
	const overhears = objectSide(conversation, consult).some((one) => isConnected(one) && !isUnheard(one));
	return overhears ? "a customer hears what is said in private" : undefined;
}

/** Somebody is called for whoever has their calls forwarded until one has the call; then nobody else is, and none hears it unasked. */
function faultOfForwarding(conversation: Conversation): string | undefined {
	for (const { internal, id, userId } of conversation.participants) {
		const legs = legsOf(conversation, id);
		if (internal.forwardRun && legs.length === 0) return `nobody is called for ${userId} any more, and nothing follows`;
		if (!internal.forwardRun && legs.some((one) => !isConnected(one))) return `somebody is still called for ${userId}`;
		if (legs.length > 1 && legs.some(isConnected)) return `two have taken the call of ${userId}`;
		if (legs.some((one) => isConnected(one) && one.internal.forwardLeg?.confirm)) return "a mailbox has taken the call";
	}
	return undefined;
}

/** Nobody is alone: they wait in a queue, talk or ring, or are about to. */
function isSomebodyLost(conversation: Conversation, parties: readonly Participant[]): boolean {
	const { next } = conversation.internal;
	const isOnlyCalled = (one: Participant) => communicationOf(one).state === (isOutside(one) ? "dialing" : "alerting");
	if (parties.every(isOnlyCalled)) return true;
	return parties.length === 1 && !waitingAcd(conversation) && next === undefined;
}

/** What a change may do to one conversation. */
export function faultOfChange(before: Conversation, after: Conversation): string | undefined {
	if (before.endTime && !isDeepStrictEqual(settled(before), settled(after))) return "it had ended, and changed";
	const gone = new Set(before.participants.filter((one) => !isLive(one)).map((one) => one.id));
	const back = after.participants.find((one) => gone.has(one.id) && isLive(one));
	if (back) return `${back.userId ?? back.purpose} had left, and is there again`;
	return after.participants.length < before.participants.length ? "a party is gone from the document" : undefined;
}

/** A transfer that reached nobody ends nobody's call while the agent who made it can be rung. */
export function faultOfTransfer(
	before: Conversation,
	after: Conversation,
	open: readonly Conversation[],
): string | undefined {
	const failed = after.recentTransfers.find(
		(one) =>
			one.state === "Failed" && before.recentTransfers.some((each) => each.id === one.id && each.state === "Active"),
	);
	const { userId } = failed?.initiator ?? {};
	if (!userId || !after.endTime) return undefined;
	const wasAlone = before.participants.filter((one) => isConnected(one)).length === 1;
	const isRinging = open.some((one) => one.participants.some((each) => each.userId === userId && isAlerting(each)));
	return wasAlone && !isRinging ? `the transfer by ${userId} reached nobody and ended the call` : undefined;
}

const isAlerting = (one: Participant) => isLive(one) && communicationOf(one).state === "alerting";

/** A document without what may still be noted after the end. */
function settled(conversation: Conversation): unknown {
	return JSON.parse(JSON.stringify(conversation, (key, value) => (notedLater.has(key) ? undefined : value)));
}
const notedLater: ReadonlySet<string> = new Set([
	...["wrapup", "wrapupSkipped", "wrapupRequired", "endAcwTime", "acwDeadline"],
	...["afterCallWork", "afterCallWorkRequired", "attributes", "flaggedReason"],
	// Its time is put off by the agent, or by an outage.
	...["wrapupTimeoutMs", "acwExtensions"],
]);

/** What must hold for every user over all their conversations. */
export function faultOfUsers(open: Iterable<Conversation>, statuses: Stored["statuses"]): string | undefined {
	const parts = new Map<string, Participant[]>([...staff.keys()].map((userId) => [userId, []]));
	for (const conversation of open)
		for (const one of conversation.participants) if (one.userId) parts.get(one.userId)?.push(one);
	for (const [userId, own] of parts) {
		if (own.filter(isOnLine).length > 1) return `${userId} has two calls on the line`;
		if (own.filter(isAlerting).length > 1) return `${userId} is rung twice`;
		const work = statuses.get(userId)?.availability.work ?? "NONE";
		if (work !== workOf(own)) return `${userId} has the status ${work} and does ${workOf(own)}`;
	}
	return undefined;
}

/** After-call work that keeps the agent from the next interaction. */
const owesWork = (one: Participant) => isInAfterCallWork(one) && !isOptionalWork(one);

function workOf(own: readonly Participant[]): Availability["work"] {
	const active = own.filter((one) => isLive(one) && communicationOf(one).state !== "alerting");
	if (own.some(owesWork) || active.some((one) => one.internal.acd)) return "INTERACTING";
	return active.length > 0 ? "COMMUNICATING" : "NONE";
}

/** Every deadline has its timer, and no timer is left of what is over. */
export function faultOfTimers(open: Iterable<Conversation>, jobs: Stored["jobs"]): string | undefined {
	const all = [...open];
	const ofParties = all
		.flatMap((one) => one.participants)
		.flatMap(({ id, internal }) => [
			...(internal.alertingDeadline ? [`${alertingJob} ${id}`] : []),
			...(internal.acwDeadline ? [`${afterCallJob} ${id}`] : []),
			...(internal.due ? [`${dueJob} ${id}`] : []),
		]);
	const ofCallbacks = all
		.filter((one) => one.internal.facts)
		.flatMap((after) => callbackTimers({ after }).flatMap(({ kind, key, is }) => (is ? [`${kind} ${key}`] : [])));
	const wanted = [...ofParties, ...ofCallbacks];
	const found = jobs.map(({ kind, key }) => `${kind} ${key}`);
	if (isDeepStrictEqual(found.toSorted(), wanted.toSorted())) return undefined;
	const dead = found.filter((one) => !wanted.includes(one));
	return dead.length > 0
		? `a timer is left: ${dead}`
		: `a timer is missing: ${wanted.filter((one) => !found.includes(one))}`;
}

/** Every change of a conversation is told once, and what is told is what is stored. */
export function faultOfEvents(stored: Stored, versionOf: (id: string) => number): string | undefined {
	const told = stored.events.filter((one) => one.type === "conversation.changed");
	for (const [id, { document, version }] of stored.documents) {
		const own = told.filter((one) => one.entityId === id);
		const changes = version - versionOf(id);
		if (own.length !== changes) return `${changes} changes were told by ${own.length} events`;
		const body = own.at(-1)?.announcements?.[0]?.eventBody;
		if (!isSameJson(body, conversationEvent(document))) return "what was told is not what is stored";
	}
	const silent = told.find((one) => !stored.documents.has(one.entityId));
	return silent && `a change was told of ${silent.entityId}, which did not change`;
}

/** The database keeps the keys of a JSON in an order of its own. */
function isSameJson(a: unknown, b: unknown): boolean {
	const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
	return left === right || isDeepStrictEqual(JSON.parse(left ?? "null"), JSON.parse(right ?? "null"));
}

/** Nobody waits in, came through or is about to enter a queue that is gone. */
export function faultOfQueues(open: Iterable<Conversation>, standing: Stored["queues"]): string | undefined {
	for (const one of open) {
		const gone = one.endTime ? undefined : queuesNamed(one).find((id) => !standing.has(id));
		if (gone) return `a living conversation names the queue ${gone}, which is deleted`;
	}
	return undefined;
}

/** What the log told last of each user. */
export interface ToldOfUsers {
	status: Map<string, string>;
	summary: Map<string, unknown>;
}

/** What was told last of a user is how they are. @param told is brought up to date with what was written since the last look */
export function faultOfTelling(stored: Stored, open: Iterable<Conversation>, told: ToldOfUsers): string | undefined {
	for (const { type, entityId, data, announcements } of stored.events) {
		if (type === "routingstatus.changed") told.status.set(entityId, (data as { status: string }).status);
		if (type === "conversation.summary.changed") told.summary.set(entityId, announcements?.[0]?.eventBody);
	}
	for (const [userId, status] of told.status) {
		const is = stored.statuses.get(userId)?.status;
		if (is !== status) return `${userId} was told to be ${status} last, and is ${is}`;
	}
	const parts = [...open].flatMap((one) => one.participants);
	for (const [userId, summary] of told.summary) {
		const own = parts.filter((one) => one.userId === userId);
		const is = conversationSummary(userId, countsOf(own));
		if (!isSameJson(summary, is)) return `the calls of ${userId} were told wrong last`;
	}
	return undefined;
}

function countsOf(own: readonly Participant[]): UserWork {
	const active = own.filter((one) => isLive(one) && communicationOf(one).state !== "alerting");
	const acdActive = active.filter((one) => one.internal.acd).length;
	const acdAfterCall = own.filter(owesWork).length;
	return { acdActive, acdAfterCall, optional: own.filter(isOptionalWork).length, ownActive: active.length - acdActive };
}

/** A queue rings only who has nothing in hand; who takes back what they handed over may owe its after-call work. @param before the conversations that were open */
export function faultOfOffers(stored: Stored, before: Iterable<Conversation>): string | undefined {
	const offers = stored.events.filter((one) => (one.data as ConversationChanged | null)?.command === "offer");
	for (const { entityId } of offers) {
		const agent = stored.documents.get(entityId)?.document.participants.at(-1);
		const isBusy = [...before].some((one) =>
			one.participants.some(
				(each) => each.userId === agent?.userId && (isLive(each) || (one.id !== entityId && owesWork(each))),
			),
		);
		if (isBusy) return `${agent?.userId} was rung by a queue with work in hand`;
	}
	return undefined;
}
