import { expect, test } from "vitest";
import { ApiError } from "../../kernel/http/api-error.ts";
import { callOf } from "../call/model.ts";
import { inboundConversation } from "../call/transitions/create.ts";
import type { Wrapup } from "../communication.ts";
import type { Conversation, QueueFacts } from "../model.ts";
import { wantedIn } from "./queueing.ts";
import { type Command, transition } from "./transition.ts";

const start = Date.parse("2026-01-05T09:00:00Z");

/** Applies commands one second apart; ids are counted, so `p-1` is the first party, its call `p-2`. */
function run(conversation: Conversation, commands: readonly Command[]): Conversation {
	return commands.reduce((now, command, index) => transition(now, command, contextAt(now, index + 1)), conversation);
}

function contextAt(conversation: Conversation | undefined, second: number) {
	let ids = conversation ? conversation.participants.length * 100 + second * 10 : 0;
	return { now: new Date(start + second * 1000), newId: () => `p-${++ids}` };
}

const queue: QueueFacts = { id: "q", name: "Help", wrapupPrompt: "mandatory" };

function inbound(facts: QueueFacts = queue): Conversation {
	const call = {
		customer: { name: "Ada", address: "+1" },
		dnis: "+2",
		divisionId: "home",
		provider: "test",
		queue: facts,
	};
	return inboundConversation(call, contextAt(undefined, 0));
}

const id = (conversation: Conversation, purpose: string) =>
	conversation.participants.findLast((one) => one.purpose === purpose)?.id ?? "none";

/** The customer waits. */
function waiting(facts?: QueueFacts): Conversation {
	const fresh = inbound(facts);
	return run(fresh, [{ type: "media.connected", participantId: id(fresh, "customer") }]);
}
const offer: Command = { type: "offer", offer: { queueId: "q", userId: "u", userName: "Uma", timeoutMs: 5000 } };
const ringing = (facts?: QueueFacts) => run(waiting(facts), [offer]);
function talking(facts?: QueueFacts): Conversation {
	const now = ringing(facts);
	return run(now, [{ type: "answer", participantId: id(now, "agent") }]);
}
function wrapping(facts?: QueueFacts): Conversation {
	const now = talking(facts);
	return run(now, [{ type: "leave", participantId: id(now, "agent"), why: "client" }]);
}

/** State of each party by purpose, in order. */
const states = (conversation: Conversation) =>
	conversation.participants.map((one) => `${one.purpose} ${callOf(one).state}`);

test.each<[string, () => Conversation, string[], string | undefined]>([
	["a fresh call", inbound, ["customer alerting"], undefined],
	["waiting", waiting, ["customer connected", "acd connected"], "q"],
	["ringing", ringing, ["customer connected", "acd connected", "agent alerting"], undefined],
	["talking", talking, ["customer connected", "acd disconnected", "agent connected"], undefined],
	["wrapping up", wrapping, ["customer disconnected", "acd disconnected", "agent disconnected"], undefined],
])("%s: who is there, and whether an agent is wanted", (_what, conversation, expected, wanted) => {
	expect(states(conversation())).toEqual(expected);
	expect(wantedIn(conversation())?.queueId).toBe(wanted);
});

test.each<[string, () => Conversation, (now: Conversation) => Command, string[]]>([
	[
		"the caller gives up while waiting",
		waiting,
		(now) => ({ type: "leave", participantId: id(now, "customer"), why: "endpoint" }),
		["customer disconnected", "acd disconnected"],
	],
	[
		"the agent lets it ring",
		ringing,
		(now) => ({ type: "alerting.over", participantId: id(now, "agent") }),
		["customer connected", "acd connected", "agent disconnected"],
	],
	[
		"the agent's line breaks",
		talking,
		(now) => ({ type: "leave", participantId: id(now, "agent"), why: "transport.failure" }),
		["customer connected", "acd disconnected", "agent disconnected", "acd connected"],
	],
	[
		"the caller hangs up",
		talking,
		(now) => ({ type: "leave", participantId: id(now, "customer"), why: "endpoint" }),
		["customer disconnected", "acd disconnected", "agent disconnected"],
	],
	[
		"the agent transfers to a queue",
		talking,
		(now) => ({
			type: "replace",
			participantId: id(now, "agent"),
			target: { kind: "queue", queue: { ...queue, id: "q2" } },
		}),
		["customer connected", "acd disconnected", "agent disconnected", "acd connected"],
	],
	[
		"the agent transfers to a number",
		talking,
		(now) => ({ type: "replace", participantId: id(now, "agent"), target: { kind: "outside", address: "+3" } }),
		["customer connected", "acd disconnected", "agent disconnected", "external dialing"],
	],
	[
		"everything is ended",
		ringing,
		() => ({ type: "end", why: "system" }),
		["customer disconnected", "acd disconnected", "agent disconnected"],
	],
])("%s", (_what, from, command, expected) => {
	const now = from();
	expect(states(run(now, [command(now)]))).toEqual(expected);
});

test("a transfer to a user who does not answer brings the customer back to the queue", () => {
	const now = talking();
	const target = { kind: "user", userId: "u2", name: "Two", alertingTimeoutMs: 1000 } as const;
	const rung = run(now, [{ type: "replace", participantId: id(now, "agent"), target }]);
	expect(rung.recentTransfers).toMatchObject([{ state: "Active", destination: { userId: "u2" } }]);
	const back = run(rung, [{ type: "alerting.over", participantId: id(rung, "agent") }]);
	expect(wantedIn(back)?.queueId).toBe("q");
	expect(back.recentTransfers[0]?.state).toBe("Failed");
	expect(back.participants.some((one) => one.internal.missed)).toBe(false);
});

test.each<[string, () => Conversation, (now: Conversation) => Command]>([
	["a second agent while one is rung", ringing, () => offer],
	[
		"an agent for who waits in another queue",
		waiting,
		() => ({ ...offer, offer: { ...offer.offer, queueId: "other" } }) as Command,
	],
	["an agent when nobody waits", talking, () => offer],
	["hold while it rings", ringing, (now) => ({ type: "hold", participantId: id(now, "agent"), held: true })],
	["mute after the call", wrapping, (now) => ({ type: "control", participantId: id(now, "agent"), muted: true })],
	["hold for a queue", waiting, (now) => ({ type: "hold", participantId: id(now, "acd"), held: true })],
	[
		"record before the answer",
		ringing,
		(now) => ({ type: "control", participantId: id(now, "agent"), recording: true }),
	],
	["resume what is not recorded", talking, () => ({ type: "recording.state", state: "ACTIVE" })],
	["answer what has ended", wrapping, (now) => ({ type: "answer", participantId: id(now, "agent") })],
	[
		"wrap-up by a customer",
		talking,
		(now) => ({ type: "wrapup", participantId: id(now, "customer"), wrapup: { code: "c" } }),
	],
	["wrap-up without a code", wrapping, (now) => ({ type: "wrapup", participantId: id(now, "agent"), wrapup: {} })],
	[
		"wrap-up of a call never answered",
		ringing,
		(now) => ({ type: "wrapup", participantId: id(now, "agent"), wrapup: { code: "c" } }),
	],
	["skipping a mandatory wrap-up", wrapping, (now) => ({ type: "wrapup.skip", participantId: id(now, "agent") })],
	["keys to who has gone", wrapping, (now) => ({ type: "digits", participantId: id(now, "customer") })],
	[
		"a transfer by the customer",
		talking,
		(now) => ({ type: "replace", participantId: id(now, "customer"), target: { kind: "queue", queue } }),
	],
	[
		"another party while nobody talks",
		inbound,
		() => ({ type: "add", target: { kind: "outside", purpose: "external", address: "+9" } }),
	],
])("refused: %s", (_what, from, command) => {
	const now = from();
	expect(() => transition(now, command(now), contextAt(now, 1))).toThrow(ApiError);
	expect(() => transition(now, command(now), contextAt(now, 1))).toThrow(
		expect.objectContaining({ status: 400, code: "conversation.error.invalid.state" }),
	);
});

test("an unknown participant is not found", () => {
	const unknown = () =>
		transition(talking(), { type: "media.connected", participantId: "nobody" }, contextAt(undefined, 1));
	expect(unknown).toThrow(expect.objectContaining({ status: 404, code: "conversation.error.participant.not.found" }));
});

test.each<[QueueFacts["wrapupPrompt"], string, boolean]>([
	["mandatory", "pending", false],
	["timeout", "pending", true],
	["forcedTimeout", "pending", true],
	["optional", "pending", false],
	["agentRequested", "notApplicable", false],
])("a queue with the prompt %s: after-call work is %s", (wrapupPrompt, state, isTimed) => {
	const ended = wrapping({ ...queue, wrapupPrompt, wrapupTimeoutMs: 30_000 });
	const agent = ended.participants.findLast((one) => one.purpose === "agent");
	expect(agent?.calls?.[0]?.afterCallWork?.state).toBe(state);
	expect(agent?.internal.acwDeadline !== undefined).toBe(isTimed);
});

test("after-call work ran out while the server was away, and was over when it came back", () => {
	const ended = wrapping({ ...queue, wrapupPrompt: "timeout", wrapupTimeoutMs: 30_000 });
	const [over, agent] = [{ type: "acw.over", participantId: id(ended, "agent") } as const, ended.participants.at(-1)];
	const at = (ms: number, now = ended) =>
		transition(now, over, { ...contextAt(now, 1), now: new Date(Date.parse(agent?.internal.acwDeadline ?? "") + ms) });
	expect(callOf(at(4_000).participants.at(-1) as never).afterCallWork?.state).toBe("complete");
	const late = at(600_000);
	const given = late.participants.at(-1);
	expect(callOf(given as never).afterCallWork?.state).toBe("pending");
	// The panel counts from its beginning.
	const end = Date.parse(given?.startAcwTime ?? "") + (given?.wrapupTimeoutMs ?? 0);
	expect([new Date(end).toISOString(), end - Date.parse(agent?.internal.acwDeadline ?? "")]).toEqual([
		given?.internal.acwDeadline,
		630_000,
	]);
	expect(callOf(at(630_000, late).participants.at(-1) as never).afterCallWork?.state).toBe("complete");
});

test("an agent asked for after-call work with requestAfterCallWork, and got none", () => {
	const now = talking({ ...queue, wrapupPrompt: "agentRequested", wrapupTimeoutMs: 30_000 });
	const participantId = id(now, "agent");
	const ask = (wanted: boolean): Command => ({ type: "acw.request", participantId, wanted });
	const ended = (...commands: Command[]) =>
		run(now, [...commands, { type: "leave", participantId, why: "client" }]).participants.at(-1);
	expect(ended(ask(true))?.calls?.[0]?.afterCallWork?.state).toBe("pending");
	expect(ended(ask(true))?.internal.acwDeadline).toBeDefined();
	expect(ended(ask(true), ask(false))?.calls?.[0]?.afterCallWork?.state).toBe("notApplicable");
	const mandatory = talking();
	expect(() => run(mandatory, [{ type: "acw.request", participantId: id(mandatory, "agent"), wanted: true }])).toThrow(
		ApiError,
	);
});

test("a code given early ends after-call work at once, but not where the whole time is to be used", () => {
	for (const [wrapupPrompt, state] of [
		["timeout", "complete"],
		["forcedTimeout", "pending"],
	] as const) {
		const now = talking({ ...queue, wrapupPrompt, wrapupTimeoutMs: 30_000 });
		const participantId = id(now, "agent");
		const ended = run(now, [
			{ type: "wrapup", participantId, wrapup: { code: "c" } },
			{ type: "leave", participantId, why: "client" },
		]);
		expect(ended.participants.at(-1)?.calls?.[0]?.afterCallWork?.state).toBe(state);
	}
});

test("a provisional wrap-up is kept but does not end after-call work", () => {
	const now = wrapping();
	const noted = run(now, [
		{ type: "wrapup", participantId: id(now, "agent"), wrapup: { code: "c", provisional: true } },
	]);
	expect(noted.participants.at(-1)).toMatchObject({
		wrapup: { code: "c", provisional: true },
		calls: [{ afterCallWork: { state: "pending" } }],
	});
});

test.each([
	["nothing was noted", {}, "ININ-WRAP-UP-SKIPPED", "skipped"],
	["only notes were typed", { notes: "n" }, "ININ-WRAP-UP-SKIPPED", "skipped"],
	["a code was chosen", { code: "c", notes: "n" }, "c", "complete"],
])("Skip left something else than leaving it to the next interaction, where %s", (_what, noted, code, state) => {
	const now = wrapping({ ...queue, wrapupPrompt: "optional" });
	const participantId = id(now, "agent");
	const kept = run(now, [{ type: "wrapup", participantId, wrapup: { ...noted, provisional: true } }]);
	const [skipped, ignored] = (["wrapup.skip", "acw.left"] as const).map((type) => {
		const { wrapup, wrapupSkipped = false, calls } = run(kept, [{ type, participantId }]).participants.at(-1) ?? {};
		return { wrapup, wrapupSkipped, work: calls?.[0]?.afterCallWork, again: calls?.[0]?.wrapup };
	});
	expect(skipped).toEqual(ignored);
	const wrapup = { ...noted, code, provisional: false };
	expect(skipped).toMatchObject({ wrapup, again: wrapup, wrapupSkipped: state === "skipped", work: { state } });
});

test("a wrap-up that was sent after a mistaken Skip was refused", () => {
	const now = wrapping({ ...queue, wrapupPrompt: "optional" });
	const participantId = id(now, "agent");
	const skipped = run(now, [{ type: "wrapup.skip", participantId }]);
	const say = (wrapup: Wrapup): Command => ({ type: "wrapup", participantId, wrapup });
	const given = run(skipped, [say({ code: "c", notes: "n" })]);
	expect(given.participants.at(-1)).toMatchObject({
		...{ wrapup: { code: "c", notes: "n", provisional: false }, wrapupSkipped: false },
		calls: [{ afterCallWork: { state: "complete" }, wrapup: { code: "c" } }],
	});
	expect(() => run(given, [say({ code: "d" })]), "once").toThrow("is not overwritten");
	expect(() => run(skipped, [say({ notes: "too late", provisional: true })])).toThrow("is not overwritten");
});

test("a Skip that came again, or when the next interaction had ended the work already, was refused", () => {
	const now = wrapping({ ...queue, wrapupPrompt: "optional" });
	const skip = { type: "wrapup.skip", participantId: id(now, "agent") } as const;
	const skipped = run(now, [skip]);
	expect(run(skipped, [skip]).participants.at(-1)).toEqual(skipped.participants.at(-1));
});

test("a finished wrap-up was overwritten", () => {
	const now = wrapping();
	const participantId = id(now, "agent");
	const wrapup = { code: "c", notes: "as it was" };
	const done = run(now, [{ type: "wrapup", participantId, wrapup }]);
	expect(() => run(done, [{ type: "wrapup", participantId, wrapup: { code: "d" } }])).toThrow("is not overwritten");
	expect(() => run(done, [{ type: "wrapup", participantId, wrapup: { ...wrapup, provisional: true } }])).toThrow(
		"is not overwritten",
	);
	// Sent again by who has not seen the answer: nothing changes, and nothing is refused.
	expect(run(done, [{ type: "wrapup", participantId, wrapup }])).toEqual(done);
});
