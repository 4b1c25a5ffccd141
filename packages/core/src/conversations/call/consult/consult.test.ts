import { outcomeOf } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../../kernel/http/api-error.ts";
import { isInAfterCallWork } from "../../model.ts";
import { defaultRecordingRules } from "../../recording-rules.ts";
import { asking, ben, number, ringing, type Story, sales, start, talking } from "../../test-support/consult-story.ts";
import { wantedIn } from "../../transitions/queueing.ts";
import { callHistory } from "../history.ts";
import { callOf } from "../model.ts";
import { defaultCallRules } from "../rules/model.ts";
import { recordingsIn } from "../transitions/recording.ts";
import { consultOf } from "./model.ts";

describe("who hears whom", () => {
	test.each<[string, () => Story, string, string]>([
		[
			"while it rings the customer hears music",
			ringing,
			"(customer connected), anna connected, ben alerting",
			"Pending Attended",
		],
		[
			"CT-1 private: the customer hears neither",
			asking,
			"(customer connected), anna connected, ben connected",
			"Active Attended",
		],
		[
			"back: Ben hears music",
			() => asking().speak("OBJECT"),
			"customer connected, anna connected, (ben connected)",
			"Active Attended",
		],
		[
			"together: all three",
			() => asking().speak("BOTH"),
			"customer connected, anna connected, ben connected",
			"Active Attended",
		],
		[
			"private again",
			() => asking().speak("BOTH").speak("DESTINATION"),
			"(customer connected), anna connected, ben connected",
			"Active Attended",
		],
		[
			"the customer can be spoken to while it rings",
			() => ringing().speak("OBJECT"),
			"customer connected, anna connected, ben alerting",
			"Pending Attended",
		],
		[
			"and Ben hears music when he answers then",
			() => ringing().speak("OBJECT").answer("ben"),
			"customer connected, anna connected, (ben connected)",
			"Active Attended",
		],
		[
			"asked for together, the customer waits for Ben's answer",
			() => talking().consult(ben, "BOTH"),
			"(customer connected), anna connected, ben alerting",
			"Pending Attended",
		],
		[
			"together as soon as Ben answers",
			() => talking().consult(ben, "BOTH").answer("ben"),
			"customer connected, anna connected, ben connected",
			"Active Attended",
		],
		[
			"a number outside",
			() => talking().consult(number).answer(number.address),
			"(customer connected), anna connected, outside connected",
			"Active Attended",
		],
		[
			"a number outside, back with the customer",
			() => talking().consult(number).answer(number.address).speak("OBJECT"),
			"customer connected, anna connected, (outside connected)",
			"Active Attended",
		],
		["cancelled while it rings", () => ringing().cancel(), "customer connected, anna connected", "Canceled Attended"],
		["cancelled in private", () => asking().cancel(), "customer connected, anna connected", "Canceled Attended"],
		["complete", () => asking().leaves("anna"), "customer connected, ben connected", "Complete Attended"],
		[
			"complete while together",
			() => asking().speak("BOTH").leaves("anna"),
			"customer connected, ben connected",
			"Complete Attended",
		],
		[
			"complete while Ben hears music",
			() => asking().speak("OBJECT").leaves("anna"),
			"customer connected, ben connected",
			"Complete Attended",
		],
		[
			"Anna's browser does not come back: complete",
			() => asking().leaves("anna", "transport.failure"),
			"customer connected, ben connected",
			"Complete Attended",
		],
		[
			"her browser is gone, a number outside is consulted: complete",
			() => talking().consult(number).answer(number.address).leaves("anna", "transport.failure"),
			"customer connected, outside connected",
			"Complete Attended",
		],
		[
			"Ben leaves: the customer stays on hold",
			() => asking().leaves("ben"),
			"(customer connected), anna connected",
			"Canceled Attended",
		],
		[
			"CT-2 no answer: failed, and the customer stays on hold",
			() => talking().consult(number).after(30).ringsOut(number.address),
			"(customer connected), anna connected",
			"Failed Attended",
		],
		[
			"one press returns",
			() => talking().consult(number).after(30).ringsOut(number.address).cancel(),
			"customer connected, anna connected",
			"Failed Attended",
		],
		["declined", () => ringing().leaves("ben"), "(customer connected), anna connected", "Failed Attended"],
		[
			"another one is consulted after the first has failed",
			() => ringing().leaves("ben").consult(number),
			"(customer connected), anna connected, outside dialing",
			"Failed Attended, Pending Attended",
		],
		[
			"CT-5 the customer hangs up: Ben and Anna still talk",
			() => asking().leaves("customer", "endpoint"),
			"anna connected, ben connected",
			"Canceled Attended",
		],
		[
			"the customer hangs up while Ben hears music",
			() => asking().speak("OBJECT").leaves("customer", "endpoint"),
			"anna connected, ben connected",
			"Canceled Attended",
		],
		[
			"a conference leaves nothing to transfer",
			() => asking().speak("CONFERENCE"),
			"customer connected, anna connected, ben connected",
			"Canceled Attended",
		],
		[
			"CT-3 Anna hangs up while it rings",
			() => ringing().after(3).leaves("anna"),
			"customer connected, ben alerting",
			"Active Unattended",
		],
		[
			"CT-3 and Ben answers",
			() => ringing().after(3).leaves("anna").after(6).answer("ben"),
			"customer connected, ben connected",
			"Complete Unattended",
		],
		[
			"CT-4 and Ben never answers",
			() => ringing().after(3).leaves("anna").after(20).ringsOut("ben"),
			"customer connected, queue support",
			"Failed Unattended",
		],
		[
			"her browser is gone while it rings: the queue",
			() => ringing().leaves("anna", "transport.failure"),
			"customer connected, queue support",
			"Canceled Attended",
		],
		[
			"a queue is asked, and the customer waits apart",
			() => talking().consult({ kind: "queue", queue: sales }),
			"(customer connected), anna connected, queue sales",
			"Pending Attended",
		],
		[
			"its agent is rung",
			() => talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales"),
			"(customer connected), anna connected, queue sales, ben alerting",
			"Pending Attended",
		],
		[
			"its agent does not answer, and the queue goes on",
			() => talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales").ringsOut("ben"),
			"(customer connected), anna connected, queue sales",
			"Pending Attended",
		],
		[
			"its agent answers",
			() => talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales").answer("ben"),
			"(customer connected), anna connected, ben connected",
			"Active Attended",
		],
		[
			"its agent hears music",
			() => talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales").answer("ben").speak("OBJECT"),
			"customer connected, anna connected, (ben connected)",
			"Active Attended",
		],
		[
			"Anna hangs up while the queue waits",
			() => talking().consult({ kind: "queue", queue: sales }).leaves("anna"),
			"customer connected, queue sales",
			"Complete Unattended",
		],
		[
			"cancelled while an agent of the queue is rung",
			() => talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales").cancel(),
			"customer connected, anna connected",
			"Canceled Attended",
		],
	])("%s", (_what, story, scene, transfer) => {
		const after = story();
		expect([after.scene, after.transfer]).toEqual([scene, transfer]);
	});
});

test("whom a consult was about did not stand with those who took part in it", () => {
	const story = asking();
	const of = (who: string) => story.party(who).consultParticipantId;
	expect([of("anna"), of("ben"), of("customer")]).toEqual([story.customer, story.customer, undefined]);
	expect(callOf(story.party("ben")).transferSource).toBe(story.party("anna").id);
	story.cancel();
	expect([of("anna"), consultOf(story.now)]).toEqual([undefined, undefined]);
	const queued = talking().consult({ kind: "queue", queue: sales }).offer("ben", "sales");
	expect(queued.party("ben").consultParticipantId).toBe(queued.customer);
});

test("CT-4 who came back from a transfer in vain had lost their place in the queue", () => {
	const story = ringing().after(3).leaves("anna");
	expect(story.party("ben").internal.alertingDeadline).toBe(new Date(start + (story.second + 20) * 1000).toISOString());
	story.after(20).ringsOut("ben");
	expect(wantedIn(story.now)).toEqual({ queueId: "support", since: new Date(start + 1000).toISOString(), priority: 0 });
});

test("the customer of an agent whose browser has gone is answered before others", () => {
	expect(wantedIn(ringing().leaves("anna", "transport.failure").now)?.priority).toBe(10);
});

test("who had no queue to go back to was lost: they ring the agent who handed them over", () => {
	const story = ringing();
	for (const one of story.now.participants) if (one.userId === "anna") one.internal.acd = false;
	story.leaves("anna").after(20).ringsOut("ben");
	expect(story.scene).toBe("customer connected, anna alerting");
});

test("CT-1 whoever takes a customer over wraps up for the queue, and the agent who completes at once", () => {
	const story = asking().leaves("anna");
	expect(isInAfterCallWork(story.party("anna"))).toBe(true);
	expect(story.party("ben")).toMatchObject({ purpose: "agent", queueId: "support", wrapupRequired: true });
	story.leaves("customer", "endpoint");
	expect(isInAfterCallWork(story.party("ben"))).toBe(true);
	expect(callOf(story.party("anna")).disconnectType).toBe("transfer.consult");
});

test("CT-5 the wrap-up is due after the one who was consulted has left", () => {
	const story = asking().leaves("customer", "endpoint");
	expect(isInAfterCallWork(story.party("anna"))).toBe(false);
	story.leaves("ben");
	expect(isInAfterCallWork(story.party("anna"))).toBe(true);
});

test("why nobody was reached stands with them", () => {
	const declined = ringing().leaves("ben");
	expect(callOf(declined.party("ben")).errorInfo?.code).toBe("call.failure.refused");
	const silent = talking().consult(number).after(30).ringsOut(number.address);
	expect(callOf(silent.party(number.address)).errorInfo?.code).toBe("call.failure.noanswer");
});

test("a second click began a second consult", () => {
	const story = ringing();
	const before = JSON.stringify(story.now);
	story.consult(ben);
	expect(JSON.stringify(story.now)).toBe(before);
});

test.each<[string, string, (story: Story) => unknown]>([
	["a second consult", "consult.already.active", (one) => one.consult(number)],
	[
		"a blind transfer meanwhile",
		"consult.already.active",
		(one) => one.do({ type: "replace", participantId: one.id("anna"), target: number }),
	],
	[
		"an addition meanwhile",
		"consult.already.active",
		(one) => one.do({ type: "add", target: { ...number, purpose: "external" } }),
	],
	[
		"taking the customer off hold behind the consult's back",
		"conversation.error.invalid.state",
		(one) => one.do({ type: "hold", participantId: one.customer, held: false }),
	],
	["somebody else's consult", "conversation.error.not.conversation.participant", (one) => one.speak("BOTH", "ben")],
	["a conference before anybody has answered", "conversation.error.invalid.state", (one) => one.speak("CONFERENCE")],
	["a consult that is over", "conversation.error.consult.transfer.pending.not.found", (one) => one.cancel().cancel()],
])("%s is refused", (_what, code, wrong) => {
	const story = ringing();
	expect(codeOf(() => wrong(story))).toBe(code);
});

test("who is being called by somebody else is told to be busy, and the customer is not put on hold", () => {
	const story = talking();
	story.ringing.add("ben");
	expect(codeOf(() => story.consult(ben))).toBe("consult.destination.busy");
	expect(story.scene).toBe("customer connected, anna connected");
	expect(
		codeOf(() =>
			asking().do({
				type: "consult.start",
				participantId: asking().customer,
				userId: "zoe",
				target: ben,
				speakTo: "BOTH",
			}),
		),
	).toBe("consult.already.active");
});

test("CF-1 a party more than the limit is refused", () => {
	const story = talking();
	for (let count = 3; count <= 6; count++)
		story.do({ type: "add", target: { kind: "outside", purpose: "external", address: `+${count}` } });
	expect(codeOf(() => story.do({ type: "add", target: { kind: "outside", purpose: "external", address: "+7" } }))).toBe(
		"conference.limit",
	);
	expect(codeOf(() => story.consult(ben))).toBe("conference.limit");
});

test("a party was held, and the last one who could take them back had left", () => {
	const story = talking().do({ type: "add", target: { kind: "outside", purpose: "external", address: "+7" } });
	story.answer("+7").do({ type: "hold", participantId: story.id("+7"), held: true });
	expect(story.scene).toBe("customer connected, anna connected, (outside connected)");
	expect(story.leaves("anna").scene).toBe("customer connected, outside connected");
});

/** Anna, Ben and the customer talk together; Ben came by a consult. */
const together = () => asking().speak("CONFERENCE");
const silencing = {
	held: (story: Story, by: string, on: boolean) =>
		story.do({ type: "hold", participantId: story.customer, held: on, by }),
	muted: (story: Story, by: string, on: boolean) =>
		story.do({ type: "control", participantId: story.customer, muted: on, by }),
};

test("a colleague on hold stayed so when the customer left while somebody rang: nobody could take them back", () => {
	const story = together().do({ type: "hold", participantId: together().id("ben"), held: true, by: "anna" });
	story.do({ type: "add", target: { kind: "outside", purpose: "external", address: "+7" } });
	expect(story.scene).toBe("customer connected, anna connected, (ben connected), outside dialing");
	expect(story.leaves("customer", "peer").scene).toBe("anna connected, ben connected, outside dialing");
});

describe("whom somebody who left had put on hold, or muted, stayed so for ever", () => {
	const leaving: Array<[string, (story: Story) => unknown]> = [
		["hangs up or is removed", (story) => story.leaves("anna")],
		["loses their browser", (story) => story.leaves("anna", "transport.failure")],
		["is deactivated", (story) => story.do({ type: "user.ended", userId: "anna" })],
	];
	const all = leaving.flatMap(([how, leave]) => (["held", "muted"] as const).map((what) => ({ how, what, leave })));
	test.each(all)("$what, and who did it $how", ({ what, leave }) => {
		const story = silencing[what](together(), "anna", true);
		expect(callOf(story.party("customer"))[what]).toBe(true);
		leave(story);
		expect(story.scene).toBe("customer connected, ben connected");
		expect(callOf(story.party("customer"))).toMatchObject({ held: false, muted: false });
	});

	test.each(["held", "muted"] as const)("%s by who stays, or again by them, it lasts", (what) => {
		for (const [first, last] of [
			["anna", "anna"],
			["ben", "anna"],
		] as const) {
			const story = silencing[what](silencing[what](together(), first, true), last, true).leaves("ben");
			expect(callOf(story.party("customer"))[what]).toBe(true);
			expect(callOf(silencing[what](story, "anna", false).party("customer"))[what]).toBe(false);
		}
	});

	test("held by a consult that had failed, among two who talked with the customer", () => {
		const dora = { kind: "user", userId: "dora", name: "Dora", alertingTimeoutMs: 30_000 } as const;
		const story = together();
		story.do({
			type: "consult.start",
			participantId: story.customer,
			userId: "anna",
			target: dora,
			speakTo: "DESTINATION",
		});
		story.ringsOut("dora");
		expect(story.scene).toBe("(customer connected), anna connected, (ben connected)");
		expect(story.leaves("anna").scene).toBe("customer connected, ben connected");
	});
});

describe("a colleague whom the moderator had put on hold was heard again by a consult", () => {
	const dora = { kind: "user", userId: "dora", name: "Dora", alertingTimeoutMs: 30_000 } as const;
	const silenced = () => {
		const story = together();
		return story.do({ type: "hold", participantId: story.id("ben"), held: true, by: "anna" });
	};
	const asks = (userId: string) => {
		const story = silenced();
		story.do({ type: "consult.start", participantId: story.customer, userId, target: dora, speakTo: "DESTINATION" });
		return story.answer("dora");
	};
	const held = "customer connected, anna connected, (ben connected)";

	test("of the moderator's, who swaps, ends it or makes it a conference", () => {
		expect(asks("anna").scene).toBe("(customer connected), anna connected, (ben connected), dora connected");
		expect(asks("anna").speak("OBJECT").scene).toBe(`${held}, (dora connected)`);
		expect(asks("anna").speak("BOTH").scene).toBe(`${held}, dora connected`);
		expect(asks("anna").speak("CONFERENCE").scene).toBe(`${held}, dora connected`);
		const after = asks("anna").cancel();
		expect([after.scene, after.party("ben").internal.heldBy]).toEqual([held, "anna"]);
		const taken = after.do({ type: "hold", participantId: after.id("ben"), held: false, by: "anna" });
		expect(taken.scene).toBe("customer connected, anna connected, ben connected");
	});

	test("of their own, which took the customer from the moderator: it is refused until they are taken back", () => {
		const wish = { userId: "ben", target: dora, speakTo: "DESTINATION" } as const;
		const story = silenced();
		const start = () => story.do({ type: "consult.start", participantId: story.customer, ...wish });
		expect(start).toThrow("has put you on hold");
		expect(story.scene).toBe(held);
		story.do({ type: "hold", participantId: story.id("ben"), held: false, by: "anna" });
		start();
		expect(story.answer("dora").scene).toBe("(customer connected), (anna connected), ben connected, dora connected");
	});

	test("nobody is left held when the moderator goes meanwhile", () => {
		expect(asks("anna").leaves("anna").scene).toBe("customer connected, ben connected, dora connected");
	});
});

test("the colleagues' own talk was recorded once the customer had left a consult", () => {
	const policies = [{ id: "policy", queueIds: [], percent: 100 }];
	const story = talking({ recordingRules: { ...defaultRecordingRules, policies } });
	story.do({ type: "control", participantId: story.id("anna"), recording: true });
	expect(recordingsIn(story.now)).toHaveLength(2);
	story.consult(ben).answer("ben").leaves("customer");
	expect(story.scene).toBe("anna connected, ben connected");
	expect(recordingsIn(story.now)).toEqual([]);
	expect(story.now.recordingState).toBe("NONE");
	for (const who of ["anna", "ben"]) expect(callOf(story.party(who)).recording).toBe(false);
});

test("a colleague who was no longer asked was told that the customer had hung up", () => {
	const outcome = (story: Story) => outcomeOf(callOf(story.party("ben")));
	expect([outcome(ringing().cancel()), outcome(asking().cancel())]).toEqual(["withdrawn", "otherHungUp"]);
	const history = callHistory(ringing().cancel().now, "ben", new Map());
	expect(history.missedCall).toBe(false);
});

test("who held the call first and then consulted heard nobody", () => {
	const story = talking();
	story.do({ type: "hold", participantId: story.id("anna"), held: true });
	expect(story.consult(ben).answer("ben").scene).toBe("(customer connected), anna connected, ben connected");
	story.do({ type: "set.aside", userId: "anna" });
	expect(story.speak("OBJECT").scene).toBe("customer connected, anna connected, (ben connected)");
	story.do({ type: "set.aside", userId: "anna" });
	expect(story.cancel().scene).toBe("customer connected, anna connected");
	const own = () => asking().do({ type: "hold", participantId: asking().id("anna"), held: true });
	expect(codeOf(own)).toBe("conversation.error.invalid.state");
});

function codeOf(wrong: () => unknown): string {
	try {
		wrong();
	} catch (error) {
		if (error instanceof ApiError) return error.code;
		throw error;
	}
	return "it was allowed";
}

test("the customer's hold clock began anew when somebody was consulted about them", () => {
	const story = talking();
	story.do({ type: "hold", participantId: story.id("anna"), held: true });
	const since = callOf(story.party("anna")).startHoldTime;
	story.after(40).consult(ben);
	expect(callOf(story.party("customer"))).toMatchObject({ held: true, startHoldTime: since });
	story.leaves("ben").consult(number);
	expect(callOf(story.party("customer")).startHoldTime).toBe(since);
});

test("how long consults ring, and how many are in a call, was nobody's to say", () => {
	const rules = { consultRingSeconds: 12, unattendedRingSeconds: 7, maxParties: 3, bridgesAllowed: false };
	const story = talking({ callRules: { ...defaultCallRules, ...rules } });
	const rings = () => Date.parse(story.party("ben").internal.alertingDeadline ?? "") - start - story.second * 1000;
	story.consult(ben);
	expect(rings()).toBe(12_000);
	story.leaves("anna");
	expect(rings()).toBe(7000);
	expect(story.now.maxParticipants).toBe(3);
});

test("those outside were left to each other though the organization does not want that", () => {
	const story = talking({ callRules: { ...defaultCallRules, bridgesAllowed: false } });
	story
		.do({ type: "add", target: { kind: "outside", purpose: "external", address: number.address } })
		.answer(number.address);
	expect(story.leaves("anna").scene).toBe("");
});

test("a consult is recorded by itself while a policy records the call and somebody is asked", () => {
	const policy = { id: "p", queueIds: [], percent: 100 };
	const rules = {
		callRules: { ...defaultCallRules, recordConsult: true },
		recordingRules: { ...defaultRecordingRules, policies: [policy] },
	};
	const story = talking(rules).consult(ben);
	const kinds = () => recordingsIn(story.now).map(({ kind }) => kind);
	expect(kinds()).toEqual(["policy"]);
	story.answer("ben").speak("BOTH");
	expect(kinds()).toEqual(["policy", "consult"]);
	story.leaves("anna");
	expect(kinds()).toEqual(["policy"]);
	expect(recordingsIn(asking().now)).toEqual([]);
});

test("agents who talked about a customer in private were shown that they are recorded, and were not", () => {
	const recordingRules = { ...defaultRecordingRules, policies: [{ id: "p", queueIds: [], percent: 100 }] };
	const shown = (story: Story) => ["anna", "ben"].map((who) => callOf(story.party(who)).recordingState);
	expect(shown(talking({ recordingRules }).consult(ben).answer("ben"))).toEqual(["paused", "paused"]);
	expect(shown(talking({ recordingRules }).consult(ben).answer("ben").speak("BOTH"))).toEqual(["active", "active"]);
	const callRules = { ...defaultCallRules, recordConsult: true };
	expect(shown(talking({ callRules, recordingRules }).consult(ben).answer("ben"))).toEqual(["active", "active"]);
});
