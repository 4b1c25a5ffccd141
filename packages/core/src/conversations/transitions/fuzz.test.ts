import { expect, test } from "vitest";
import { ApiError } from "../../kernel/http/api-error.ts";
import { randomOf } from "../../test-support/random.ts";
import { consultOf, objectSide } from "../call/consult/model.ts";
import { callOf } from "../call/model.ts";
import { inboundConversation, outboundConversation } from "../call/transitions/create.ts";
import {
	type Conversation,
	isConnected,
	isInAfterCallWork,
	isLive,
	isOutside,
	isOver,
	isStaff,
	isUnheard,
	type QueueFacts,
} from "../model.ts";
import type { TransitionContext } from "./context.ts";
import { wantedIn } from "./queueing.ts";
import { type Command, transition } from "./transition.ts";

const refusals = [
	"conversation.error.invalid.state",
	"consult.already.active",
	"conference.limit",
	"conversation.error.participant.not.found",
	"conversation.error.consult.transfer.no.initiator",
	"conversation.error.consult.transfer.pending.not.found",
];

type Random = () => number;
const oneOf = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

function queueOf(random: Random): QueueFacts {
	const wrapupPrompt = oneOf(random, ["mandatory", "optional", "timeout", "forcedTimeout", "agentRequested"] as const);
	const id = oneOf(random, ["q1", "q2"]);
	return { id, name: id, wrapupPrompt, wrapupTimeoutMs: 10_000 };
}

function startOf(random: Random, context: TransitionContext): Conversation {
	const common = { divisionId: "home", provider: "test" };
	const queue = queueOf(random);
	const outside = { kind: "outside", purpose: "external", address: "+1" } as const;
	const user = { kind: "user", userId: "u9", name: "Nine", alertingTimeoutMs: 1000 } as const;
	if (random() < 0.5)
		return inboundConversation({ ...common, customer: { address: "+1" }, dnis: "+2", queue }, context);
	const next = oneOf(random, [outside, user, { kind: "queue", queue } as const]);
	const fromQueue = random() < 0.5 ? { fromQueue: queue } : {};
	return outboundConversation({ ...common, ...fromQueue, caller: { userId: "u0", name: "Zero" }, next }, context);
}

function commandOf(random: Random, conversation: Conversation): Command {
	const participantId = oneOf(random, conversation.participants).id;
	const userId = oneOf(random, ["u1", "u2", "u3"]);
	const flag = random() < 0.5;
	const why = oneOf(random, ["client", "endpoint", "transport.failure", "error"] as const);
	const commands: Array<() => Command> = [
		() => ({ type: "media.connected", participantId }),
		() => ({ type: "media.connected", participantId }),
		() => ({ type: "answer", participantId }),
		() => ({ type: "leave", participantId, why }),
		() => ({
			type: "offer",
			offer: { queueId: wantedIn(conversation)?.queueId ?? "q1", userId, userName: userId, timeoutMs: 1000 },
		}),
		() => ({ type: "alerting.over", participantId }),
		() => ({ type: "hold", participantId, held: flag }),
		() => ({ type: "hold", participantId, held: random() < 0.8, by: oneOf(random, ["u0", "u1", "u2", "u3", "u9"]) }),
		() => ({ type: "control", participantId, muted: flag, confined: !flag }),
		() => ({ type: "control", participantId, recording: flag }),
		() => ({ type: "recording.state", state: oneOf(random, ["ACTIVE", "PAUSED", "NONE"] as const) }),
		() => ({ type: "digits", participantId }),
		() => ({ type: "user.ended", userId }),
		() => ({ type: "attributes", participantId, attributes: { a: flag ? "" : "1" } }),
		() => ({ type: "wrapup", participantId, wrapup: { code: "c", provisional: flag } }),
		() => ({ type: "wrapup.skip", participantId }),
		() => ({ type: "acw.over", participantId }),
		() => ({ type: "add", target: { kind: "outside", purpose: "external", address: "+3" } }),
		() => ({ type: "replace", participantId, target: { kind: "queue", queue: queueOf(random) } }),
		() => ({ type: "replace", participantId, target: { kind: "user", userId, name: userId, alertingTimeoutMs: 1000 } }),
		() => ({ type: "replace", participantId, target: { kind: "outside", address: "+4" } }),
		() => ({ type: "consult.start", ...consultOn(conversation, random), ...consultWish(random, userId) }),
		() => ({ type: "consult.start", ...consultOn(conversation, random), ...consultWish(random, userId) }),
		() => ({
			type: "consult.speak",
			participantId: consultOf(conversation)?.objectId ?? participantId,
			speakTo: oneOf(random, ["DESTINATION", "OBJECT", "BOTH", "CONFERENCE"] as const),
		}),
		() => ({ type: "consult.cancel", participantId: consultOf(conversation)?.objectId ?? participantId }),
		() => (random() < 0.1 ? { type: "end", why } : aboutThem(participantId, flag, random)),
	];
	return oneOf(random, commands)();
}

function aboutThem(participantId: string, flag: boolean, random: Random): Command {
	if (random() < 0.5) return { type: "flag", participantId, flagged: flag };
	return { type: "contact", participantId, ...(flag ? { contact: { id: "c1", name: "Carol" } } : {}) };
}

/** Of whoever talks about whoever talks; now and then of somebody else. */
function consultOn(conversation: Conversation, random: Random): { participantId: string; userId: string } {
	const talking = conversation.participants.filter(isConnected);
	const initiator = oneOf(random, talking.filter(isStaff))?.userId ?? "u1";
	return { participantId: oneOf(random, talking)?.id ?? "nobody", userId: initiator };
}

function consultWish(random: Random, userId: string) {
	const target = oneOf(random, [
		{ kind: "user", userId, name: userId, alertingTimeoutMs: 1000 },
		{ kind: "queue", queue: queueOf(random) },
		{ kind: "outside", address: "+5" },
	] as const);
	const speakTo = oneOf(random, ["DESTINATION", "OBJECT", "BOTH"] as const);
	return { target, speakTo };
}

/** Nobody hears what is not meant for them, and nobody is held whom nobody could take back. */
function expectSoundConsult(conversation: Conversation): void {
	const consult = consultOf(conversation);
	const live = conversation.participants.filter(isLive);
	const staff = live.filter((one) => isStaff(one) && callOf(one).state !== "alerting");
	if (staff.length === 0) expect(live.filter((one) => isOutside(one) && callOf(one).held)).toEqual([]);
	const silenced = staff.filter((one) => isConnected(one) && one.internal.heldBy !== undefined);
	for (const one of silenced) expect(one.internal.unheard || one.id === consult?.initiatorId).toBe(true);
	if (!consult) {
		expect(live.filter((one) => one.internal.unheard && !silenced.includes(one))).toEqual([]);
		return;
	}
	const initiator = live.find((one) => one.id === consult.initiatorId);
	expect(initiator?.consultParticipantId).toBe(consult.objectId);
	const destination = live.find((one) => one.id === consult.destinationId);
	expect(destination === undefined).toBe(consult.stage === "failed");
	if (consult.stage === "failed") return;
	const customers = objectSide(conversation, consult);
	expect(customers.length).toBeGreaterThan(0);
	const isAway = consult.speakTo === "DESTINATION" || (consult.speakTo === "BOTH" && consult.stage === "ringing");
	for (const one of customers.filter(isConnected)) expect(isAway && !isUnheard(one)).toBe(false);
	if (consult.stage === "talking" && consult.speakTo === "OBJECT" && destination)
		expect(isUnheard(destination)).toBe(true);
}

/** Whom a colleague has put on hold is held by them until they say so, one of the two leaves, or nobody moderates any more. */
function expectStillSilenced(before: Conversation, command: Command, after: Conversation): void {
	const talking = after.participants.filter((one) => one.purpose !== "acd" && isConnected(one));
	if (talking.length <= 2 || command.type === "hold") return;
	for (const { id, internal } of before.participants) {
		const now = talking.find((one) => one.id === id);
		const isThere = after.participants.some((one) => isLive(one) && one.userId === internal.heldBy);
		if (internal.heldBy && now && isStaff(now) && isThere) expect(now.internal.heldBy).toBe(internal.heldBy);
	}
}

/** What holds for every conversation at every time. */
function expectSound(conversation: Conversation): void {
	const { participants } = conversation;
	const live = participants.filter(isLive);
	expect(new Set(participants.map((one) => one.id)).size).toBe(participants.length);
	expect(conversation.endTime === undefined).toBe(live.length > 0);
	expect(live.filter((one) => one.purpose === "acd").length).toBeLessThanOrEqual(1);
	if (live.some((one) => one.purpose === "acd")) {
		expect(
			live.filter((one) => one.purpose === "agent" && callOf(one).state === "alerting").length,
		).toBeLessThanOrEqual(1);
		expect(live.some((one) => one.purpose !== "acd" && callOf(one).state !== "alerting")).toBe(true);
	}
	if (wantedIn(conversation)) expect(live.some((one) => one.purpose === "acd")).toBe(true);
	expectSoundConsult(conversation);
	for (const one of participants) expectSoundParty(one);
	const recording = live.some((one) => callOf(one).recording);
	expect(conversation.recordingState !== "NONE").toBe(recording);
	expect(conversation.internal.recordingId !== undefined).toBe(recording);
	if (isOver(conversation)) expect(live).toEqual([]);
}

function expectSoundParty(one: Conversation["participants"][number]): void {
	const call = callOf(one);
	expect(one.endTime !== undefined).toBe(!isLive(one));
	expect(call.disconnectType !== undefined).toBe(!isLive(one));
	if (call.held || call.recording || call.confined === true) expect(call.connectedTime).toBeDefined();
	if (call.held) expect(call.state).toBe("connected");
	if (call.state === "connected") expect(call.connectedTime).toBeDefined();
	if (isStaff(one)) expect(one.internal.alertingDeadline !== undefined).toBe(call.state === "alerting");
	else if (one.internal.alertingDeadline) expect(call.state).toBe("dialing");
	if (isInAfterCallWork(one))
		expect([isLive(one), one.purpose, one.queueId !== undefined]).toEqual([false, "agent", true]);
	if (one.internal.acwDeadline !== undefined) expect(isInAfterCallWork(one)).toBe(true);
	if (one.internal.missed) expect([one.purpose, call.connectedTime]).toEqual(["agent", undefined]);
}

test("whatever happens in whatever order, a conversation stays sound and refuses only by known codes", () => {
	const applied = new Map<string, number>();
	let refused = 0;
	for (let seed = 1; seed <= 120; seed++) {
		const random = randomOf(seed);
		let ids = 0;
		let now = Date.parse("2026-01-05T09:00:00Z");
		const context = () => ({ now: new Date(now), newId: () => `id-${++ids}` });
		let conversation = startOf(random, context());
		for (let step = 0; step < 60; step++) {
			now += 1000;
			const before = JSON.stringify(conversation);
			const command = commandOf(random, conversation);
			try {
				const after = transition(conversation, command, context());
				expect(JSON.stringify(conversation)).toBe(before);
				expectStillSilenced(conversation, command, after);
				conversation = JSON.parse(JSON.stringify(after)) as Conversation;
				if (JSON.stringify(conversation) !== before) applied.set(command.type, (applied.get(command.type) ?? 0) + 1);
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				expect(refusals).toContain(error.code);
				refused++;
			}
			expectSound(conversation);
		}
	}
	// A fuzz that never gets anywhere proves nothing: every command must have worked, and some been refused.
	expect([...applied.keys()].sort()).toEqual(
		[
			"acw.over",
			"add",
			"alerting.over",
			"answer",
			"attributes",
			"consult.cancel",
			"contact",
			"consult.speak",
			"consult.start",
			"control",
			"end",
			"flag",
			"hold",
			"leave",
			"media.connected",
			"offer",
			"recording.state",
			"replace",
			"user.ended",
			"wrapup",
			"wrapup.skip",
		].sort(),
	);
	expect(refused).toBeGreaterThan(1000);
}, 120_000);
