import { INTERACTION_KEYS } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { PlatformConversation } from "../platform-conversation.ts";
import { AGENT_ID, inboundCall } from "../test-support/sample-call.ts";
import { cleanAddress } from "./address.ts";
import { buildInteraction } from "./build-interaction.ts";

const build = (conversation: PlatformConversation, options = {}) => buildInteraction(conversation, AGENT_ID, options);

describe("the interaction that scripts see", () => {
	it("describes an alerting queue call", () => {
		expect(build(inboundCall("c1", "alerting"))).toEqual({
			id: "c1",
			phone: "tel:+493012345",
			name: "Ada Lovelace",
			isConnected: false,
			isDisconnected: false,
			isDone: false,
			state: "ALERTING",
			isCallback: false,
			isDialer: false,
			isChat: false,
			isEmail: false,
			isMessage: false,
			isVoicemail: false,
			remoteName: "Ada Lovelace",
			recordingState: "none",
			securePause: false,
			displayAddress: "+493012345",
			queueName: "Service",
			ani: "+493012345",
			calledNumber: "+4930999",
			totalIvrDurationSeconds: 0,
			direction: "Inbound",
			isInternal: false,
			startTime: "2026-03-01T10:00:00.000Z",
		});
	});

	it("gains times, durations and the name of the wrap-up code as the call goes on", () => {
		expect(build(inboundCall("c1", "connected"))).toMatchObject({
			state: "CONNECTED",
			isConnected: true,
			connectedTime: "2026-03-01T10:00:12.000Z",
			totalAcdDurationSeconds: 10,
		});
		expect(build(inboundCall("c1", "connected", { held: true }))).toMatchObject({ state: "HELD", isConnected: true });
		const waiting = build(inboundCall("c1", "disconnected"));
		expect(waiting).toMatchObject({ isDisconnected: true, isDone: false, interactionDurationSeconds: 60 });
		const done = build(inboundCall("c1", "disconnected", { wrapup: { code: "w1", durationSeconds: 7 } }), {
			wrapupName: (code: string) => `name of ${code}`,
		});
		expect(done).toMatchObject({ isDone: true, disposition: "name of w1", dispositionDurationSeconds: 7 });
		expect(build(inboundCall("c1", "disconnected", { wrapupRequired: false }))?.isDone).toBe(true);
	});

	it("the CRM said connected while the customer heard music, or had left", () => {
		const call = inboundCall("c1", "connected");
		const [customer, ...others] = call.participants ?? [];
		const ben = { id: "b", purpose: "user", userId: "ben", calls: [{ state: "connected" }] };
		const asking = (theirs: object, transfer: string) =>
			build({
				...call,
				participants: [{ ...customer, calls: [{ ...customer?.calls?.[0], ...theirs }] }, ...others, ben],
				recentTransfers: [{ id: "t", transferType: "Attended", state: transfer }],
			});
		expect(build(call)).not.toHaveProperty("remoteState");
		expect(asking({ held: true, startHoldTime: "2026-03-01T10:00:30Z" }, "Active")).toMatchObject({
			state: "CONNECTED",
			remoteState: "HELD",
			remoteHeldTime: "2026-03-01T10:00:30.000Z",
			isConsult: true,
		});
		const left = asking({ state: "disconnected" }, "Canceled");
		expect(left).toMatchObject({ state: "CONNECTED", remoteState: "LEFT" });
		expect(left).not.toHaveProperty("isConsult");
	});

	it("nobody could see in the CRM that the microphone was off", () => {
		const muted = (state: "connected" | "disconnected", value: boolean) => {
			const call = inboundCall("c1", state);
			const participants = call.participants?.map((one) =>
				one.userId === AGENT_ID ? { ...one, calls: one.calls?.map((each) => ({ ...each, muted: value })) } : one,
			);
			return build({ ...call, participants });
		};
		expect(muted("connected", true)).toMatchObject({ state: "CONNECTED", isMuted: true });
		expect(muted("connected", false)).not.toHaveProperty("isMuted");
		expect(muted("disconnected", true)).not.toHaveProperty("isMuted");
	});

	it("a call that was talked through, came back and rang out counted as one that never connected", () => {
		const talked = inboundCall("c1", "disconnected");
		const again = {
			id: "c1-agent-again",
			purpose: "agent",
			userId: AGENT_ID,
			endTime: "2026-03-01T10:02:00Z",
			calls: [{ id: "again", state: "disconnected", direction: "inbound" }],
		};
		const rangOut = { ...talked, participants: [...(talked.participants ?? []), again] };
		expect(build(rangOut)).toMatchObject({
			isDisconnected: true,
			connectedTime: "2026-03-01T10:00:12.000Z",
			interactionDurationSeconds: 60,
		});
		const third = {
			...again,
			id: "c1-agent-third",
			endTime: "2026-03-01T10:03:05Z",
			calls: [{ ...again.calls[0], connectedTime: "2026-03-01T10:03:00Z" }],
		};
		const talkedAgain = { ...talked, participants: [...rangOut.participants, third] };
		expect(build(talkedAgain)).toMatchObject({
			connectedTime: "2026-03-01T10:03:00.000Z",
			interactionDurationSeconds: 65,
		});
	});

	it("writes its keys in the captured order", () => {
		const done = build(inboundCall("c1", "disconnected", { wrapup: { code: "w" } }), { attributeNames: ["a"] });
		const order = Object.keys(done ?? {}).map((key) => (INTERACTION_KEYS as readonly string[]).indexOf(key));
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(JSON.parse(JSON.stringify(done))).toEqual(done);
	});

	it("shows the named attributes only, with keys in lower case unless asked otherwise", () => {
		const call = inboundCall("c1", "alerting", { attributes: { PEF_URLPop: "x", secret: "y" } });
		expect(build(call)?.attributes).toBeUndefined();
		expect(build(call, { attributeNames: ["pef_urlpop", "other"] })?.attributes).toEqual({ pef_urlpop: "x" });
		const kept = build(call, { attributeNames: ["PEF_URLPop"], preserveAttributeCase: true });
		expect(kept?.attributes).toEqual({ PEF_URLPop: "x" });
		expect(build(inboundCall("c1", "alerting"), { attributeNames: ["a"] })?.attributes).toEqual({});
	});

	it("counts an outbound call as dialling until the far end answers", () => {
		const outbound = (far: string): PlatformConversation => ({
			id: "o1",
			participants: [
				{ purpose: "user", userId: AGENT_ID, calls: [{ state: "connected", direction: "outbound" }] },
				{ purpose: "customer", address: "tel:+15550100", calls: [{ state: far, direction: "outbound" }] },
			],
		});
		expect(build(outbound("dialing"))).toMatchObject({
			state: "DIALING",
			isConnected: false,
			calledNumber: "+15550100",
		});
		expect(build(outbound("connected"))).toMatchObject({
			state: "CONNECTED",
			direction: "Outbound",
			phone: "tel:+15550100",
		});
	});

	it("what is no call and in hand is INTERACTING where the script waits for that, and calls are as ever", () => {
		const inHand = (medium: object) =>
			buildInteraction({ id: "m1", participants: [{ purpose: "agent", userId: AGENT_ID, ...medium }] }, AGENT_ID, {
				writtenInHand: "INTERACTING",
			});
		const connected = [{ state: "connected", direction: "inbound" }];
		expect(inHand({ emails: connected })).toMatchObject({ state: "INTERACTING", isConnected: true });
		expect(inHand({ messages: [{ state: "alerting", direction: "inbound" }] })).toMatchObject({ state: "ALERTING" });
		expect(inHand({ calls: connected })).toMatchObject({ state: "CONNECTED" });
	});

	it("says Internal for the numbers of a call between users", () => {
		const internal: PlatformConversation = {
			id: "i1",
			participants: [
				{ purpose: "user", userId: "other", name: "Grace", calls: [{ state: "connected", direction: "outbound" }] },
				{ purpose: "user", userId: AGENT_ID, calls: [{ state: "alerting", direction: "inbound" }] },
			],
		};
		expect(build(internal)).toMatchObject({
			isInternal: true,
			ani: "Internal",
			calledNumber: "Internal",
			name: "Grace",
		});
	});

	it("an outbound call had no name, no ani and no tel: before its number", () => {
		const outbound = (agentLeg: object, theirs: object = {}): PlatformConversation => ({
			id: "o1",
			participants: [
				{ purpose: "user", userId: AGENT_ID, calls: [{ state: "connected", direction: "outbound", ...agentLeg }] },
				{ purpose: "external", address: "+4930777", calls: [{ state: "connected", direction: "outbound", ...theirs }] },
			],
		});
		expect(build(outbound({ other: { addressNormalized: "+4930777" } }))).toMatchObject({
			direction: "Outbound",
			phone: "tel:+4930777",
			name: "+4930777",
			remoteName: "+4930777",
			ani: "+4930777",
			calledNumber: "+4930777",
		});
		const remoteName = (address: string) => (address === "+4930777" ? "Ada" : undefined);
		const shown = { other: { name: "Service", addressNormalized: "tel:+49301000" } };
		expect(build(outbound({}, shown), { remoteName })).toMatchObject({
			name: "Ada",
			remoteName: "Ada",
			ani: "+49301000",
			calledNumber: "+4930777",
		});
	});

	it("attributes that a colleague set on the customer's part did not reach whom the call was handed to", () => {
		const call = inboundCall("c1", "alerting", { attributes: { PEF_Case: "4711" } });
		expect(build(call, { attributeNames: ["PEF_Case"] })?.attributes).toEqual({ pef_case: "4711" });
	});

	it("no attribute is added that nobody has set, not even where the script lists Interaction.Url", () => {
		const attributeNames = ["Interaction.Url", "Participant.casoId"];
		expect(
			build(inboundCall("c1", "alerting", { attributes: { casoId: "7" } }), { attributeNames })?.attributes,
		).toEqual({});
	});

	it("a message left in a queue is a voicemail, and a callback as well where the script says so", () => {
		const callbacks = [{ state: "alerting", callbackNumbers: ["+1"], voicemail: { id: "v1" } }];
		const left = { id: "x", participants: [{ purpose: "agent", userId: AGENT_ID, callbacks }] } as PlatformConversation;
		expect(buildInteraction(left, AGENT_ID)).toMatchObject({ isVoicemail: true, isCallback: false });
		const told = buildInteraction(left, AGENT_ID, { voicemailIsCallback: true });
		expect(told).toMatchObject({ isVoicemail: true, isCallback: true, callbackNumbers: ["+1"] });
	});

	it("flags the media, and reads REST's references as well as the events' ids", () => {
		const rest: PlatformConversation = {
			id: "m1",
			startTime: "2026-03-01T09:00:00Z",
			participants: [
				{ purpose: "customer", name: "Bob", messages: [{ state: "connected", direction: "inbound" }] },
				{
					purpose: "agent",
					user: { id: AGENT_ID },
					queue: { id: "q", name: "Messages" },
					messages: [
						{ state: "alerting", direction: "inbound", type: "whatsapp", fromAddress: { addressNormalized: "+4917" } },
					],
				},
			],
		};
		expect(build(rest)).toMatchObject({
			isMessage: true,
			messageType: "whatsapp",
			queueName: "Messages",
			phone: "+4917",
			startTime: "2026-03-01T09:00:00.000Z",
		});
		const own = (leg: object): PlatformConversation => ({
			id: "x",
			participants: [{ purpose: "agent", userId: AGENT_ID, ...leg }],
		});
		expect(build(own({ callbacks: [{ state: "alerting", callbackNumbers: ["+1"] }] }))).toMatchObject({
			isCallback: true,
			callbackNumbers: ["+1"],
		});
		expect(build(own({ emails: [{ state: "alerting", other: { addressNormalized: "a@b.c" } }] }))).toMatchObject({
			isEmail: true,
			displayAddress: "a@b.c",
		});
		const preview = { campaignId: "k", contactId: "c", contactListId: "l" };
		expect(build(own({ callbacks: [{ state: "alerting", dialerPreview: preview }] }))).toMatchObject({
			isDialer: true,
			dialerCampaignId: "k",
			dialerContactId: "c",
			dialerContactListId: "l",
		});
	});

	it("keeps after-call work open while the server says it is pending, and follows the newest of the agent's legs", () => {
		const conversation = (state: string): PlatformConversation => ({
			id: "t1",
			participants: [
				{ purpose: "agent", userId: AGENT_ID, calls: [{ state: "disconnected", direction: "inbound" }] },
				{
					purpose: "agent",
					userId: AGENT_ID,
					wrapup: { code: "early" },
					calls: [{ state: "disconnected", direction: "inbound", afterCallWork: { state } }],
				},
			],
		});
		expect(build(conversation("pending"))?.isDone).toBe(false);
		expect(build(conversation("complete"))?.isDone).toBe(true);
		expect(build(conversation("notApplicable"))?.isDone).toBe(true);
		const back = conversation("complete");
		back.participants?.push({
			purpose: "agent",
			userId: AGENT_ID,
			calls: [{ state: "alerting", direction: "inbound" }],
		});
		expect(build(back)?.state).toBe("ALERTING");
		expect(build({ id: "n", participants: [] })).toBeUndefined();
		expect(build({ id: "n" })).toBeUndefined();
	});
});

describe("cleaned addresses", () => {
	it.each([
		["tel:+49 (30) 123-45", "+493012345"],
		["sip:+4930@edge.example;user=phone", "+4930"],
		["sip:anna@host.example", "anna@host.example"],
		["anna@mail.example", "anna@mail.example"],
		["mailto:a@b.c", "a@b.c"],
		["", undefined],
	])("%s becomes %s", (raw, cleaned) => {
		expect(cleanAddress(raw)).toBe(cleaned);
	});
});
