import type { NotDialed } from "@inlay/contract";
import { findCall } from "../../call/model.ts";
import { type Conversation, isConnected, type Participant } from "../../model.ts";
import type { Life } from "../../transitions/context.ts";
import { leave } from "../../transitions/leave.ts";
import { agentOf, callbackOf, customerOf, factsOf } from "../model.ts";

/**
 * Where the queue wants it, the number of a callback that somebody has accepted is called by itself, and a callback whose
 * call is over ends by itself (`CallbackMediaSettings.enableAutoDialAndEnd`). A campaign's preview has a countdown of its own.
 */
export function followAutomaticCalls(draft: Conversation, life: Life): void {
	const facts = factsOf(draft);
	const { automaticCalls } = facts.queue;
	const agent = agentOf(draft);
	// A message is listened to first.
	const isMessage = callbackOf(customerOf(draft)).voicemail !== undefined;
	const may = automaticCalls && agent && !draft.internal.campaign && !isMessage && !draft.endTime;
	const after = (ms: number) => new Date(life.now.getTime() + ms).toISOString();
	if (!agent) facts.notDialed = undefined;
	const dials = may && facts.attempts.length === 0 && !facts.notDialed;
	const ends = may && facts.attempts.length > 0 && !isCalling(agent) && facts.first?.farId === undefined;
	facts.dialsAt = dials ? (facts.dialsAt ?? after(automaticCalls.dialMs)) : undefined;
	facts.endsAt = ends ? (facts.endsAt ?? after(automaticCalls.endMs)) : undefined;
}

/** Nothing is called by itself: whoever has it in hand is told why, and calls. */
export function leaveDialing(draft: Conversation, why: NotDialed): void {
	const facts = factsOf(draft);
	facts.notDialed = why;
	facts.dialsAt = undefined;
}

/** The time after the call is over: the agent finishes it, with their wrap-up. */
export function endByItself(draft: Conversation, life: Life): void {
	const agent = agentOf(draft);
	if (agent && factsOf(draft).endsAt && isConnected(agent)) leave(draft, agent, "client", life);
}

function isCalling(agent: Participant): boolean {
	const call = findCall(agent);
	return call !== undefined && call.state !== "disconnected";
}
