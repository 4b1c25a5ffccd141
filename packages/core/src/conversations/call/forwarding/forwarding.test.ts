import { outcomeOf } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import { planMedia } from "../../../voice/media-plan.ts";
import { mediaConversationEvent, restMediaConversation } from "../../projection/flat.ts";
import { restConversation } from "../../projection/generic.ts";
import { conversationEvent } from "../../projection/generic-event.ts";
import { ben, Story, start, talking } from "../../test-support/consult-story.ts";
import { callHistory } from "../history.ts";
import { callOf } from "../model.ts";
import { inboundTo, outboundConversation } from "../transitions/create.ts";
import type { Forwarding, ForwardTarget } from "./model.ts";

const mobile = "+491512345620";
const office = "+4930555010";
const number = (address: string) => ({ kind: "number", address }) as const;
const own = { kind: "user", userId: "anna", name: "Anna" } as const;

const to = (...steps: ForwardTarget[][]): Forwarding => ({
	steps: steps.map((targets) => ({ targets })),
	ringMs: 20_000,
	confirm: true,
	voicemail: "NONE",
});

/** Ben calls Anna, who has her calls forwarded; his own phone is there. */
function called(forwarding: Forwarding | undefined, { ringing = [] as string[], away = [] as string[] } = {}): Story {
	const story = new Story({ away });
	story.ringing = new Set(ringing);
	const next = {
		kind: "user",
		userId: "anna",
		name: "Anna",
		alertingTimeoutMs: 30_000,
		...(forwarding ? { forwarding } : {}),
	} as const;
	const caller = { userId: "ben", name: "Ben" };
	story.now = outboundConversation(
		{ caller, next, divisionId: "home", provider: "test" },
		{ now: new Date(start), newId: () => `first-${++firstIds}` },
	);
	return story.answer("ben");
}
let firstIds = 0;

const leg = (story: Story, who: string) => callOf(story.party(who));

test("the caller was shown the number where a colleague is reached in private", () => {
	const story = called(to([own, number(mobile)]));
	const shown = [restConversation, conversationEvent, restMediaConversation, mediaConversationEvent];
	for (const project of shown) expect(JSON.stringify(project(story.now))).not.toContain(mobile);
	expect(conversationEvent(story.now).participants).toMatchObject([
		{ purpose: "user", name: "Ben" },
		{ purpose: "user", name: "Anna", userId: "anna" },
		{ purpose: "user", name: "Anna" },
	]);
	story.answer(mobile).press(mobile, "1");
	expect(JSON.stringify(callHistory(story.now, "ben", new Map()))).not.toContain(mobile);
	expect(callHistory(story.now, "anna", new Map()).inlayForwarded).toEqual({ to: [mobile], taken: true });
	expect(outcomeOf(leg(story, "anna"))).toBe("forwarded");
});

describe("a group that is called", () => {
	const mailbox = { type: "group", id: "g", name: "Returns", ringMs: 0, longestMs: 180_000 } as const;
	const ben = { kind: "user", userId: "ben", name: "Ben" } as const;
	function groupCall(steps: ForwardTarget[][], away: string[] = []): Story {
		const story = new Story({ away });
		const group = { id: "g", name: "Returns", steps: steps.map((targets) => ({ targets })), ringMs: 20_000, mailbox };
		const customer = { divisionId: "home", provider: "test", customer: { name: "Clara" }, dnis: "tel:+31800" };
		const context = { now: new Date(start), newId: () => `group-${++firstIds}` };
		story.now = inboundTo(customer, { kind: "group", group }, context);
		return story.do({ type: "media.connected", participantId: story.now.participants[0]?.id ?? "" });
	}

	test("was nobody's: its members ring together, whoever answers has it, and the others have not missed it", () => {
		const story = groupCall([[own, ben]]);
		expect(story.scene).toBe("customer connected, anna alerting, ben alerting");
		story.answer("ben");
		expect(story.scene).toBe("customer connected, ben connected");
		expect(outcomeOf(leg(story, "anna")), "was told that the call went where her calls are forwarded").toBe("taken");
		expect(callHistory(story.now, "anna", new Map()).missedCall).toBe(false);
	});

	test("rings them in turn, then its mailbox answers; nobody there: at once", () => {
		const story = groupCall([[own], [ben]]);
		story.ringsOut("anna");
		expect(story.scene).toBe("customer connected, ben alerting");
		story.leaves("ben");
		const answered = (now: Story["now"]) => now.participants.at(-1)?.purpose === "voicemail" && !now.endTime;
		expect(answered(story.now)).toBe(true);
		expect(callHistory(story.now, "anna", new Map()).missedCall).toBe(true);
		expect(answered(groupCall([[own, ben]], ["anna", "ben"]).now)).toBe(true);
		expect(answered(groupCall([[]]).now)).toBe(true);
	});
});

describe("call forwarding", () => {
	test("FW-1: a direct call rings the mobile; it answers and hears the question; 1 connects", () => {
		const story = called(to([number(mobile)]));
		expect(leg(story, "anna").disconnectType).toBe("transfer.forward");
		expect([leg(story, mobile).state, leg(story, "ben").state]).toEqual(["dialing", "dialing"]);
		story.answer(mobile);
		expect(leg(story, mobile).state, "a mailbox that answers has not taken the call").toBe("dialing");
		story.press(mobile, "7");
		expect(leg(story, mobile).state).toBe("dialing");
		story.press(mobile, "1");
		expect([leg(story, mobile).state, leg(story, "ben").state]).toEqual(["connected", "connected"]);
	});

	test("FW-1: silence after the answer ends the call after 20 seconds, and the caller is told that nobody answered", () => {
		const story = called(to([number(mobile)])).answer(mobile);
		const { alertingDeadline } = story.party(mobile).internal;
		expect(Date.parse(alertingDeadline ?? "") - start).toBe(21_000);
		story.ringsOut(mobile);
		expect(story.now.endTime).toBeDefined();
		expect(leg(story, "ben").errorInfo?.code).toBe("call.failure.noanswer");
	});

	test("a step rings all of its targets; whoever takes the call first has it, the others ring no longer", () => {
		const story = called(to([own, number(mobile), number(office)]));
		expect([leg(story, "anna").state, leg(story, mobile).state, leg(story, office).state]).toEqual([
			"alerting",
			"dialing",
			"dialing",
		]);
		story.answer(office).press(office, "1");
		expect([leg(story, "anna").disconnectType, leg(story, mobile).disconnectType]).toEqual([
			"transfer.forward",
			"peer",
		]);
		expect(story.scene).toBe("ben connected, outside connected");
	});

	test("the next step rings when the last target of one has not been reached", () => {
		const story = called(to([own, number(office)], [number(mobile)]));
		story.leaves("anna");
		expect(story.scene, "declining at one's own phone leaves the others ringing").toBe("ben dialing, outside dialing");
		story.ringsOut(office);
		expect(leg(story, mobile).state).toBe("dialing");
		story.ringsOut(mobile);
		expect(story.now.endTime).toBeDefined();
	});

	test("a phone that rings already or is away is left out; where nobody can be called the caller hears so", () => {
		const busy = called(to([own], [number(mobile)]), { ringing: ["anna"] });
		expect(leg(busy, mobile).state).toBe("dialing");
		const away = called(to([own]), { away: ["anna"] });
		expect(away.now.endTime).toBeDefined();
		expect(leg(away, "ben").errorInfo?.code).toBe("call.failure.busy");
	});

	test("LASTCALL: the last target's own mailbox takes the call without a key", () => {
		const story = called({ ...to([number(office)], [number(mobile)]), voicemail: "LASTCALL" });
		story.answer(office);
		expect(leg(story, office).state).toBe("dialing");
		story.ringsOut(office).answer(mobile);
		expect(leg(story, mobile).state).toBe("connected");
	});

	test("the caller gives up: nobody is called any more", () => {
		const story = called(to([number(office)], [number(mobile)])).leaves("ben");
		expect(story.now.endTime).toBeDefined();
		expect(story.now.participants.some((one) => one.address === mobile)).toBe(false);
	});

	test("a customer who is transferred to somebody with forwarding reaches the number, and comes back when nobody takes it", () => {
		const target = { ...ben, forwarding: to([number(mobile)]) };
		const story = talking();
		story.do({ type: "replace", participantId: story.id("anna"), target });
		expect(story.scene).toBe("customer connected, outside dialing");
		const back = new Story();
		back.now = story.now;
		back.second = story.second;
		story.answer(mobile).press(mobile, "1");
		expect(story.scene).toBe("customer connected, outside connected");
		expect(story.now.recentTransfers[0]?.state).toBe("Complete");
		back.ringsOut(mobile);
		expect(back.now.recentTransfers[0]?.state).toBe("Failed");
		expect(back.scene, "back in the queue of the agent").toBe("customer connected, queue support");
	});

	test("a colleague who is consulted with forwarding is spoken to at the number, without the customer", () => {
		const story = talking();
		story.consult({ ...ben, forwarding: to([number(office), number(mobile)]) });
		story.leaves(office, "endpoint").answer(mobile).press(mobile, "1");
		expect(story.scene).toBe("(customer connected), anna connected, outside connected");
		story.leaves("anna");
		expect(story.scene).toBe("customer connected, outside connected");
		expect(story.transfer).toBe("Complete Attended");
	});

	test("a consult that nobody takes fails with the customer on hold", () => {
		const story = talking().consult({ ...ben, forwarding: to([number(mobile)]) });
		story.ringsOut(mobile);
		expect(story.scene).toBe("(customer connected), anna connected");
		expect(story.now.internal.consult?.stage).toBe("failed");
	});

	test("a consult that was cancelled left a forwarding behind that called nobody", () => {
		const story = talking().consult({ ...ben, forwarding: to([number(mobile)]) });
		story.cancel();
		expect(story.party("ben").internal.forwardRun).toBeUndefined();
	});

	test("a key that was pressed in the moment of hanging up changed a call that had ended", () => {
		const story = called(to([number(mobile)])).answer(mobile);
		story.leaves("ben");
		const ended = story.now;
		expect(ended.endTime).toBeDefined();
		const asked = ended.participants.find((one) => one.internal.forwardLeg?.confirm === "asked");
		expect(asked?.internal.forwardLeg, "had answered, and was asked").toBeDefined();
		story.do({ type: "forward.pressed", participantId: asked?.id ?? "", digit: "1" });
		expect(story.now).toEqual(ended);
	});

	test("the history of whose call it was shows where it went", () => {
		const story = called(to([number(mobile)]))
			.answer(mobile)
			.press(mobile, "1")
			.leaves(mobile, "endpoint");
		const row = callHistory(story.now, "anna", new Map());
		expect(row).toMatchObject({ missedCall: false, inlayForwarded: { to: [mobile], taken: true } });
		const lost = called(to([number(mobile)])).ringsOut(mobile);
		expect(callHistory(lost.now, "anna", new Map())).toMatchObject({
			missedCall: true,
			inlayForwarded: { to: [mobile], taken: false },
		});
		expect(callHistory(lost.now, "ben", new Map())).not.toHaveProperty("inlayForwarded");
	});

	test("a call that rings goes to another number this once; a queue's call does not, and none twice", () => {
		const once = (story: Story) =>
			story.do({ type: "forward.once", participantId: story.id("anna"), forwarding: to([number(mobile)]) });
		const story = once(called(undefined));
		expect(story.scene).toBe("ben dialing, outside dialing");
		expect(leg(story, "anna").disconnectType).toBe("transfer.forward");
		expect(() => once(story)).toThrow("Only a direct call");
		expect(story.answer(mobile).press(mobile, "1").scene).toBe("ben connected, outside connected");
		const queued = new Story();
		queued.do({ type: "media.connected", participantId: queued.customer }).offer("anna", "support");
		expect(() => once(queued)).toThrow("Only a direct call");
	});

	test("the caller hears ringing until somebody has taken the call, and the mobile alone hears the question", () => {
		const story = called(to([number(mobile)]));
		const heard = (who: string) => planMedia(story.now).parties.get(story.id(who))?.mode;
		expect(heard("ben")?.filler).toBe("ringback");
		story.answer(mobile);
		expect([heard("ben")?.filler, heard(mobile)]).toMatchObject(["ringback", { filler: "take", held: true }]);
		story.press(mobile, "1");
		expect([heard("ben")?.filler, heard(mobile)]).toMatchObject(["none", { filler: "none", held: false }]);
	});
});
