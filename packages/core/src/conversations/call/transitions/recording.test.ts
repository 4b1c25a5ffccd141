import { describe, expect, it } from "vitest";
import { planMedia } from "../../../voice/media-plan.ts";
import { lineState } from "../../../voice/web-line-state.ts";
import type { QueueFacts } from "../../model.ts";
import { defaultRecordingRules, policyFor, type RecordingRules } from "../../recording-rules.ts";
import { type Command, transition } from "../../transitions/transition.ts";
import { callOf, findCall } from "../model.ts";
import { inboundConversation } from "./create.ts";
import { recordingsIn } from "./recording.ts";

const policy = { id: "policy-1", queueIds: [], percent: 100, retentionDays: 30 };
const queue: QueueFacts = { id: "queue-1", name: "Support", divisionId: "home", wrapupPrompt: "optional" };

/** A customer with an agent, and what happens to them; time goes on by itself by no more than a test says. */
class Talk {
	now = new Date("2026-11-26T10:00:00Z");
	rules: RecordingRules;
	#ids = 0;
	conversation;

	constructor(rules: Partial<RecordingRules> = {}, isAnswered = true) {
		this.rules = { ...defaultRecordingRules, ...rules };
		const customer = {
			customer: { address: "+31201234567" },
			dnis: "+31800",
			queue,
			divisionId: "home",
			provider: "test",
		};
		this.conversation = inboundConversation(customer, this.#context());
		this.happens({ type: "media.connected", participantId: this.id("customer") });
		if (isAnswered) this.answeredBy("anna");
	}

	answeredBy(userId: string): void {
		const offer = { queueId: queue.id, userId, userName: userId, divisionId: "home", timeoutMs: 20_000 };
		this.happens({ type: "offer", offer });
		this.happens({ type: "media.connected", participantId: this.id("agent") });
	}

	id(purpose: string): string {
		return this.conversation.participants.findLast((one) => one.purpose === purpose)?.id ?? "";
	}

	happens(command: Command): void {
		this.conversation = transition(this.conversation, command, this.#context());
	}

	record(recording: boolean): void {
		this.happens({ type: "control", participantId: this.id("agent"), recording });
	}

	setState(state: "ACTIVE" | "PAUSED" | "NONE"): void {
		this.happens({ type: "recording.state", state, userId: "anna" });
	}

	get states() {
		const { recordingState, securePause } = this.conversation;
		return [recordingState, securePause];
	}

	#context() {
		return { now: this.now, newId: () => `id-${++this.#ids}`, recordingRules: this.rules };
	}
}

describe("what is recorded", () => {
	it("by a policy begins with the first word, is shown to its agent, and is another one with the next agent", () => {
		const talk = new Talk({ policies: [policy] });
		const [first] = recordingsIn(talk.conversation);
		expect(first).toMatchObject({ kind: "policy", policyId: "policy-1", retentionDays: 30 });
		const agent = talk.conversation.participants.findLast((one) => one.purpose === "agent");
		expect(agent && callOf(agent)).toMatchObject({
			recording: true,
			recordingState: "active",
			recorders: { own: "none", policy: "active" },
		});
		talk.happens({ type: "leave", participantId: talk.id("agent"), why: "transport.failure" });
		expect([talk.states, recordingsIn(talk.conversation)]).toEqual([["NONE", false], []]);
		talk.answeredBy("ben");
		expect(recordingsIn(talk.conversation)[0]?.id).not.toBe(first?.id);
	});

	it("by a policy and by its agent are two recordings; the agent ends their own alone", () => {
		const talk = new Talk({ policies: [policy] });
		talk.record(true);
		expect(recordingsIn(talk.conversation).map(({ kind, userId }) => [kind, userId])).toEqual([
			["user", "anna"],
			["policy", undefined],
		]);
		talk.setState("NONE");
		expect(recordingsIn(talk.conversation).map(({ kind }) => kind)).toEqual(["policy"]);
		expect(() => talk.setState("NONE")).toThrow("can only be paused");
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("a reload began the clock of a pause anew, as nobody told when it began", () => {
		const talk = new Talk({ policies: [policy] });
		const pausedTime = () => talk.conversation.participants.map((one) => callOf(one).inlayPausedTime).filter(Boolean);
		talk.setState("PAUSED");
		expect(pausedTime()).toEqual([talk.conversation.internal.pause?.since]);
		talk.setState("ACTIVE");
		expect(pausedTime()).toEqual([]);
	});

	it("is nothing any more when nothing could be written, and is not begun again", () => {
		const talk = new Talk({ policies: [policy] });
		talk.happens({ type: "recording.failed" });
		talk.happens({ type: "control", participantId: talk.id("agent"), muted: true });
		expect(recordingsIn(talk.conversation)).toEqual([]);
	});

	it("a second recording that broke was counted as one that ended, and the first one's end was shown beside it", () => {
		const talk = new Talk({ policies: [policy] });
		const [first] = recordingsIn(talk.conversation);
		talk.happens({ type: "recording.failed" });
		const told = () => talk.conversation.participants.some((one) => callOf(one).inlayRecordingFailed);
		expect([talk.conversation.internal.brokenRecordings, told()]).toEqual([[first?.id], true]);
		talk.record(true);
		const [second] = recordingsIn(talk.conversation);
		expect([second?.kind, told()]).toEqual(["user", false]);
		talk.happens({ type: "recording.failed" });
		expect([talk.conversation.internal.brokenRecordings, told()]).toEqual([[first?.id, second?.id], true]);
	});

	it("an agent was not told that nothing could be written any more", () => {
		const talk = new Talk({ policies: [policy] });
		const told = () =>
			talk.conversation.participants.filter((one) => callOf(one).inlayRecordingFailed).map((one) => one.purpose);
		expect(told()).toEqual([]);
		talk.happens({ type: "recording.failed" });
		expect(told()).toEqual(["agent"]);
	});

	it.each([
		[{ direction: "outbound" as const }, false],
		[{ direction: "inbound" as const }, true],
		[{ queueIds: ["queue-2"] }, false],
		[{ queueIds: ["queue-2", "queue-1"] }, true],
	])("%o is asked of a call from queue-1: %s", (limits, isRecorded) => {
		expect(recordingsIn(new Talk({ policies: [{ ...policy, ...limits }] }).conversation).length).toBe(
			isRecorded ? 1 : 0,
		);
	});

	it("30 of a hundred are about that, and always the same ones", () => {
		const call = (at: number) => ({ conversationId: `call-${at}`, direction: "inbound" as const, queueIds: [] });
		const chosen = () =>
			Array.from({ length: 2000 }, (_, at) => policyFor([{ ...policy, percent: 30 }], call(at)) !== undefined);
		const share = chosen().filter(Boolean).length / 2000;
		expect(share).toBeGreaterThan(0.26);
		expect(share).toBeLessThan(0.34);
		expect(chosen()).toEqual(chosen());
	});
});

describe("the tone that tells of a recording", () => {
	const beepsOf = ({ conversation }: Talk) => planMedia(conversation).recording.running.map((one) => one.beepMs);

	it("is as the organization had it when the recording began, in whichever order settings change", () => {
		const talk = new Talk({ policies: [policy], beepSeconds: 15 });
		expect(beepsOf(talk)).toEqual([15_000]);
		talk.rules = { ...talk.rules, beepSeconds: 0 };
		talk.setState("PAUSED");
		expect(beepsOf(talk)).toEqual([15_000]);
		expect(beepsOf(new Talk({ policies: [policy] }))).toEqual([undefined]);
		expect(new Talk({ beepSeconds: 15 }).conversation.internal.beepMs).toBeUndefined();
	});
});

describe("a pause", () => {
	it("is secure, ends by itself after 30 s, and not before (RC-4)", () => {
		const talk = new Talk({ policies: [policy], resumeAfterSeconds: 30 });
		talk.setState("PAUSED");
		expect(talk.states).toEqual(["PAUSED", true]);
		expect(talk.conversation.internal.pause?.resumesAt).toBe("2026-11-26T10:00:30.000Z");
		talk.now = new Date("2026-11-26T10:00:29Z");
		talk.happens({ type: "recording.resume" });
		expect(talk.states).toEqual(["PAUSED", true]);
		talk.now = new Date("2026-11-26T10:00:30Z");
		talk.happens({ type: "recording.resume" });
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("pressed twice goes on from the first, and never ends by itself where that is not wished", () => {
		const talk = new Talk({ policies: [policy], resumeAfterSeconds: 0 });
		talk.setState("PAUSED");
		const first = talk.conversation.internal.pause;
		talk.now = new Date("2026-11-26T10:01:00Z");
		talk.setState("PAUSED");
		expect(talk.conversation.internal.pause).toEqual(first);
		expect(first?.resumesAt).toBeUndefined();
	});

	it("pressed before anything was recorded was refused: what is recorded later begins paused", () => {
		const talk = new Talk();
		talk.setState("PAUSED");
		expect(talk.states).toEqual(["NONE", true]);
		talk.record(true);
		expect(talk.states).toEqual(["PAUSED", true]);
		talk.setState("ACTIVE");
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("went with the customer to the next agent", () => {
		const talk = new Talk({ policies: [policy] });
		talk.setState("PAUSED");
		talk.happens({ type: "leave", participantId: talk.id("agent"), why: "transport.failure" });
		talk.answeredBy("ben");
		expect(talk.states).toEqual(["ACTIVE", false]);
	});
});

describe("hold", () => {
	it("without recording during hold is paused, and nobody has paused (RC-2)", () => {
		const talk = new Talk({ policies: [policy], duringHold: false });
		talk.happens({ type: "hold", participantId: talk.id("agent"), held: true });
		expect(talk.states).toEqual(["PAUSED", false]);
		talk.happens({ type: "hold", participantId: talk.id("agent"), held: false });
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("is recorded where the organization has said nothing", () => {
		const talk = new Talk({ policies: [policy] });
		talk.happens({ type: "hold", participantId: talk.id("agent"), held: true });
		expect(talk.states).toEqual(["ACTIVE", false]);
	});
});

describe("a policy that asks first", () => {
	const asking = { ...policy, requireConsent: true };
	const legOf = ({ conversation }: Talk, id: string) => planMedia(conversation).parties.get(id)?.mode;

	it("puts the question to the customer before anything is recorded, and takes their silence for a yes", () => {
		const talk = new Talk({ policies: [{ ...asking, consentMessage: "May we?" }] });
		expect(recordingsIn(talk.conversation)).toEqual([]);
		expect(legOf(talk, talk.id("customer"))).toMatchObject({ held: true, filler: "say:May we?" });
		const { until = "" } = talk.conversation.internal.consent ?? {};
		talk.now = new Date(Date.parse(until) - 1);
		talk.happens({ type: "consent.over" });
		expect(recordingsIn(talk.conversation)).toEqual([]);
		talk.now = new Date(until);
		talk.happens({ type: "consent.over" });
		expect(recordingsIn(talk.conversation)).toMatchObject([{ kind: "policy", policyId: "policy-1" }]);
		expect(legOf(talk, talk.id("customer"))).toMatchObject({ held: false, filler: "none" });
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("recorded whoever had pressed 2, then or with the next agent", () => {
		const talk = new Talk({ policies: [asking, { ...policy, id: "policy-2" }] });
		talk.happens({ type: "consent.pressed", participantId: talk.id("agent"), digit: "2" });
		talk.happens({ type: "consent.pressed", participantId: talk.id("customer"), digit: "7" });
		expect(talk.conversation.internal.consent?.state).toBe("asked");
		talk.happens({ type: "consent.pressed", participantId: talk.id("customer"), digit: "2" });
		expect(legOf(talk, talk.id("customer"))).toMatchObject({ held: false, filler: "none" });
		talk.now = new Date(talk.now.getTime() + 60_000);
		talk.happens({ type: "consent.over" });
		expect(recordingsIn(talk.conversation)).toEqual([]);
	});

	it("made whoever had pressed 1 hear the question to its end, and told nobody what was asked and answered", () => {
		const told = (talk: Talk) =>
			talk.conversation.participants.map((one) => findCall(one)?.inlayConsent).filter(Boolean);
		const talk = new Talk({ policies: [asking] });
		// Whoever waits is asked before anybody answers.
		expect(lineState(waiting({ policies: [asking] })).consent?.state).toBe("asked");
		expect([told(talk), lineState(talk.conversation).consent?.state]).toEqual([["asked"], "asked"]);
		talk.now = new Date(talk.now.getTime() + 1_500);
		talk.happens({ type: "consent.pressed", participantId: talk.id("customer"), digit: "1" });
		expect([told(talk), lineState(talk.conversation).consent]).toEqual([
			["given"],
			{ state: "given", mayRefuse: true },
		]);
		talk.now = new Date(talk.conversation.internal.consent?.until ?? "");
		talk.happens({ type: "consent.over" });
		expect(lineState(talk.conversation).consent).toEqual({ state: "given" });
		expect(recordingsIn(talk.conversation)).toMatchObject([{ kind: "policy" }]);
		const refusing = new Talk({ policies: [{ ...asking, consentMessage: "May we?" }] });
		expect(lineState(refusing.conversation).consent).toEqual({ state: "asked", text: "May we?" });
		refusing.happens({ type: "consent.pressed", participantId: refusing.id("customer"), digit: "2" });
		expect([told(refusing), lineState(refusing.conversation).consent]).toEqual([["refused"], { state: "refused" }]);
	});

	it("took a 1 that was pressed ahead for a yes, and passed over the 2 that followed", () => {
		const talk = new Talk({ policies: [asking] });
		const presses = (digit: string) =>
			talk.happens({ type: "consent.pressed", participantId: talk.id("customer"), digit });
		presses("1");
		expect([talk.conversation.internal.consent?.state, talk.states]).toEqual(["asked", ["NONE", false]]);
		talk.now = new Date(talk.now.getTime() + 1_500);
		presses("1");
		// What would be recorded now would be kept of somebody who says no.
		talk.now = new Date(talk.now.getTime() + 3_500);
		expect([talk.states, recordingsIn(talk.conversation)]).toEqual([["NONE", false], []]);
		presses("2");
		expect([talk.conversation.internal.consent?.state, recordingsIn(talk.conversation)]).toEqual(["refused", []]);
		// A no stays one; and of a question that is over a key says nothing.
		presses("1");
		expect(recordingsIn(talk.conversation)).toEqual([]);
		const silent = new Talk({ policies: [asking] });
		agrees(silent);
		silent.happens({ type: "consent.pressed", participantId: silent.id("customer"), digit: "2" });
		expect(silent.states).toEqual(["ACTIVE", false]);
	});

	it("passed over who agreed at their page in the first second, as if they had pressed a key before the question", () => {
		const talk = new Talk({ policies: [asking] });
		const answers = (answer: "given" | "refused") => {
			talk.happens({ type: "consent.answered", participantId: talk.id("customer"), answer });
			return talk.conversation.internal.consent?.state;
		};
		expect([answers("given"), talk.states]).toEqual(["given", ["NONE", false]]);
		talk.now = new Date(talk.now.getTime() + 3_500);
		expect([answers("given"), answers("refused"), answers("given")]).toEqual(["given", "refused", "refused"]);
		expect(recordingsIn(talk.conversation)).toEqual([]);
	});

	it("took the silence of whoever had no line for a yes, also while the server was away", () => {
		const talk = new Talk({ policies: [{ ...asking, consentMessage: "May we?" }] });
		const heard = (isHeard: boolean) =>
			talk.happens({ type: "consent.heard", participantId: talk.id("customer"), isHeard });
		const passes = (ms: number) => {
			talk.now = new Date(talk.now.getTime() + ms);
			talk.happens({ type: "consent.over" });
			return talk.conversation.internal.consent?.state;
		};
		const { until = "" } = talk.conversation.internal.consent ?? {};
		const time = Date.parse(until) - talk.now.getTime();
		passes(time - 1);
		heard(false);
		expect([passes(60_000), legOf(talk, talk.id("customer"))?.filler]).toEqual(["asked", "none"]);
		// Whoever is back hears it from the beginning, and has all its time.
		heard(true);
		expect(legOf(talk, talk.id("customer"))).toMatchObject({ held: true, filler: "say:May we?" });
		expect(passes(time - 1)).toBe("asked");
		expect(passes(60_000)).toBe("asked");
		expect(talk.conversation.internal.consent?.until).toBeUndefined();
		heard(true);
		expect(passes(time)).toBe("given");
		expect(talk.states).toEqual(["ACTIVE", false]);
	});

	it("let the agent record whoever was being asked, or had pressed 2", () => {
		const talk = new Talk({ policies: [asking] });
		const missing = { status: 400, code: "recording.consent.missing" };
		const refusal = () => {
			try {
				talk.record(true);
			} catch (error) {
				return error;
			}
		};
		expect(refusal()).toMatchObject(missing);
		talk.record(false);
		talk.happens({ type: "consent.pressed", participantId: talk.id("customer"), digit: "2" });
		expect(refusal()).toMatchObject(missing);
		expect(recordingsIn(talk.conversation)).toEqual([]);
	});

	/** A caller as their media is up, and nobody has answered yet. */
	const waiting = (rules: Partial<RecordingRules>) => new Talk(rules, false).conversation;
	/** The time of the question is over, and nothing was pressed. */
	const agrees = (talk: Talk) => {
		talk.now = new Date(talk.conversation.internal.consent?.until ?? "");
		talk.happens({ type: "consent.over" });
	};
	/** Somebody else outside is called into the talk. */
	const joins = (talk: Talk, number: string) => {
		talk.happens({ type: "add", target: { kind: "outside", purpose: "external", address: number } });
		const id = talk.conversation.participants.at(-1)?.id ?? "";
		talk.happens({ type: "media.connected", participantId: id });
		return id;
	};

	it("recorded somebody who came in later by the consent of who was there before", () => {
		const talk = new Talk({ policies: [asking] });
		agrees(talk);
		talk.record(true);
		const [user, policyRecording] = recordingsIn(talk.conversation);
		const second = joins(talk, "+31209999999");
		expect(talk.conversation.internal.consent).toMatchObject({ state: "asked", partyId: second });
		expect(legOf(talk, second)).toMatchObject({ held: true });
		// What was begun rests meanwhile, and goes on with a yes.
		expect(talk.states).toEqual(["PAUSED", false]);
		agrees(talk);
		expect(talk.states).toEqual(["ACTIVE", false]);
		expect(recordingsIn(talk.conversation)).toEqual([user, policyRecording]);
		const third = joins(talk, "+31208888888");
		talk.happens({ type: "consent.pressed", participantId: third, digit: "2" });
		expect([talk.states, recordingsIn(talk.conversation)]).toEqual([["NONE", false], []]);
		expect(() => talk.record(true)).toThrow("has agreed to be recorded");
		talk.happens({ type: "leave", participantId: third, why: "client" });
		expect(recordingsIn(talk.conversation)).toMatchObject([{ kind: "policy" }]);
	});

	it("took the answer of who had gone for that of somebody else", () => {
		const talk = new Talk({ policies: [asking] });
		agrees(talk);
		const [first, second] = [talk.id("customer"), joins(talk, "+31209999999")];
		talk.happens({ type: "leave", participantId: first, why: "client" });
		expect(talk.conversation.internal.consent).toMatchObject({ state: "asked", partyId: second });
		talk.happens({ type: "consent.pressed", participantId: second, digit: "2" });
		const third = joins(talk, "+31208888888");
		talk.happens({ type: "leave", participantId: second, why: "client" });
		expect(talk.conversation.internal.consent).toMatchObject({ state: "asked", partyId: third });
		agrees(talk);
		expect(recordingsIn(talk.conversation)).toMatchObject([{ kind: "policy" }]);
	});

	it("asked in a call that no such policy records", () => {
		expect(new Talk({ policies: [policy] }).conversation.internal.consent).toBeUndefined();
		expect(
			new Talk({ policies: [{ ...asking, direction: "outbound" }] }).conversation.internal.consent,
		).toBeUndefined();
	});
});
