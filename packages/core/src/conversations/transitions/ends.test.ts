import { outcomeOf } from "@inlay/contract";
import { expect, test } from "vitest";
import { callOf } from "../call/model.ts";
import { inboundConversation, outboundConversation } from "../call/transitions/create.ts";
import {
	type Conversation,
	isInAfterCallWork,
	isLive,
	isOutside,
	livePartOf,
	type Participant,
	type QueueFacts,
	waitingAcd,
} from "../model.ts";
import { restMediaConversation } from "../projection/flat.ts";
import { wantedIn } from "./queueing.ts";
import { type Command, transition } from "./transition.ts";

const queue: QueueFacts = { id: "q", name: "Help", wrapupPrompt: "mandatory" };
const common = { divisionId: "home", provider: "test" };
let ids = 0;
let second = 0;

interface Facts {
	isRinging?(userId: string): boolean;
	isReachable?(userId: string): boolean;
}

function context(facts: Facts = {}) {
	return { now: new Date(Date.parse("2026-01-05T09:00:00Z") + ++second * 1000), newId: () => `id-${++ids}`, ...facts };
}

const run = (from: Conversation, commands: Command[], facts?: Facts) =>
	commands.reduce((now, command) => transition(now, command, context(facts)), from);

const outside = (now: Conversation, address: string) =>
	now.participants.findLast((one) => isOutside(one) && one.address === address)?.id ?? "";
const ofUser = (now: Conversation, userId: string) => livePartOf(now, userId)?.id ?? "";
const states = (now: Conversation) =>
	now.participants.filter(isLive).map((one) => `${one.userId ?? one.address ?? one.purpose} ${callOf(one).state}`);

/** A customer of the queue who talks with the agent `anna`. */
function served(facts = queue): Conversation {
	const call = inboundConversation(
		{ ...common, customer: { name: "Ada", address: "+1" }, dnis: "+2", queue: facts },
		context(),
	);
	const waits = run(call, [{ type: "media.connected", participantId: outside(call, "+1") }]);
	const offer = { queueId: "q", userId: "anna", userName: "Anna", timeoutMs: 5000 };
	const rung = run(waits, [{ type: "offer", offer }]);
	return run(rung, [{ type: "answer", participantId: ofUser(rung, "anna") }]);
}

/** `anna` has called `+5` on her own account, and they talk. */
function called(): Conversation {
	const next = { kind: "outside", purpose: "external", address: "+5" } as const;
	const call = outboundConversation({ ...common, caller: { userId: "anna", name: "Anna" }, next }, context());
	const rung = run(call, [{ type: "media.connected", participantId: ofUser(call, "anna") }]);
	return run(rung, [{ type: "media.connected", participantId: outside(rung, "+5") }]);
}

const toNumber = (now: Conversation): Command => ({
	type: "replace",
	participantId: ofUser(now, "anna"),
	target: { kind: "outside", address: "+9" },
});
const toUser = (now: Conversation): Command => ({
	type: "replace",
	participantId: ofUser(now, "anna"),
	target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 },
});
const busy = (now: Conversation): Command => ({
	type: "leave",
	participantId: outside(now, "+9"),
	why: "transfer.noanswer",
	failure: "busy",
});
const declined = (now: Conversation): Command => ({ type: "leave", participantId: ofUser(now, "ben"), why: "client" });

test("a transfer to a busy number does not end the customer's call: the agent is rung again", () => {
	const mine = served();
	const away = run(mine, [toNumber(mine)]);
	expect(away.participants.find((one) => one.userId === "anna")?.calls?.[0]?.afterCallWork?.state).toBe("pending");
	const back = run(away, [busy(away)]);
	expect(states(back)).toEqual(["+1 connected", "anna alerting"]);
	expect(back.recentTransfers[0]?.state).toBe("Failed");
	expect(workOf(back, "anna"), "who does not answer owes it still").toEqual(["pending", undefined]);
	// What she would have noted is noted after the new end, once.
	const again = run(back, [{ type: "answer", participantId: ofUser(back, "anna") }]);
	expect(workOf(again, "anna")).toEqual(["skipped", undefined]);
	const ended = run(again, [{ type: "leave", participantId: ofUser(again, "anna"), why: "client" }]);
	expect(ended.participants.at(-1)?.calls?.[0]?.afterCallWork?.state).toBe("pending");
});

test("a transfer that came back deleted the code that the agent had chosen meanwhile", () => {
	const mine = served();
	const away = run(mine, [toNumber(mine)]);
	const chosen = { code: "sold", notes: "asked for Ben", provisional: true };
	const first = away.participants.find((one) => one.userId === "anna")?.id ?? "";
	const noted = run(away, [{ type: "wrapup", participantId: first, wrapup: chosen }]);
	const rung = run(noted, [busy(noted)]);
	const missed = run(rung, [{ type: "alerting.over", participantId: ofUser(rung, "anna") }]);
	expect(missed.participants.find(({ id }) => id === first)?.wrapup).toMatchObject(chosen);
	const again = answered(rung, "anna");
	expect(livePartOf(again, "anna")?.wrapup).toMatchObject(chosen);
});

/** `at` ms after the time for the work that `anna` began first was over. */
function timeOver(now: Conversation, at = 0): Conversation {
	const { id: participantId, internal } = now.participants.find((one) => one.userId === "anna") as Participant;
	const over = new Date(Date.parse(internal.acwDeadline ?? "") + at);
	return transition(now, { type: "acw.over", participantId }, { ...context(), now: over });
}

/** How the work of the part of `anna` that ended first stands, and what was recorded of it. */
function firstWork(now: Conversation) {
	const { wrapup, calls } = now.participants.find((one) => one.userId === "anna") ?? {};
	return [calls?.[0]?.afterCallWork?.state, wrapup?.code];
}

test("the time for after-call work ran out while the call rang its agent again: two reports were made of one interaction", () => {
	const mine = served({ ...queue, wrapupPrompt: "timeout", wrapupTimeoutMs: 15_000 });
	const away = run(mine, [toNumber(mine)]);
	const rung = timeOver(run(away, [busy(away)]));
	expect(workOf(rung, "anna")).toEqual(["pending", undefined]);
	const again = answered(rung, "anna");
	expect(workOf(again, "anna")).toEqual(["skipped", undefined]);
	const ended = run(again, [{ type: "leave", participantId: ofUser(again, "anna"), why: "client" }]);
	const reports = ended.participants.filter((one) => one.userId === "anna" && (one.wrapup || isInAfterCallWork(one)));
	expect(reports).toHaveLength(1);
	// Who does not take it has half a minute yet, and then it is over.
	const missed = run(rung, [{ type: "alerting.over", participantId: ofUser(rung, "anna") }]);
	expect(firstWork(missed)).toEqual(["pending", undefined]);
	expect(firstWork(timeOver(missed))).toEqual(["complete", "ININ-WRAP-UP-TIMEOUT"]);
});

test("work that may be left was left for another interaction while the call rang its agent again", () => {
	const mine = served({ ...queue, wrapupPrompt: "optional" });
	const away = run(mine, [toNumber(mine)]);
	const left: Command = {
		type: "acw.left",
		participantId: away.participants.find((one) => one.userId === "anna")?.id ?? "",
	};
	const rung = run(away, [busy(away), left]);
	expect(workOf(rung, "anna")).toEqual(["pending", undefined]);
	const missed = run(rung, [{ type: "alerting.over", participantId: ofUser(rung, "anna") }, left]);
	expect(firstWork(missed)).toEqual(["skipped", "ININ-WRAP-UP-SKIPPED"]);
});

test("who comes back to an agent who does not answer, or cannot be rung, waits in the agent's queue", () => {
	const mine = served();
	const handed = run(mine, [toNumber(mine)]);
	const rung = run(handed, [busy(handed)]);
	const missed = run(rung, [{ type: "alerting.over", participantId: ofUser(rung, "anna") }]);
	expect(wantedIn(missed)?.queueId).toBe("q");
	for (const facts of [{ isRinging: () => true }, { isReachable: () => false }]) {
		expect(wantedIn(run(handed, [busy(handed)], facts))?.queueId).toBe("q");
	}
});

test("an agent who answered in the last second counted as not responding while the sound was being set up", () => {
	const call = inboundConversation(
		{ ...common, customer: { name: "Ada", address: "+1" }, dnis: "+2", queue },
		context(),
	);
	const waits = run(call, [{ type: "media.connected", participantId: outside(call, "+1") }]);
	const rung = run(waits, [
		{ type: "offer", offer: { queueId: "q", userId: "anna", userName: "Anna", timeoutMs: 1000 } },
	]);
	const deadlineOf = (now: Conversation) => livePartOf(now, "anna")?.internal.alertingDeadline ?? "";
	const waiting = run(rung, [{ type: "alerting.answered", participantId: ofUser(rung, "anna") }]);
	expect(states(waiting)).toContain("anna alerting");
	expect(deadlineOf(waiting) > deadlineOf(rung)).toBe(true);
	const talks = run(waiting, [{ type: "media.connected", participantId: ofUser(waiting, "anna") }]);
	expect(deadlineOf(talks)).toBe("");
});

test("a call of one's own that is transferred in vain comes back as well, and ends with a reason when nobody takes it", () => {
	const mine = called();
	for (const [there, failed] of [
		[toNumber, busy],
		[toUser, declined],
	]) {
		const away = run(mine, [there?.(mine) as Command]);
		const back = run(away, [failed?.(away) as Command]);
		expect(states(back)).toEqual(["+5 connected", "anna alerting"]);
		const over = run(back, [{ type: "alerting.over", participantId: ofUser(back, "anna") }]);
		expect(over.endTime).toBeDefined();
		expect(callOf(over.participants[1] as never).disconnectType).toBe("transfer.noanswer");
	}
});

test("a customer is not brought back while somebody of the organization is still there", () => {
	const mine = served();
	const three = run(mine, [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } },
	]);
	const both = run(three, [{ type: "answer", participantId: ofUser(three, "ben") }]);
	const away = run(both, [toNumber(both)]);
	expect(states(run(away, [busy(away)]))).toEqual(["+1 connected", "ben connected"]);
});

test.each([
	["declined", "client", { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 }, "ben"],
	["was not reached", "error", { kind: "outside", purpose: "external", address: "+7" }, undefined],
] as const)(
	"a customer was dropped as who had been added %s after the agent had left",
	(_what, why, target, userId) => {
		const mine = served();
		const three = run(mine, [{ type: "add", target }]);
		const left = run(three, [{ type: "leave", participantId: ofUser(three, "anna"), why: "client" }]);
		expect(left.endTime).toBeUndefined();
		const added = userId ? ofUser(left, userId) : outside(left, "+7");
		const back = run(left, [{ type: "leave", participantId: added, why }]);
		expect(states(back)).toEqual(["+1 connected", "anna alerting"]);
		// Rung in vain they wait in the queue: nobody is rung for ever.
		const waits = run(back, [{ type: "alerting.over", participantId: ofUser(back, "anna") }]);
		expect(waitingAcd(waits)).toBeDefined();
	},
);

test("a call of one's own whose caller was left with somebody who declined comes back once, and ends", () => {
	const mine = called();
	const three = run(mine, [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } },
	]);
	const left = run(three, [{ type: "leave", participantId: ofUser(three, "anna"), why: "client" }]);
	const back = run(left, [{ type: "leave", participantId: ofUser(left, "ben"), why: "client" }]);
	expect(states(back)).toEqual(["+5 connected", "anna alerting"]);
	const over = run(back, [{ type: "alerting.over", participantId: ofUser(back, "anna") }]);
	expect(over.endTime).toBeDefined();
});

test("a colleague handed over in vain was dropped as who they had added meanwhile did not answer either", () => {
	const next = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } as const;
	const call = outboundConversation({ ...common, caller: { userId: "anna", name: "Anna" }, next }, context());
	const rung = run(call, [{ type: "media.connected", participantId: ofUser(call, "anna") }]);
	const talk = run(rung, [{ type: "answer", participantId: ofUser(rung, "ben") }]);
	const colleague = (userId: string) => ({ kind: "user", userId, name: userId, alertingTimeoutMs: 1000 }) as const;
	const away = run(talk, [
		{ type: "replace", participantId: ofUser(talk, "anna"), target: colleague("cleo") },
		{ type: "add", target: colleague("dan") },
	]);
	const alone = (order: string[]) =>
		run(
			away,
			order.map((userId) => ({ type: "alerting.over", participantId: ofUser(away, userId) })),
		);
	for (const order of [
		["cleo", "dan"],
		["dan", "cleo"],
	]) {
		const back = alone(order);
		expect(states(back)).toEqual(["ben connected", "anna alerting"]);
		expect(run(back, [{ type: "alerting.over", participantId: ofUser(back, "anna") }]).endTime).toBeDefined();
	}
});

test("a transfer does not take a colleague in a conference off a hold of their own", () => {
	const mine = served();
	const three = run(mine, [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } },
	]);
	const both = run(three, [
		{ type: "answer", participantId: ofUser(three, "ben") },
		{ type: "hold", participantId: ofUser(three, "ben"), held: true },
	]);
	const away = run(both, [toNumber(both)]);
	expect(callOf(livePartOf(away, "ben") as never).held).toBe(true);
});

test("a colleague in a conference had put the call on hold, said their own row, when another agent had done it", () => {
	const rung = run(served(), [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 }, by: "anna" },
	]);
	const ben = ofUser(rung, "ben");
	expect(callOf(livePartOf(rung, "ben") as never).inlayAddedBy).toBe(ofUser(rung, "anna"));
	const held = run(rung, [
		{ type: "answer", participantId: ben },
		{ type: "hold", participantId: ben, held: true, by: "anna" },
	]);
	const shown = (now: Conversation) =>
		restMediaConversation(now).participants.find(({ id }) => id === ben) as Record<string, unknown>;
	expect(shown(held)).toMatchObject({ held: true, inlaySilenced: { userId: "anna" } });
	expect(shown(held).startHoldTime).toBeUndefined();
	const leaves = (participantId: string): Command => ({ type: "leave", participantId, why: "client" });
	const lifted = (commands: Command[]) => livePartOf(run(held, commands), "ben")?.internal.unheard;
	expect(lifted([{ type: "hold", participantId: ben, held: false, by: "ben" }]), "not theirs to end").toBe(true);
	expect(lifted([{ type: "hold", participantId: ben, held: false, by: "anna" }])).toBeUndefined();
	expect(lifted([leaves(ofUser(held, "anna"))]), "who held them has left").toBeUndefined();
	const customer = held.participants.find((one) => one.purpose === "customer")?.id ?? "";
	expect(lifted([leaves(customer)]), "nobody moderates a call of two").toBeUndefined();
});

test("who moderates a conference made a colleague heard who had muted themselves", () => {
	const rung = run(served(), [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 }, by: "anna" },
	]);
	const ben = ofUser(rung, "ben");
	const answered = run(rung, [{ type: "answer", participantId: ben }]);
	const mute = (muted: boolean, by: string): Command => ({ type: "control", participantId: ben, muted, by });
	expect(() => run(answered, [mute(true, "ben"), mute(false, "anna")])).toThrow("They have muted themselves");
	const mutesFirst = [mute(true, "ben"), mute(true, "anna"), mute(false, "anna")];
	expect(() => run(answered, mutesFirst), "by muting them first").toThrow("They have muted themselves");
	const both = [mute(true, "anna"), mute(true, "ben"), mute(false, "anna")];
	expect(() => run(answered, both), "who both have muted").toThrow("They have muted themselves");
	expect(callOf(livePartOf(run(answered, [mute(true, "anna"), mute(false, "anna")]), "ben") as never).muted).toBe(
		false,
	);
});

test("a colleague who was let go while it rang had declined, and who was taken out of a conference had hung up", () => {
	const rung = run(served(), [
		{ type: "add", target: { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 }, by: "anna" },
	]);
	const ben = ofUser(rung, "ben");
	const outcome = (before: Conversation, by: string) => {
		const after = run(before, [{ type: "leave", participantId: ben, why: "client", by }]);
		return outcomeOf(callOf(after.participants.find(({ id }) => id === ben) as never));
	};
	expect([outcome(rung, "anna"), outcome(rung, "ben")]).toEqual(["withdrawn", "declined"]);
	const answered = run(rung, [{ type: "answer", participantId: ben }]);
	expect([outcome(answered, "anna"), outcome(answered, "ben")]).toEqual(["ended", "hungUp"]);
});

test("a customer waited in the queue and talked to a number that the agent had added", () => {
	const mine = served();
	const rung = run(mine, [{ type: "add", target: { kind: "outside", purpose: "external", address: "+9" } }]);
	const toQueue = (now: Conversation): Command => ({
		type: "replace",
		participantId: ofUser(now, "anna"),
		target: { kind: "queue", queue },
	});
	expect(() => run(rung, [toQueue(rung)])).toThrow("+9 is in the call as well");
	const both = run(rung, [{ type: "media.connected", participantId: outside(rung, "+9") }]);
	expect(() => run(both, [toQueue(both)])).toThrow("+9 is in the call as well");
	const again = run(both, [{ type: "leave", participantId: outside(both, "+9"), why: "client" }]);
	expect(wantedIn(run(again, [toQueue(again)]))?.queueId).toBe("q");
});

test("nobody is transferred to, or added, who is in the conversation already", () => {
	const mine = served();
	const self: Command = {
		...(toUser(mine) as object),
		target: { kind: "user", userId: "anna", name: "Anna", alertingTimeoutMs: 1 },
	} as Command;
	expect(() => run(mine, [self])).toThrow("in the conversation already");
	for (const address of ["+1", "tel:+1"]) {
		const target = { kind: "outside", address, purpose: "external" } as const;
		const own = [{ ...(toNumber(mine) as object), target } as Command, { type: "add", target } as Command];
		for (const command of own) expect(() => run(mine, [command])).toThrow("Ada is in the conversation already");
	}
	const behind = { kind: "outside", address: "+1", digitsAfter: ",,12" } as const;
	expect(states(run(mine, [{ ...(toNumber(mine) as object), target: behind } as Command]))).toContain("+1 dialing");
});

test.each([
	["declines", { type: "leave", why: "client" }, "refused", "declined"],
	["does not answer", { type: "alerting.over" }, "noAnswer", "missed"],
	["loses the phone", { type: "leave", why: "transport.failure" }, "unreachable", "interrupted"],
] as const)(
	"a colleague who %s: the caller and the colleague are each told what it was",
	(_what, command, caller, called) => {
		const next = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } as const;
		const call = outboundConversation({ ...common, caller: { userId: "anna", name: "Anna" }, next }, context());
		const rung = run(call, [{ type: "media.connected", participantId: ofUser(call, "anna") }]);
		const over = run(rung, [{ ...command, participantId: ofUser(rung, "ben") } as Command]);
		expect(over.participants.map((one) => outcomeOf(callOf(one)))).toEqual([caller, called]);
	},
);

test("an agent whose caller gave up while it rang has not missed anything", () => {
	const call = inboundConversation({ ...common, customer: { address: "+1" }, dnis: "+2", queue }, context());
	const waits = run(call, [{ type: "media.connected", participantId: outside(call, "+1") }]);
	const offer = { queueId: "q", userId: "anna", userName: "Anna", timeoutMs: 5000 };
	const rung = run(waits, [{ type: "offer", offer }]);
	const gone = run(rung, [{ type: "leave", participantId: outside(rung, "+1"), why: "endpoint" }]);
	expect(gone.participants.map((one) => outcomeOf(callOf(one)))).toEqual(["otherHungUp", "otherHungUp", "abandoned"]);
	expect(gone.participants.some((one) => one.internal.missed)).toBe(false);
});

test("nobody rings on, and no queue waits on, for a caller who has gone", () => {
	const next = { kind: "queue", queue } as const;
	const call = outboundConversation({ ...common, caller: { userId: "anna", name: "Anna" }, next }, context());
	const waits = run(call, [{ type: "media.connected", participantId: ofUser(call, "anna") }]);
	const ben = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } as const;
	const rung = run(waits, [{ type: "add", target: ben }]);
	const gone = run(rung, [{ type: "leave", participantId: ofUser(rung, "anna"), why: "client" }]);
	expect([states(gone), gone.endTime !== undefined]).toEqual([[], true]);
});

test("two numbers that were called for a conference do not talk to each other when the agent has left", () => {
	const mine = called();
	const add = (address: string): Command => ({
		type: "add",
		target: { kind: "outside", purpose: "external", address },
	});
	const three = run(mine, [
		add("+6"),
		add("+7"),
		{ type: "leave", participantId: outside(mine, "+5"), why: "endpoint" },
	]);
	const gone = run(three, [{ type: "leave", participantId: ofUser(three, "anna"), why: "client" }]);
	expect(states(gone)).toEqual([]);
});

const workOf = (now: Conversation, userId: string) =>
	now.participants.filter((one) => one.userId === userId).map((one) => callOf(one).afterCallWork?.state);
const colleague = (userId: string) => ({ kind: "user", userId, name: userId, alertingTimeoutMs: 1000 }) as const;
const answered = (now: Conversation, userId: string) =>
	run(now, [{ type: "answer", participantId: ofUser(now, userId) }]);
const handedTo = (now: Conversation, from: string, to: string) =>
	run(now, [{ type: "replace", participantId: ofUser(now, from), target: colleague(to) }]);

test("an agent who got the same call a second time could never wrap up the first part, and got no more work", () => {
	const mine = served();
	const away = answered(handedTo(mine, "anna", "ben"), "ben");
	const first = away.participants.find((one) => one.userId === "anna")?.id ?? "";
	const typed = run(away, [{ type: "wrapup", participantId: first, wrapup: { notes: "asked", provisional: true } }]);
	const rung = handedTo(typed, "ben", "anna");
	expect(workOf(rung, "anna"), "who does not answer owes it still").toEqual(["pending", undefined]);
	const back = answered(rung, "anna");
	expect(workOf(back, "anna")).toEqual(["skipped", undefined]);
	const over = run(back, [{ type: "leave", participantId: outside(back, "+1"), why: "endpoint" }]);
	expect(workOf(over, "anna")).toEqual(["skipped", "pending"]);
	const { id = "", wrapup } = over.participants.at(-1) ?? {};
	expect(wrapup?.notes).toBe("asked");
	const done = run(over, [{ type: "wrapup", participantId: id, wrapup: { code: "c" } }]);
	expect(workOf(done, "anna")).toEqual(["skipped", "complete"]);
	expect(done.participants.filter((one) => one.userId === "anna" && one.wrapupRequired)).toEqual([]);
});

test("an agent who left a conference and was added again owed the work of before for good", () => {
	const mine = served();
	const three = answered(run(mine, [{ type: "add", target: colleague("ben") }]), "ben");
	const left = run(three, [{ type: "leave", participantId: ofUser(three, "anna"), why: "client" }]);
	expect(workOf(left, "anna")).toEqual(["pending"]);
	const again = answered(run(left, [{ type: "add", target: colleague("anna") }]), "anna");
	expect(workOf(again, "anna")).toEqual(["skipped", undefined]);
	expect(livePartOf(again, "anna")).toMatchObject({ purpose: "agent", queueId: "q", wrapupRequired: true });
	const over = run(again, [{ type: "leave", participantId: ofUser(again, "anna"), why: "client" }]);
	expect(workOf(over, "anna")).toEqual(["skipped", "pending"]);
	expect(states(over)).toEqual(["+1 connected", "ben connected"]);
});

test("a customer who talked on with a colleague waited in the queue as well", () => {
	const mine = served();
	const rung = run(mine, [{ type: "add", target: colleague("ben") }]);
	for (const three of [rung, answered(rung, "ben")]) {
		const toQueue: Command = {
			type: "replace",
			participantId: ofUser(three, "anna"),
			target: { kind: "queue", queue },
		};
		expect(() => run(three, [toQueue])).toThrow("leave the call instead");
	}
	// Without one the customer waits, as ever.
	const alone = run(mine, [
		{ type: "replace", participantId: ofUser(mine, "anna"), target: { kind: "queue", queue: { ...queue, id: "q2" } } },
	]);
	expect(waitingAcd(alone)?.queueId).toBe("q2");
});
