import { expect, test } from "vitest";
import { segmentsOf } from "./analysis/segments.ts";
import { inboundConversation, outboundConversation } from "./call/transitions/create.ts";
import { metricFacts } from "./metric-facts.ts";
import type { Conversation, QueueFacts } from "./model.ts";
import type { MetricFact } from "./ports.ts";
import { type Command, transition } from "./transitions/transition.ts";

const queue: QueueFacts = { id: "q", name: "Help", wrapupPrompt: "mandatory" };
const offer: Command = { type: "offer", offer: { queueId: "q", userId: "anna", userName: "Anna", timeoutMs: 60_000 } };

/** A day's conversation, told by the clock. */
function story(first: string, begin: (context: { now: Date; newId(): string }) => Conversation) {
	let ids = 0;
	const contextAt = (time: string) => ({ now: new Date(`2026-01-05T${time}Z`), newId: () => `id-${++ids}` });
	let now = begin(contextAt(first));
	const facts = metricFacts({ after: now }, contextAt(first).now.toISOString());
	return {
		facts,
		/** As it is at the last instant that was told. */
		now: () => now,
		at(time: string, command: (now: Conversation) => Command) {
			const after = transition(now, command(now), contextAt(time));
			facts.push(...metricFacts({ before: now, after }, contextAt(time).now.toISOString()));
			now = after;
			return this;
		},
	};
}

const party = (purpose: string) => (now: Conversation) =>
	now.participants.findLast((one) => one.purpose === purpose)?.id ?? "none";
const mediaOf =
	(purpose: string) =>
	(now: Conversation): Command => ({
		type: "media.connected",
		participantId: party(purpose)(now),
	});
const leaves =
	(purpose: string) =>
	(now: Conversation): Command => ({
		type: "leave",
		participantId: party(purpose)(now),
		why: "client",
	});
const holds =
	(held: boolean) =>
	(now: Conversation): Command => ({
		type: "hold",
		participantId: party("agent")(now),
		held,
	});
const done = (now: Conversation): Command => ({
	type: "wrapup",
	participantId: party("agent")(now),
	wrapup: { code: "sale" },
});

function inbound() {
	return story("10:00:00.000", (context) =>
		inboundConversation(
			{ customer: { address: "+1" }, dnis: "+2", queue, divisionId: "home", provider: "test" },
			context,
		),
	).at("10:00:00.000", mediaOf("customer"));
}

const valuesOf = (facts: readonly MetricFact[]) =>
	Object.fromEntries(
		facts.map(({ metric, value }) => [
			metric,
			facts.filter((one) => one.metric === metric).length > 1
				? facts.filter((one) => one.metric === metric).map((one) => one.value)
				: value,
		]),
	);

test("ST-1: an answered call with a hold and after-call work", () => {
	const { facts } = inbound()
		.at("10:00:05.000", () => offer)
		.at("10:00:12.000", (now) => ({ type: "answer", participantId: party("agent")(now) }))
		.at("10:01:00.000", holds(true))
		.at("10:01:20.000", holds(false))
		.at("10:03:12.000", leaves("agent"))
		.at("10:03:42.000", done);
	expect(valuesOf(facts)).toEqual({
		nOffered: 1,
		tAcd: 12_000,
		tWait: 12_000,
		tAnswered: 12_000,
		tAlert: 7_000,
		nConnected: 1,
		tTalk: [48_000, 112_000],
		tHeld: 20_000,
		tTalkComplete: 160_000,
		tHeldComplete: 20_000,
		tAcw: 30_000,
		tHandle: 210_000,
	});
	const handle = facts.find(({ metric }) => metric === "tHandle");
	expect(handle).toMatchObject({
		userId: "anna",
		queueId: "q",
		direction: "inbound",
		medium: "calls",
		wrapupCode: "sale",
	});
});

test("a code that was not given yet counted in the metrics and the details of the call", () => {
	const provisional = (now: Conversation): Command => ({
		type: "wrapup",
		participantId: party("agent")(now),
		wrapup: { code: "sale", notes: "perhaps", provisional: true },
	});
	const { facts, now } = inbound()
		.at("10:00:05.000", () => offer)
		.at("10:00:12.000", (now) => ({ type: "answer", participantId: party("agent")(now) }))
		.at("10:01:00.000", provisional)
		.at("10:03:12.000", leaves("agent"));
	expect(facts.filter(({ wrapupCode }) => wrapupCode)).toEqual([]);
	const [agent] = now().participants.filter(({ purpose }) => purpose === "agent");
	const [call] = agent?.calls ?? [];
	const segments = agent && call ? segmentsOf(agent, call, true) : [];
	expect(segments.at(-1)).toEqual({ segmentType: "wrapup", segmentStart: agent?.startAcwTime, queueId: "q" });
});

test("ST-2: a call is counted once, when its after-call work ends", () => {
	const { facts } = inbound()
		.at("10:20:00.000", () => offer)
		.at("10:20:00.000", (now) => ({ type: "answer", participantId: party("agent")(now) }))
		.at("11:00:00.000", leaves("agent"))
		.at("11:05:00.000", done);
	expect(facts.filter(({ metric }) => metric === "tHandle")).toMatchObject([
		{ value: 45 * 60_000, at: "2026-01-05T11:05:00.000Z" },
	]);
});

test("ST-3: an outbound call without after-call work", () => {
	const { facts } = story("10:00:00.000", (context) =>
		outboundConversation(
			{
				caller: { userId: "anna", name: "Anna" },
				next: { kind: "outside", purpose: "external", address: "+1" },
				divisionId: "home",
				provider: "test",
			},
			context,
		),
	)
		.at("10:00:01.500", mediaOf("user"))
		.at("10:00:07.500", mediaOf("external"))
		.at("10:00:37.500", leaves("user"));
	expect(valuesOf(facts)).toEqual({
		nOutbound: 1,
		tContacting: 1_500,
		tDialing: 6_000,
		nConnected: 1,
		tTalk: 30_000,
		tTalkComplete: 30_000,
		tHandle: 37_500,
	});
});

test("who gives up while the phone rings has abandoned, and the phone has rung for nothing", () => {
	const { facts } = inbound()
		.at("10:00:05.000", () => offer)
		.at("10:00:25.000", (now) => ({ type: "alerting.over", participantId: party("agent")(now) }))
		.at("10:00:30.000", leaves("customer"));
	expect(valuesOf(facts)).toEqual({
		nOffered: 1,
		tAlert: 20_000,
		tNotResponding: 20_000,
		tAcd: 30_000,
		tWait: 30_000,
		tAbandon: 30_000,
	});
});

test("a blind transfer into another queue is one more offer there", () => {
	const { facts } = inbound()
		.at("10:00:05.000", () => offer)
		.at("10:00:10.000", (now) => ({ type: "answer", participantId: party("agent")(now) }))
		.at("10:01:10.000", (now) => ({
			type: "replace",
			participantId: party("agent")(now),
			target: { kind: "queue", queue: { ...queue, id: "q2" } },
		}));
	const queues = (metric: string) => facts.filter((one) => one.metric === metric).map(({ queueId }) => queueId);
	expect([queues("nOffered"), queues("tAnswered"), queues("nBlindTransferred")]).toEqual([["q", "q2"], ["q"], ["q"]]);
});
