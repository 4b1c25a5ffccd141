import { outcomeOf } from "@inlay/contract";
import { type Call, callParts, findCall } from "../../call/model.ts";
import { addressOf } from "../../communication.ts";
import type { Outside } from "../../medium.ts";
import { type Conversation, isConnected, isStaff, type Participant } from "../../model.ts";
import { keepPart, partIn } from "../../parts.ts";
import { illegalState } from "../../refusals.ts";
import { type Life, stamp } from "../../transitions/context.ts";
import { hold } from "../../transitions/controls.ts";
import { endAll } from "../../transitions/leave.ts";
import { newCommunication } from "../../transitions/parties.ts";
import { keepTimeLines } from "../../transitions/segments.ts";
import { callbackOf, customerOf, factsOf } from "../model.ts";
import { calledFirst } from "./customer-first.ts";

/** Who is called, who moves their media, and whether it was a time that was over which called. */
export interface Dialed {
	target: Outside;
	provider: string;
	by?: "timer" | undefined;
}

/**
 * The agent who has accepted calls the customer: a call of the same conversation, first of the agent's own phone, then of the
 * number. It lives by the rules of calls (`partIn`).
 */
export function call(draft: Conversation, agent: Participant, { target, provider, by }: Dialed, life: Life): void {
	if (!isStaff(agent) || !isConnected(agent))
		throw illegalState("The callback has to be accepted before somebody is called.");
	const running = findCall(agent);
	// Customers are called first, and this one just now.
	if (calledFirst(draft)) return;
	if (running && running.state !== "disconnected") {
		if (isSame(draft, target)) return;
		throw illegalState("A call of this callback goes on: end it first.");
	}
	const other = addressOf(target.name, target.address);
	const own = newCommunication(
		{ purpose: "user", state: "contacting", direction: "outbound", acd: false, provider, other },
		callParts,
		life,
	) as Call;
	if (by) own.inlayDialedBy = by;
	// One that was held before that was refused would be taken for held for ever.
	hold(agent, false, life);
	agent.calls = [...(agent.calls ?? []), own];
	draft.internal.next = { ...target, ...shownOf(draft) };
	draft.internal.provider = provider;
	factsOf(draft).attempts.push({ at: stamp(life), number: target.address });
	keepTimeLines(partIn(draft, callParts.list) as Conversation, life);
}

/** Who calls, as it was agreed upon; and what scripts find of the customer, where they look for it in a call. */
function shownOf(draft: Conversation) {
	const customer = customerOf(draft);
	const { callerId, callerIdName } = callbackOf(customer);
	const shown = { ...(callerId ? { ani: callerId } : {}), ...(callerIdName ? { aniName: callerIdName } : {}) };
	return { ...shown, attributes: { ...customer.attributes } };
}

/** As by a second click. */
function isSame(draft: Conversation, { address }: Outside): boolean {
	const last = factsOf(draft).attempts.at(-1);
	return last?.number === address && last.result === undefined;
}

/** What became of a call that has ended is kept with its attempt. */
export function noteResult(draft: Conversation): void {
	const { attempts, first } = factsOf(draft);
	const last = first?.farId === undefined ? attempts.at(-1) : undefined;
	const agent = draft.participants.findLast((one) => isStaff(one) && one.callbacks && one.calls);
	const own = agent && findCall(agent);
	if (!last || last.result !== undefined || !own || own.state !== "disconnected") return;
	const outcome = outcomeOf(own);
	last.result = own.connectedTime ? "talked" : (outcome ?? "ended");
}

/** The agent is out of the callback: so is whoever they talk to. */
export function endCall(draft: Conversation, agent: Participant, life: Life): void {
	const running = findCall(agent);
	const part = partIn(draft, callParts.list);
	if (!running || running.state === "disconnected" || !part) return;
	endAll(part, "client", life);
	life.mediumOf(part).follow?.(part, life);
	keepTimeLines(part, life);
	keepPart(draft, part);
	noteResult(draft);
}
