import { beforeEach, describe, expect, it } from "vitest";
import { lineState } from "../../../voice/web-line-state.ts";
import { metricFacts } from "../../metric-facts.ts";
import type { Conversation } from "../../model.ts";
import { type Command, transition } from "../../transitions/transition.ts";
import { callHistory } from "../history.ts";
import { callOf } from "../model.ts";
import { inboundTo, outboundConversation } from "../transitions/create.ts";
import { recordingsIn } from "../transitions/recording.ts";
import type { Mailbox } from "./model.ts";

let ids = 0;
let second = 0;
const start = Date.parse("2026-11-26T10:00:00Z");
const context = () => ({ now: new Date(start + second * 1000), newId: () => `id-${++ids}` });
beforeEach(() => {
	second = 0;
});

const mailbox: Mailbox = { type: "user", id: "anna", name: "Anna", ringMs: 24_000, longestMs: 180_000 };
const anna = { kind: "user", userId: "anna", name: "Anna", alertingTimeoutMs: 24_000 } as const;
const common = { divisionId: "home", provider: "test" };
const customer = { ...common, customer: { name: "Clara", address: "tel:+31201234567" }, dnis: "tel:+31800" };

function run(conversation: Conversation, ...commands: Command[]): Conversation {
	return commands.reduce((now, command) => transition(now, command, context()), conversation);
}

/** A customer who has called Anna directly. */
function called(more: Partial<Mailbox> = {}): Conversation {
	const call = inboundTo(customer, { ...anna, mailbox: { ...mailbox, ...more } }, context());
	return run(call, { type: "media.connected", participantId: call.participants[0]?.id ?? "" });
}

const idOf = (conversation: Conversation, purpose: string) =>
	conversation.participants.findLast((one) => one.purpose === purpose)?.id ?? "";
const states = (conversation: Conversation) =>
	conversation.participants.map((one) => `${one.purpose} ${callOf(one).state}`);
const voicemailOf = (conversation: Conversation) =>
	conversation.participants.find((one) => one.purpose === "voicemail")?.internal.voicemail;
const recorded = (conversation: Conversation) => recordingsIn(conversation).map(({ kind }) => kind);

describe("a direct call that nobody answers", () => {
	it("VM-1: ended as if nobody had a mailbox; after the ringing the mailbox answers, and what is said after its tone is recorded", () => {
		const rung = called();
		expect(states(rung)).toEqual(["customer connected", "user alerting"]);
		second = 24;
		const answered = run(rung, { type: "alerting.over", participantId: idOf(rung, "user") });
		expect(states(answered)).toEqual(["customer connected", "user disconnected", "voicemail connected"]);
		expect(recorded(answered)).toEqual([]);
		const speaking = run(answered, { type: "voicemail.record", participantId: idOf(answered, "voicemail") });
		expect(recorded(speaking)).toEqual(["voicemail"]);
		// What the agent is shown of recording is of calls.
		expect(speaking.recordingState).toBe("NONE");
		const over = run(speaking, { type: "leave", participantId: idOf(speaking, "customer"), why: "peer" });
		expect(over.endTime).toBeDefined();
		expect(recorded(over)).toEqual([]);
		expect(voicemailOf(over)?.recordingId).toBeDefined();
	});

	it("is answered by the mailbox when it is declined, and a colleague who calls hears it, too", () => {
		const rung = called();
		const declined = run(rung, { type: "leave", participantId: idOf(rung, "user"), why: "client" });
		expect(states(declined)).toContain("voicemail connected");
		const dialled = outboundConversation(
			{ ...common, caller: { userId: "ben", name: "Ben" }, next: { ...anna, mailbox } },
			context(),
		);
		const ringing = run(dialled, { type: "media.connected", participantId: dialled.participants[0]?.id ?? "" });
		const answered = run(ringing, { type: "alerting.over", participantId: idOf(ringing, "user") });
		expect(states(answered)).toEqual(["user connected", "user disconnected", "voicemail connected"]);
	});

	it("FW-1, FW-3: nobody at the number to which it is forwarded took it: the mailbox answers, and at once, without a ring, with a presence that is set so", () => {
		const forwarding = {
			steps: [{ targets: [{ kind: "number" as const, address: "tel:+491512345678" }] }],
			ringMs: 20_000,
			confirm: true,
			voicemail: "PURECLOUD" as const,
		};
		const forwarded = (straight: "presence" | "unreachable") => {
			const next = { ...anna, forwarding, mailbox: { ...mailbox, straight } };
			const call = inboundTo(customer, next, context());
			return run(call, { type: "media.connected", participantId: call.participants[0]?.id ?? "" });
		};
		expect(states(forwarded("presence"))).toEqual(["customer connected", "user disconnected", "voicemail connected"]);
		const dialled = forwarded("unreachable");
		expect(states(dialled)).toEqual(["customer connected", "user disconnected", "external dialing"]);
		const silent = run(dialled, { type: "alerting.over", participantId: idOf(dialled, "external") });
		expect(states(silent).at(-1)).toBe("voicemail connected");
	});

	it("VM-5: with a presence that sends calls to the mailbox, the station rang", () => {
		const straight = called({ straight: "presence" });
		expect(states(straight)).toEqual(["customer connected", "user disconnected", "voicemail connected"]);
	});

	it("that went to the mailbox at once stood in nobody's history: whoever hung up during the greeting had called nobody", () => {
		const straight = called({ straight: "presence" });
		const gone = run(straight, { type: "leave", participantId: idOf(straight, "customer"), why: "peer" });
		expect(callHistory(gone, "anna", new Map())).toMatchObject({ missedCall: true, wentToVoicemail: true });
		expect(gone.participants.map((one) => one.userId)).toContain("anna");
	});

	it("that the caller gives up is missed, and nothing is recorded", () => {
		const rung = called();
		const given = run(rung, { type: "leave", participantId: idOf(rung, "customer"), why: "peer" });
		expect(states(given)).toEqual(["customer disconnected", "user disconnected"]);
		// What is told of a party that is no mailbox changes nothing.
		const odd = run(rung, { type: "voicemail.over", participantId: idOf(rung, "customer") });
		expect(odd).toEqual(rung);
	});

	it("a transfer that reached nobody left the customer to a mailbox: it comes back to who made it", () => {
		const rung = called();
		const talk = run(rung, { type: "answer", participantId: idOf(rung, "user") });
		const ben = { kind: "user", userId: "ben", name: "Ben", alertingTimeoutMs: 1000 } as const;
		const handed = run(talk, { type: "replace", participantId: idOf(talk, "user"), target: ben });
		const back = run(handed, { type: "alerting.over", participantId: idOf(handed, "user") });
		expect(states(back).at(-1)).toBe("user alerting");
		expect(states(back)).not.toContain("voicemail connected");
	});
});

it("a call could not be sent to a mailbox by who was rung, nor by who talked", () => {
	const rung = called();
	const target = { kind: "voicemail", userId: "anna", mailbox } as const;
	const replace = (conversation: Conversation) =>
		run(conversation, { type: "replace", participantId: idOf(conversation, "user"), target });
	expect(states(replace(rung))).toEqual(["customer connected", "user disconnected", "voicemail connected"]);
	const talk = run(rung, { type: "answer", participantId: idOf(rung, "user") });
	const handed = replace(talk);
	expect(states(handed)).toEqual(["customer connected", "user disconnected", "voicemail connected"]);
	expect(handed.recentTransfers).toMatchObject([{ state: "Complete", destination: { userId: "anna" } }]);
	expect(replace(handed)).toEqual(handed);
});

describe("whoever waits in a queue", () => {
	const queueBox: Mailbox = { ...mailbox, type: "queue", id: "support", name: "Support" };
	const waiting = (box?: Mailbox) => {
		const queue = {
			id: "support",
			name: "Support",
			wrapupPrompt: "optional",
			...(box ? { mailbox: box } : {}),
		} as const;
		const call = inboundTo(customer, { kind: "queue", queue }, context());
		return run(call, { type: "media.connected", participantId: call.participants[0]?.id ?? "" });
	};

	it("could not leave a message and go: who was being rung rings no more, and the queue's statistics say that they went elsewhere", () => {
		const offer = { queueId: "support", userId: "ben", userName: "Ben", timeoutMs: 15_000 };
		const ringing = run(waiting(queueBox), { type: "offer", offer });
		expect(lineState(ringing)).toMatchObject({ state: "ringing", mayLeaveMessage: true });
		const left = run(ringing, { type: "voicemail.leave" });
		expect(states(left)).toEqual([
			"customer connected",
			"acd disconnected",
			"agent disconnected",
			"voicemail connected",
		]);
		expect(left.participants[2]?.internal.missed).toBeUndefined();
		expect(lineState(left)).toMatchObject({ state: "voicemail", agentName: "Support" });
		const facts = metricFacts({ before: ringing, after: left }, new Date(start).toISOString());
		expect(facts.map(({ metric }) => metric)).toContain("tFlowOut");
	});

	it("is offered no message where the queue takes none, nor to whom an agent talks", () => {
		expect(lineState(waiting())).not.toHaveProperty("mayLeaveMessage");
		expect(() => run(waiting(), { type: "voicemail.leave" })).toThrow("No message can be left there.");
	});

	it("waited for nobody: where nobody works and the queue says so, its mailbox answers at once", () => {
		const straight = waiting({ ...queueBox, straight: "unstaffed" });
		expect(states(straight)).toEqual(["customer connected", "acd disconnected", "voicemail connected"]);
	});
});

describe("whoever speaks to a mailbox", () => {
	const answered = (more: Partial<Mailbox> = {}) => called({ straight: "presence", ...more });
	const tell = (conversation: Conversation, type: "voicemail.record" | "voicemail.over" | "due") =>
		run(conversation, { type, participantId: idOf(conversation, "voicemail") });
	const press = (conversation: Conversation, digit: string) =>
		run(conversation, { type: "voicemail.key", participantId: idOf(conversation, "voicemail"), digit });

	it("ends by #, by five seconds of silence, and by the longest time there is", () => {
		const speaking = tell(answered(), "voicemail.record");
		expect(press(speaking, "#").endTime).toBeDefined();
		expect(tell(speaking, "voicemail.over").endTime).toBeDefined();
		second = 179;
		expect(tell(speaking, "due").endTime).toBeDefined();
		second = 100;
		expect(tell(speaking, "due").endTime).toBeUndefined();
	});

	it("begins again by *: what was said until then is no message", () => {
		const speaking = tell(answered(), "voicemail.record");
		const first = voicemailOf(speaking)?.recordingId;
		const again = press(speaking, "*");
		expect(voicemailOf(again)).toMatchObject({ stage: "greeting", take: 1 });
		expect(recorded(again)).toEqual([]);
		const second = tell(again, "voicemail.record");
		expect(voicemailOf(second)?.recordingId).not.toBe(first);
	});

	it("skips the greeting by #, and cannot leave anything in a full mailbox", () => {
		expect(voicemailOf(press(answered(), "#"))).toMatchObject({ stage: "greeting", take: 1 });
		const full = answered({ full: true });
		expect(voicemailOf(press(full, "*"))).toMatchObject({ stage: "full", take: 0 });
		expect(voicemailOf(tell(full, "voicemail.record"))?.recordingId).toBeUndefined();
	});

	it("could not reach anybody from a mailbox: 0 leads to the organization's queue, as long as nobody is sent where nobody works", () => {
		const exit = { id: "support", name: "Support", wrapupPrompt: "optional" } as const;
		const press0 = (conversation: Conversation) => {
			const participantId = idOf(conversation, "voicemail");
			return run(conversation, { type: "voicemail.key", participantId, digit: "0", exit });
		};
		const full = answered({ full: true, exitQueueId: "support" });
		expect(lineState(full)).toMatchObject({ state: "voicemail", leadsOn: true });
		const waits = ["customer connected", "user disconnected", "voicemail disconnected", "acd connected"];
		expect(states(press0(full))).toEqual(waits);
		const speaking = tell(answered({ exitQueueId: "support" }), "voicemail.record");
		const left = press0(speaking);
		expect(states(left)).toEqual(waits);
		expect([recorded(left), voicemailOf(left)?.recordingId], "what was said is no message").toEqual([[], undefined]);
		const nowhere = answered();
		expect(lineState(nowhere)).not.toHaveProperty("leadsOn");
		expect(press0(nowhere)).toEqual(nowhere);
	});

	it("lost their place by leaving a queue for its mailbox and coming back", () => {
		const queue = { id: "support", name: "Support", wrapupPrompt: "optional" } as const;
		const box: Mailbox = { ...mailbox, type: "queue", id: "support", name: "Support" };
		const enter = (more: Partial<Mailbox> = {}) => {
			const call = inboundTo(customer, { kind: "queue", queue: { ...queue, mailbox: { ...box, ...more } } }, context());
			return run(call, { type: "media.connected", participantId: call.participants[0]?.id ?? "" });
		};
		const waiting = enter();
		second = 40;
		const back = press(run(waiting, { type: "voicemail.leave" }), "0");
		expect(states(back).at(-1)).toBe("acd connected");
		expect(back.participants.at(-1)?.internal.waitingSince).toBe(new Date(start).toISOString());
		expect(lineState(back)).toMatchObject({ state: "waiting", mayLeaveMessage: true });
		const unstaffed = enter({ straight: "unstaffed" });
		expect(press(unstaffed, "0"), "nobody works there").toEqual(unstaffed);
	});

	it("tVoicemail: what callers leave a queue was in no statistics", () => {
		const box: Mailbox = { ...mailbox, type: "queue", id: "support", name: "Support" };
		const queue = { id: "support", name: "Support", wrapupPrompt: "optional", mailbox: box } as const;
		const call = inboundTo(customer, { kind: "queue", queue }, context());
		const waiting = run(call, { type: "media.connected", participantId: call.participants[0]?.id ?? "" });
		const speaking = tell(run(waiting, { type: "voicemail.leave" }), "voicemail.record");
		second = 12;
		const over = press(speaking, "#");
		const facts = metricFacts({ before: speaking, after: over }, over.endTime ?? "");
		expect(facts.filter(({ metric }) => metric === "tVoicemail")).toMatchObject([
			{ queueId: "support", value: 12_000 },
		]);
		const own = tell(answered(), "voicemail.record");
		expect(metricFacts({ before: own, after: press(own, "#") }, "")).toEqual([]);
	});

	it("is told so twice, by two silences: the second one changes nothing", () => {
		const over = press(tell(answered(), "voicemail.record"), "#");
		expect(tell(over, "voicemail.over")).toEqual(over);
	});
});
