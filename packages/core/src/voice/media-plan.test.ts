import { describe, expect, it } from "vitest";
import { separate } from "../conversations/call/consult/model.ts";
import { callOf, callParts } from "../conversations/call/model.ts";
import { inboundConversation } from "../conversations/call/transitions/create.ts";
import type { CommunicationState } from "../conversations/communication.ts";
import type { Conversation, Participant, Purpose } from "../conversations/model.ts";
import { newParty } from "../conversations/transitions/parties.ts";
import { awaitsMedia, planMedia } from "./media-plan.ts";
import { lineState } from "./web-line-state.ts";

let ids = 0;
const context = { now: new Date(0), newId: () => `id-${++ids}` };

/** A conversation of parties in these states, in this order; the first is the caller. */
function conversation(...states: Array<[Purpose, CommunicationState]>): [Conversation, ...Participant[]] {
	const queue = { id: "q", name: "Queue", wrapupPrompt: "mandatory" as const };
	const made = inboundConversation(
		{ customer: { address: "tel:+1" }, dnis: "tel:+2", queue, divisionId: "d", provider: "p" },
		context,
	);
	made.participants = states.map(([purpose, state]) =>
		newParty(
			{ purpose, state, direction: "inbound", acd: false, provider: "p", name: `The ${purpose}` },
			callParts,
			context,
		),
	);
	return [made, ...made.participants];
}

function plan(made: Conversation, index: number) {
	const planned = planMedia(made).parties.get(made.participants[index]?.id ?? "");
	if (!planned) throw new Error("The party is not planned for.");
	return planned;
}

describe("what parties get", () => {
	it.each<[Purpose, CommunicationState, string, boolean]>([
		["customer", "alerting", "media", true],
		["customer", "connected", "media", false],
		["external", "dialing", "media", true],
		["customer", "disconnected", "none", false],
		["agent", "alerting", "ring", true],
		["agent", "contacting", "media", true],
		["agent", "dialing", "media", false],
		["user", "connected", "media", false],
		["user", "terminated", "none", false],
	])("%s, %s: %s", (purpose, state, wish, awaited) => {
		const [made, party] = conversation([purpose, state]);
		expect(plan(made, 0).wish).toBe(wish);
		expect(awaitsMedia(party as Participant)).toBe(awaited);
	});

	it("nothing for the queue itself", () => {
		const [made] = conversation(["customer", "connected"], ["acd", "connected"]);
		expect(planMedia(made).parties.size).toBe(1);
	});
});

describe("what parties hear and who hears them", () => {
	it("whose agent's only panel was closed heard nothing: there is music while the agent is not heard", () => {
		const [made, , agent] = conversation(["customer", "connected"], ["agent", "connected"]);
		const interrupted = new Set([agent?.id ?? ""]);
		const modes = made.participants.map((one) => planMedia(made, interrupted).parties.get(one.id)?.mode);
		expect(modes[0]).toMatchObject({ held: false, filler: "music" });
		expect(modes[1]).toMatchObject({ held: true });
		expect(plan(made, 0).mode.filler).toBe("none");
	});

	it("the network's announcement that there is no such number was drowned by our own ringing", () => {
		const [made, caller, called] = conversation(["user", "dialing"], ["external", "dialing"]);
		const { parties } = planMedia(made, undefined, undefined, new Set([called?.id ?? ""]));
		expect(parties.get(caller?.id ?? "")).toMatchObject({ early: false, mode: { held: false, filler: "none" } });
		expect(parties.get(called?.id ?? "")).toMatchObject({ early: true, mode: { held: false, filler: "none" } });
	});

	it("who talks with two agents goes on hearing the one who is there", () => {
		const [made, , agent] = conversation(["customer", "connected"], ["agent", "connected"], ["user", "connected"]);
		const planned = planMedia(made, new Set([agent?.id ?? ""]));
		expect(planned.parties.get(made.participants[0]?.id ?? "")?.mode.filler).toBe("none");
	});

	it("who has set a call aside that is still dialled does not hear it ring beside the other call", () => {
		const [dialling, caller] = conversation(["user", "dialing"], ["external", "dialing"]);
		expect(plan(dialling, 0).mode.filler).toBe("ringback");
		callOf(caller as Participant).held = true;
		expect(plan(dialling, 0).mode.filler).toBe("none");
	});

	it("a caller hears music until somebody talks to them, and again when everybody is on hold", () => {
		const [waiting] = conversation(["customer", "connected"], ["acd", "connected"], ["agent", "alerting"]);
		expect(plan(waiting, 0).mode.filler).toBe("music");
		const [talking, , agent] = conversation(["customer", "connected"], ["agent", "connected"]);
		expect(plan(talking, 0).mode.filler).toBe("none");
		callOf(agent as Participant).held = true;
		expect(plan(talking, 0).mode.filler).toBe("music");
		expect(plan(talking, 1).mode).toMatchObject({ held: true, filler: "none" });
	});

	it("an agent heard dead silence while their customer was asked whether they may be recorded", () => {
		const [made, customer, agent] = conversation(["customer", "connected"], ["agent", "connected"]);
		if (!customer || !agent) throw new Error("They are in the call.");
		const consent = { state: "asked" as const, partyId: customer.id, text: "Well?", until: "" };
		made.internal.consent = consent;
		expect([plan(made, 0).mode.filler, plan(made, 1).mode.filler]).toEqual(["say:Well?", "asking"]);
		made.internal.consent = { ...consent, state: "given" };
		expect(plan(made, 1).mode.filler).toBe("none");
	});

	it("a caller transferred to somebody outside hears them", () => {
		const [made] = conversation(["customer", "connected"], ["external", "connected"]);
		expect(plan(made, 0).mode.filler).toBe("none");
	});

	it("a customer heard dead silence where nobody but a confined agent was there, or who is asked for their consent", () => {
		const [made, customer, agent, other] = conversation(
			["customer", "connected"],
			["agent", "connected"],
			["external", "connected"],
		);
		if (!customer || !agent || !other) throw new Error("Somebody is missing.");
		callOf(agent).held = true;
		expect(plan(made, 0).mode.filler, "the two outside talk on").toBe("none");
		made.internal.consent = { state: "asked", partyId: other.id, text: "May we?" } as never;
		expect(plan(made, 0).mode.filler, "one of them is asked").toBe("music");
		made.internal.consent = undefined;
		callOf(other).confined = true;
		expect(plan(made, 0).mode.filler, "one of them hears nobody").toBe("music");
		callOf(agent).held = false;
		expect(plan(made, 0).mode.filler, "the agent is back").toBe("none");
	});

	it("who is held or confined takes no part", () => {
		const [made, customer, agent] = conversation(["customer", "connected"], ["agent", "connected"]);
		callOf(customer as Participant).confined = true;
		expect(plan(made, 0).mode).toMatchObject({ held: true, filler: "music", channel: "left" });
		callOf(agent as Participant).muted = true;
		expect(plan(made, 1).mode).toMatchObject({ held: false, muted: true, channel: "right" });
	});

	it("who dials hears ringing, and staff who called a queue music", () => {
		const [dialing] = conversation(["user", "dialing"], ["external", "dialing"]);
		expect(plan(dialing, 0).mode.filler).toBe("ringback");
		const [waiting] = conversation(["user", "connected"], ["acd", "connected"]);
		expect(plan(waiting, 0).mode.filler).toBe("music");
	});
});

describe("while somebody is consulted", () => {
	/** Customer, agent, and who is consulted: the mode of each. */
	function consulting(stage: "ringing" | "talking", speakTo: "DESTINATION" | "OBJECT" | "BOTH", inside = true) {
		const consulted: [Purpose, CommunicationState] = inside
			? ["user", stage === "talking" ? "connected" : "alerting"]
			: ["external", stage === "talking" ? "connected" : "dialing"];
		const [made, customer, agent, other] = conversation(["customer", "connected"], ["agent", "connected"], consulted);
		if (!customer || !agent || !other) throw new Error("Somebody is missing.");
		const ids = { transferId: "t", objectId: customer.id, initiatorId: agent.id, destinationId: other.id };
		made.internal.consult = { ...ids, stage, speakTo, unattendedMs: 1 };
		separate(made, made.internal.consult, context);
		return {
			made,
			heard: made.participants.map(
				(_, index) => `${plan(made, index).mode.held ? "apart" : "in"} ${plan(made, index).mode.filler}`,
			),
		};
	}

	it.each<["ringing" | "talking", "DESTINATION" | "OBJECT" | "BOTH", string[]]>([
		["ringing", "DESTINATION", ["apart music", "in ringback", "in none"]],
		["ringing", "OBJECT", ["in none", "in none", "in none"]],
		["talking", "DESTINATION", ["apart music", "in none", "in none"]],
		["talking", "OBJECT", ["in none", "in none", "apart music"]],
		["talking", "BOTH", ["in none", "in none", "in none"]],
	])("%s, spoken to %s: customer, agent and colleague", (stage, speakTo, heard) => {
		expect(consulting(stage, speakTo).heard).toEqual(heard);
	});

	it("the same for somebody outside, who is on hold while the agent is back with the customer", () => {
		expect(consulting("talking", "OBJECT", false).heard).toEqual(["in none", "in none", "apart music"]);
	});

	it("a colleague with another call on the line hears no music beside it", () => {
		const { made } = consulting("talking", "OBJECT");
		callOf(made.participants[2] as Participant).held = true;
		expect(plan(made, 2).mode).toMatchObject({ held: true, filler: "none" });
	});

	it("whoever was left alone by the other's hold heard dead silence", () => {
		const { made } = consulting("talking", "DESTINATION");
		callOf(made.participants[1] as Participant).held = true;
		expect([plan(made, 1).mode.filler, plan(made, 2).mode]).toEqual([
			"none",
			expect.objectContaining({ held: false, filler: "music" }),
		]);
		expect(plan(made, 0).mode).toMatchObject({ held: true, filler: "music" });
	});

	it("what was said in private was recorded with the customer's call", () => {
		const { made } = consulting("talking", "DESTINATION");
		made.recordingState = "ACTIVE";
		expect(planMedia(made).recording.paused).toBe(true);
		const { made: together } = consulting("talking", "BOTH");
		together.recordingState = "ACTIVE";
		expect(planMedia(together).recording.paused).toBe(false);
	});

	it("what was said in private was recorded nowhere, though the organization wants it as a recording of its own", () => {
		const { made } = consulting("talking", "DESTINATION");
		made.internal.policyRecording = { id: "call", policyId: "p" };
		made.internal.consultRecording = { id: "private", policyId: "p" };
		// As where the organization records nobody's hold.
		made.recordingState = "PAUSED";
		const apart = planMedia(made).recording;
		expect([apart.paused, apart.running]).toEqual([
			true,
			[{ id: "call" }, { id: "private", paused: false, mark: "none" }],
		]);
		separate(made, Object.assign(made.internal.consult ?? {}, { speakTo: "BOTH" }) as never, context);
		expect(planMedia(made).recording.running[1]).toEqual({ id: "private", paused: true, mark: "hold" });
	});

	it("a customer on hold is told so, and not that they talk with whoever is consulted", () => {
		expect(lineState(consulting("talking", "DESTINATION").made).state).toBe("held");
		expect(lineState(consulting("talking", "BOTH").made).state).toBe("connected");
	});

	it("the caller's page named the colleague who was asked in private, once the agent's line was cut", () => {
		const { made } = consulting("talking", "DESTINATION");
		for (const [index, name] of ["Carol", "Anna", "Ben"].entries())
			(made.participants[index] as Participant).name = name;
		const agent = new Set([made.participants[1]?.id ?? ""]);
		expect(lineState(made)).toMatchObject({ state: "held", agentName: "Anna" });
		expect(lineState(made, agent)).toMatchObject({ agentName: "Anna" });
	});
});

describe("recording", () => {
	it("runs while somebody of the organization talks, and rests while it is paused", () => {
		const [made] = conversation(["customer", "connected"], ["agent", "connected"]);
		const plan = () => planMedia(made).recording;
		expect(plan()).toEqual({ running: [], paused: false, mark: "none" });
		Object.assign(made.internal, { recordingId: "own", policyRecording: { id: "policy", policyId: "1" } });
		made.recordingState = "ACTIVE";
		expect(plan()).toEqual({ running: [{ id: "own" }, { id: "policy" }], paused: false, mark: "none" });
		made.recordingState = "PAUSED";
		made.securePause = true;
		expect(plan()).toMatchObject({ paused: true, mark: "pause" });
		callOf(made.participants[1] as Participant).state = "disconnected";
		expect(plan().running).toEqual([]);
	});

	it("of somebody on hold says so, whether or not that is recorded", () => {
		const [made] = conversation(["customer", "connected"], ["agent", "connected"]);
		callOf(made.participants[1] as Participant).held = true;
		expect(planMedia(made).recording).toMatchObject({ paused: false, mark: "hold" });
	});
});

describe("what a caller's page is told", () => {
	it.each<[string, Array<[Purpose, CommunicationState]>, string]>([
		["before its media is up", [["customer", "alerting"]], "connecting"],
		[
			"in the queue",
			[
				["customer", "connected"],
				["acd", "connected"],
			],
			"waiting",
		],
		[
			"while an agent is rung",
			[
				["customer", "connected"],
				["agent", "alerting"],
			],
			"ringing",
		],
		[
			"with an agent",
			[
				["customer", "connected"],
				["agent", "connected"],
			],
			"connected",
		],
		[
			"with somebody outside",
			[
				["customer", "connected"],
				["external", "connected"],
			],
			"connected",
		],
		[
			"while that one is called",
			[
				["customer", "connected"],
				["external", "dialing"],
			],
			"ringing",
		],
		[
			"after the end",
			[
				["customer", "disconnected"],
				["agent", "connected"],
			],
			"ended",
		],
	])("%s", (_when, states, state) => {
		expect(lineState(conversation(...states)[0]).state).toBe(state);
	});

	it("names who talks, and says when nobody does because of a hold", () => {
		const [made, , agent] = conversation(["customer", "connected"], ["agent", "connected"]);
		expect(lineState(made)).toMatchObject({ state: "connected", agentName: "The agent" });
		callOf(agent as Participant).held = true;
		expect(lineState(made)).toMatchObject({ state: "held", agentName: "The agent" });
	});
});
