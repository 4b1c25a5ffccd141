import { outcomeOf } from "@inlay/contract";
import { type Call, callOf, callParts } from "../../call/model.ts";
import { dialOutside } from "../../call/transitions/connect.ts";
import { addressOf } from "../../communication.ts";
import { type Conversation, communicationOf, findParticipant, isLive, type Participant } from "../../model.ts";
import { keepPart, partIn } from "../../parts.ts";
import { answer } from "../../transitions/connect.ts";
import { type Life, stamp } from "../../transitions/context.ts";
import { close, endAll, leave } from "../../transitions/leave.ts";
import { newCommunication } from "../../transitions/parties.ts";
import { alertingAgent, leaveQueue } from "../../transitions/queueing.ts";
import { keepTimeLines } from "../../transitions/segments.ts";
import { agentOf, callbackOf, customerOf, factsOf } from "../model.ts";
import { scheduleFor } from "./schedule.ts";

/** How much longer than the customer's phone an agent is kept for them, in ms. */
const marginMs = 10_000;

/**
 * Where the queue calls customers first (agent-features 3, "customer-first"): the agent to whom a callback is offered is kept
 * for it while the number is called; whoever answers talks to them at once. Nobody answers: it is tried again later, and at
 * last left to agents, or to nobody. An agent who accepts before that has it in hand as any other callback.
 */
export function followCustomerFirst(draft: Conversation, life: Life): void {
	const facts = factsOf(draft);
	const isMessage = callbackOf(customerOf(draft)).voicemail !== undefined;
	if (!facts.queue.customerFirst || draft.endTime || draft.internal.campaign || isMessage) return;
	const { farId, isOver } = facts.first ?? { tries: 0 };
	const far = farId === undefined ? undefined : findParticipant(draft, farId);
	const agent = alertingAgent(draft);
	if (far) followFar(draft, far, life);
	else if (agent && !isOver) callFirst(draft, agent, life);
}

/** An answering machine has answered: to nobody's ear. */
export function machineAnswered(draft: Conversation, life: Life): void {
	const far = calledFirst(draft);
	const last = factsOf(draft).attempts.at(-1);
	if (!far || callOf(far).state !== "dialing") return;
	if (last) last.result = "machine";
	inPart(draft, life, (part) => leave(part, far, "transfer.noanswer", life));
	followCustomerFirst(draft, life);
}

/** The customer whom nobody talks to yet. */
export function calledFirst(draft: Conversation): Participant | undefined {
	const { farId } = factsOf(draft).first ?? {};
	const far = farId === undefined ? undefined : findParticipant(draft, farId);
	return far && isLive(far) ? far : undefined;
}

function callFirst(draft: Conversation, agent: Participant, life: Life): void {
	const facts = factsOf(draft);
	const customer = customerOf(draft);
	const { callbackNumbers, callerId, callerIdName } = callbackOf(customer);
	const [address] = callbackNumbers;
	if (!address) return;
	const target = {
		...{ kind: "outside" as const, purpose: "customer" as const, address, attributes: { ...customer.attributes } },
		...(customer.name ? { name: customer.name } : {}),
		...(callerId ? { ani: callerId } : {}),
		...(callerIdName ? { aniName: callerIdName } : {}),
	};
	const far = dialOutside(draft, target, life);
	const { ringMs = 0 } = facts.queue.customerFirst ?? {};
	const after = (ms: number) => new Date(life.now.getTime() + ms).toISOString();
	far.internal.alertingDeadline = after(ringMs);
	agent.internal.alertingDeadline = after(ringMs + marginMs);
	facts.first = { tries: facts.first?.tries ?? 0, farId: far.id };
	facts.attempts.push({ at: stamp(life), number: address });
	inPart(draft, life, () => {});
}

function followFar(draft: Conversation, far: Participant, life: Life): void {
	const agent = alertingAgent(draft) ?? agentOf(draft);
	const { state } = callOf(far);
	if (state === "disconnected") inVain(draft, far, life);
	else if (state === "connected" && agent) joinCustomer(draft, agent, far, life);
	else if (state === "dialing" && !agent) letGo(draft, life);
}

/** The agent is in the call at once: their phone takes it by itself. */
function joinCustomer(draft: Conversation, agent: Participant, far: Participant, life: Life): void {
	const facts = factsOf(draft);
	if (communicationOf(agent).state === "alerting") answer(draft, agent, life);
	const { provider } = draft.internal;
	const other = addressOf(far.name, far.address);
	const own = newCommunication(
		{ purpose: "user", state: "contacting", direction: "outbound", acd: false, provider, other },
		callParts,
		life,
	) as Call;
	agent.calls = [...(agent.calls ?? []), own];
	facts.first = { tries: facts.first?.tries ?? 0, isOver: true };
	inPart(draft, life, () => {});
}

/** Nobody is kept for the customer any more. */
export function letGo(draft: Conversation, life: Life): void {
	const facts = factsOf(draft);
	const last = facts.attempts.at(-1);
	if (last) last.result ??= "cancelled";
	facts.first = { tries: facts.first?.tries ?? 0 };
	inPart(draft, life, (part) => endAll(part, "client", life));
}

/** They were not reached, or hung up before somebody was there. Who has accepted meanwhile goes on by hand. */
function inVain(draft: Conversation, far: Participant, life: Life): void {
	const facts = factsOf(draft);
	const { mostRetries = 0, retryMs = 0, after = "agentFirst" } = facts.queue.customerFirst ?? {};
	const last = facts.attempts.at(-1);
	if (last) last.result ??= outcomeOf(callOf(far)) ?? "ended";
	const tries = (facts.first?.tries ?? 0) + 1;
	const isOver = tries > mostRetries || agentOf(draft) !== undefined;
	facts.first = { tries, ...(isOver ? { isOver } : {}) };
	if (agentOf(draft)) return;
	const alerting = alertingAgent(draft);
	if (alerting) close(draft, alerting, "system", life);
	if (!isOver) retry(draft, retryMs, life);
	else if (after === "end") giveUp(draft, life);
}

function retry(draft: Conversation, retryMs: number, life: Life): void {
	leaveQueue(draft, life);
	scheduleFor(draft, new Date(life.now.getTime() + retryMs).toISOString());
	// Nobody is warned of what comes by itself.
	factsOf(draft).agreedAt = stamp(life);
}

function giveUp(draft: Conversation, life: Life): void {
	factsOf(draft).outcome = "failed";
	endAll(draft, "system", life);
}

/** The call within is a document of its own: what happens in it is kept with the whole. */
function inPart(draft: Conversation, life: Life, work: (part: Conversation) => void): void {
	const part = partIn(draft, callParts.list);
	if (!part) return;
	work(part);
	life.mediumOf(part).follow?.(part, life);
	keepTimeLines(part, life);
	keepPart(draft, part);
}
