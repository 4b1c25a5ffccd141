import {
	inboundConversation,
	outboundConversation,
	PlayedCall,
	type QueueFacts,
	type RecordingRules,
	sampleAttribute,
} from "@inlay/core";
import type { Story } from "./stories.ts";

type NextStep = Parameters<typeof outboundConversation>[0]["next"];

interface Person {
	id: string;
	name: string;
}

/** Who and what the calls of the past are about. */
export interface Cast {
	customers: ReadonlyArray<{ name: string; address: string }>;
	agents: readonly Person[];
	codes: readonly Person[];
	queue: QueueFacts & { divisionId: string };
	dnis: string;
	/** The policy that records. */
	rules: RecordingRules;
}

const attributes = { [sampleAttribute]: "yes" };
const alertMs = 15_000;
const picksUpMs = 4000;

/** Plays a story step by step, by the commands that a call of today has. */
export function play(story: Story, cast: Cast): PlayedCall {
	const [agent, other] = [at(cast.agents, story.agent), at(cast.agents, story.agent + 1)];
	if (story.ending === "outbound" || story.ending === "busy") return dialled(story, cast, agent);
	if (story.ending === "colleague") return between(story, cast, agent, other);
	return queued(story, cast, agent, other);
}

function queued(story: Story, cast: Cast, agent: Person, other: Person): PlayedCall {
	const { ending, waitedMs } = story;
	const call = comesIn(story, cast);
	const customerId = call.newest;
	const customerLeaves = { type: "leave", participantId: customerId, why: "peer" } as const;
	call.after(300, { type: "media.connected", participantId: customerId });
	if (ending === "abandoned") return call.after(waitedMs, customerLeaves);
	if (ending === "missed") {
		offer(call, cast, other, waitedMs);
		call.after(alertMs, { type: "alerting.over", participantId: call.newest });
	}
	offer(call, cast, agent, ending === "missed" ? 200 : waitedMs);
	const agentId = call.newest;
	call.after(picksUpMs, { type: "answer", participantId: agentId });
	if (story.recorded === "agent") call.after(500, { type: "control", participantId: agentId, recording: true });
	talk(call, agentId, story);
	if (ending === "transferred") {
		call.after(1000, { type: "replace", participantId: agentId, target: rung(other, cast) });
		wrapUp(call, agentId, story, cast);
		call.after(picksUpMs, { type: "answer", participantId: call.newest });
	}
	const lastId = call.newest;
	call.after(ending === "transferred" ? story.talkedMs : 1000, customerLeaves);
	return wrapUp(call, lastId, story, cast);
}

function comesIn(story: Story, { customers, queue, dnis, rules }: Cast): PlayedCall {
	const customer = at(customers, story.customer);
	return new PlayedCall(
		(context) =>
			inboundConversation(
				{ customer, dnis, queue, divisionId: queue.divisionId, attributes, provider: "Inlay Demo" },
				context,
			),
		story.startedAt,
		story.recorded === "policy" ? rules : undefined,
	);
}

function offer(call: PlayedCall, { queue }: Cast, { id: userId, name: userName }: Person, afterMs: number): void {
	const { id: queueId, divisionId } = queue;
	call.after(afterMs, { type: "offer", offer: { queueId, userId, userName, divisionId, timeoutMs: alertMs } });
}

function talk(call: PlayedCall, participantId: string, { talkedMs, heldMs }: Story): void {
	if (heldMs === 0) return void call.after(talkedMs - 1000, { type: "attributes", participantId, attributes: {} });
	const half = Math.round((talkedMs - heldMs) / 2);
	call
		.after(half, { type: "hold", participantId, held: true })
		.after(heldMs, { type: "hold", participantId, held: false })
		.after(half, { type: "attributes", participantId, attributes: {} });
}

/** Who owes none has done nothing after the call. */
function wrapUp(
	call: PlayedCall,
	participantId: string,
	{ workedMs, code, notes }: Story,
	{ codes }: Cast,
): PlayedCall {
	const owing = call.conversation.participants.find((one) => one.id === participantId);
	if (!owing?.wrapupRequired || owing.wrapup) return call;
	const { id, name } = at(codes, code);
	const wrapup = { code: id, name, ...(notes === undefined ? {} : { notes }) };
	return call.after(workedMs, { type: "wrapup", participantId, wrapup });
}

/** Who calls has the simulated far end on the line, or hears that it is busy. */
function dialled(story: Story, cast: Cast, agent: Person): PlayedCall {
	const { name, address } = at(cast.customers, story.customer);
	const { call, callerId: agentId } = placed(story, cast, agent, {
		kind: "outside",
		purpose: "external",
		address,
		name,
	});
	const outsideId = call.newest;
	if (story.ending === "busy")
		return call.after(2000, { type: "leave", participantId: outsideId, why: "peer", failure: "busy" });
	return call
		.after(2500, { type: "media.connected", participantId: outsideId })
		.after(story.talkedMs, { type: "leave", participantId: agentId, why: "client", endsBridge: true });
}

function between(story: Story, cast: Cast, from: Person, to: Person): PlayedCall {
	const { call, callerId: fromId } = placed(story, cast, from, rung(to, cast));
	return call
		.after(picksUpMs, { type: "answer", participantId: call.newest })
		.after(story.talkedMs, { type: "leave", participantId: fromId, why: "client", endsBridge: true });
}

/** A call that somebody places, once their own phone is on the line. */
function placed(story: Story, { queue, rules }: Cast, from: Person, next: NextStep) {
	const caller = callerOf(from, queue);
	const call = new PlayedCall(
		(context) =>
			outboundConversation(
				{ caller, next, divisionId: queue.divisionId, provider: "Inlay Trunk", attributes },
				context,
			),
		story.startedAt,
		story.recorded === "policy" ? rules : undefined,
	);
	const callerId = call.newest;
	call.after(400, { type: "media.connected", participantId: callerId });
	return { call, callerId };
}

function rung({ id: userId, name }: Person, { queue: { divisionId } }: Cast) {
	return { kind: "user" as const, userId, name, divisionId, alertingTimeoutMs: alertMs };
}

function callerOf({ id: userId, name }: Person, { divisionId }: { divisionId: string }) {
	return { userId, name, divisionId };
}

/** The lists go round. */
function at<T>(list: readonly T[], index: number): T {
	const found = list[index % list.length];
	if (found === undefined) throw new Error("There is nobody to play the call.");
	return found;
}
