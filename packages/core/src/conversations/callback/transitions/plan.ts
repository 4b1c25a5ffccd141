import { type Conversation, communicationOf, type Participant, type QueueFacts, waitingAcd } from "../../model.ts";
import { illegalState } from "../../refusals.ts";
import { type Life, stamp } from "../../transitions/context.ts";
import { close } from "../../transitions/leave.ts";
import { alertingAgent, enterQueue, leaveQueue } from "../../transitions/queueing.ts";
import { agentOf, callbackOf, customerOf, factsOf, routingFor } from "../model.ts";
import { calledFirst, letGo } from "./customer-first.ts";
import { scheduleFor } from "./schedule.ts";

/** What is agreed upon anew; what is absent stays. */
export interface Plan {
	scheduledAt?: string;
	zone?: string;
	wallTime?: string;
	numbers?: string[];
	queue?: QueueFacts;
	/** The owner of an owned callback, else the preferred user. */
	agentId?: string;
}

/**
 * Another time, number, queue or agent. One that waits or alerts is moved as well: the alert is withdrawn, and nobody counts
 * as not responding. Moved by the agent who has it in hand it leaves them, with their wrap-up.
 */
export function plan(draft: Conversation, wanted: Plan, life: Life): void {
	if (draft.endTime) throw illegalState("The callback is over.");
	const facts = factsOf(draft);
	if (wanted.numbers) changeNumbers(draft, wanted.numbers);
	if (wanted.agentId) hand(draft, wanted.agentId);
	if (wanted.queue) facts.queue = wanted.queue;
	if (wanted.scheduledAt) reschedule(draft, { ...wanted, scheduledAt: wanted.scheduledAt }, life);
	else if (wanted.queue || wanted.agentId) moveWaiting(draft, life);
}

function changeNumbers(draft: Conversation, numbers: string[]): void {
	for (const one of draft.participants) if (one.callbacks) callbackOf(one).callbackNumbers = numbers;
	const [number] = numbers;
	if (!number) return;
	customerOf(draft).address = number;
	draft.address = number;
}

function hand(draft: Conversation, agentId: string): void {
	const facts = factsOf(draft);
	if (facts.ownerId) facts.ownerId = agentId;
	else facts.preferredId = agentId;
	facts.users = [...new Set([...facts.users, agentId])];
}

function reschedule(draft: Conversation, wanted: Plan & { scheduledAt: string }, life: Life): void {
	const facts = factsOf(draft);
	withdraw(draft, life);
	if (facts.scheduledAt !== wanted.scheduledAt) facts.movedFrom = facts.scheduledAt;
	scheduleFor(draft, wanted.scheduledAt);
	if (calledFirst(draft)) letGo(draft, life);
	facts.first = undefined;
	facts.agreedAt = stamp(life);
	facts.zone = wanted.zone ?? facts.zone;
	facts.wallTime = wanted.wallTime;
	facts.ownedUntil = undefined;
	draft.internal.placeSince = wanted.scheduledAt;
}

/** Nobody is rung, waits or works for it any more. */
function withdraw(draft: Conversation, life: Life): void {
	const agents = [alertingAgent(draft), agentOf(draft)].filter((one): one is Participant => one !== undefined);
	for (const one of agents) close(draft, one, communicationOf(one).state === "alerting" ? "system" : "client", life);
	leaveQueue(draft, life);
}

/** What is due already waits in the new queue, or for the new owner, with the same place. */
function moveWaiting(draft: Conversation, life: Life): void {
	const facts = factsOf(draft);
	if (draft.internal.next?.kind === "queue") draft.internal.next = { kind: "queue", queue: facts.queue };
	const acd = waitingAcd(draft);
	if (!acd) return;
	const since = acd.internal.waitingSince;
	const alerting = alertingAgent(draft);
	if (alerting) close(draft, alerting, "system", life);
	leaveQueue(draft, life);
	Object.assign(draft.internal, routingFor(facts, draft.internal.routing ?? {}, draft.internal.campaign));
	enterQueue(draft, facts.queue, life, since);
}
