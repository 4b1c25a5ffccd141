import { expect, it } from "vitest";
import { planMedia } from "../../../voice/media-plan.ts";
import type { QueueFacts } from "../../model.ts";
import { type CallPolicy, defaultRecordingRules, type RecordingRules } from "../../recording-rules.ts";
import { type Command, transition } from "../../transitions/transition.ts";
import { callOf } from "../model.ts";
import { inboundConversation } from "./create.ts";

const queue: QueueFacts = { id: "queue-1", name: "Support", divisionId: "home", wrapupPrompt: "optional" };
const asking: CallPolicy = { id: "policy-1", queueIds: [], percent: 100, requireConsent: true };

/** A customer with an agent of a queue that is transcribed, unless told otherwise. */
function talk(
	rules: Partial<RecordingRules> = {},
	transcribed: ReadonlyMap<string, string> = new Map([["queue-1", "de-DE"]]),
) {
	let ids = 0;
	let now = new Date("2026-11-26T10:00:00Z");
	const context = () => ({
		...{ now, newId: () => `id-${++ids}`, transcribedQueues: transcribed },
		recordingRules: { ...defaultRecordingRules, ...rules },
	});
	const customer = {
		customer: { address: "+31201234567" },
		dnis: "+31800",
		queue,
		divisionId: "home",
		provider: "test",
	};
	let conversation = inboundConversation(customer, context());
	const self = {
		id: (purpose: string) => conversation.participants.findLast((one) => one.purpose === purpose)?.id ?? "",
		happens(command: Command) {
			conversation = transition(conversation, command, context());
		},
		pass(ms: number) {
			now = new Date(now.getTime() + ms);
		},
		/** As voice, the document and the agent's panel see it. */
		get state() {
			const agent = conversation.participants.findLast((one) => one.purpose === "agent");
			const shown = agent && callOf(agent).inlayTranscription;
			expect(planMedia(conversation).isTranscribed).toBe(conversation.internal.transcription?.state === "active");
			expect(shown).toBe(conversation.internal.transcription?.state);
			return conversation.internal.transcription?.state;
		},
		get conversation() {
			return conversation;
		},
	};
	self.happens({ type: "media.connected", participantId: self.id("customer") });
	const offer = { queueId: queue.id, userId: "anna", userName: "Anna", divisionId: "home", timeoutMs: 20_000 };
	self.happens({ type: "offer", offer });
	return self;
}

const answered = (one: ReturnType<typeof talk>) =>
	one.happens({ type: "media.connected", participantId: one.id("agent") });

it("is transcribed while the agent of a queue that wants it talks with the customer, in the queue's language", () => {
	const call = talk();
	expect(call.state).toBeUndefined();
	answered(call);
	expect([call.state, call.conversation.internal.transcription?.language]).toEqual(["active", "de-DE"]);
	call.happens({ type: "leave", participantId: call.id("agent"), why: "endpoint" });
	expect(call.state).toBeUndefined();
});

it("is not where the queue, or the organization, wants none", () => {
	for (const queues of [new Map<string, string>(), new Map([["queue-2", ""]])]) {
		const call = talk({}, queues);
		answered(call);
		expect(call.state).toBeUndefined();
		expect(call.conversation.participants.map((one) => Object.keys(callOf(one)))).not.toContain("inlayTranscription");
	}
});

it("rests while somebody has it paused, also where nothing is recorded, and shows the agent that it does", () => {
	const call = talk();
	answered(call);
	call.happens({ type: "recording.state", state: "PAUSED", userId: "anna" });
	const agent = () => call.conversation.participants.findLast((one) => one.purpose === "agent");
	expect(call.state).toBe("paused");
	const own = agent();
	expect(own && callOf(own)).toMatchObject({ recording: false, securePause: true });
	call.happens({ type: "recording.state", state: "ACTIVE", userId: "anna" });
	expect(call.state).toBe("active");
});

it("waits for the customer's yes, and for as long as they can take it back; a no ends it", () => {
	const [yes, no] = [talk({ policies: [asking] }), talk({ policies: [asking] })];
	for (const call of [yes, no]) {
		answered(call);
		expect(call.state).toBe("paused");
		call.pass(2000);
	}
	yes.happens({ type: "consent.pressed", participantId: yes.id("customer"), digit: "1" });
	expect(yes.state).toBe("paused");
	yes.pass(5000);
	yes.happens({ type: "consent.over" });
	expect(yes.state).toBe("active");
	no.happens({ type: "consent.pressed", participantId: no.id("customer"), digit: "2" });
	expect(no.state).toBeUndefined();
});

it("rests while the customer is on hold, where the organization records no hold", () => {
	const call = talk({ duringHold: false });
	answered(call);
	call.happens({ type: "hold", participantId: call.id("customer"), held: true });
	expect(call.state).toBe("paused");
	call.happens({ type: "hold", participantId: call.id("customer"), held: false });
	expect(call.state).toBe("active");
});

it("rests while the agent consults somebody in private, and goes on with the customer", () => {
	const call = talk();
	answered(call);
	const target = { kind: "user" as const, userId: "ben", name: "Ben", alertingTimeoutMs: 20_000 };
	const customer = call.id("customer");
	call.happens({ type: "consult.start", participantId: customer, target, speakTo: "DESTINATION", userId: "anna" });
	call.happens({ type: "media.connected", participantId: call.id("user") });
	expect(call.state).toBe("paused");
	call.happens({ type: "consult.speak", participantId: customer, speakTo: "BOTH", userId: "anna" });
	expect(call.state).toBe("active");
});
