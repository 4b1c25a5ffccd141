import { callFailureCodes, outcomeOf } from "@inlay/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { graceMs: 50 } });
});
afterEach(() => world.fresh());
afterAll(() => world.close());

const server = {};

describe("a call from a page to an agent", () => {
	it("queues the caller once their media is up, rings the agent, and mixes both when the agent's media is up", async () => {
		const { id, legId, sessionId, page } = await world.talking();
		expect((await world.party(id, "customer")).calls?.[0]?.state).toBe("connected");
		expect(world.engine.modes.get(legId)).toMatchObject({ filler: "none", channel: "left", held: false });
		expect(world.engine.modes.get(sessionId)).toMatchObject({ filler: "none", channel: "right", muted: false });
		await page.state("connected");
		expect(page.states).toEqual(["connecting", "waiting", "ringing", "connected"]);
	});

	it("lets a waiting caller hear music", async () => {
		const { id, legId } = await world.waitingCaller();
		await world.inBridge(id, legId);
		expect(world.engine.modes.get(legId)?.filler).toBe("music");
	});

	it("holds and mutes as the document says, and tells the engine nothing twice", async () => {
		const { id, legId, sessionId, page } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { held: true }, server);
		await page.state("held");
		expect(world.engine.modes.get(sessionId)?.held).toBe(true);
		expect(world.engine.modes.get(legId)?.filler).toBe("music");
		const told = world.engine.commandsOf("setLeg").length;
		await world.conversations.setAttributes(id, agent.id, { note: "unheard" }, server);
		await world.conversations.patchParticipant(id, agent.id, { muted: true }, server);
		await world.heard("setLeg", (command) => (command[3] as { muted: boolean }).muted);
		expect(world.engine.commandsOf("setLeg").length).toBe(told + 1);
	});

	it("ends for everybody when the agent hangs up at the phone", async () => {
		const { id, legId, sessionId, phone, page } = await world.talking();
		await phone.rpc("terminate", { sessionId, reason: "success" });
		await page.state("ended");
		expect((await page.ended()).code).toBe(1000);
		expect(callOf(await world.party(id, "agent")).disconnectType).toBe("client");
		await world.heard("closeBridge", (command) => command[1] === id);
		expect(world.engine.legs).not.toContain(legId);
		expect(world.engine.legs).not.toContain(sessionId);
	});

	it("ends for the agent when the caller hangs up at the page, and the phone is told", async () => {
		const { id, sessionId, phone, page } = await world.talking();
		page.send({ type: "hangup" });
		await phone.signal("terminate", sessionId);
		expect((await world.conversation(id)).endTime).toBeDefined();
	});

	it("answers for the user: a call that is answered by REST is offered with automatic answer", async () => {
		const userId = await world.agentOnQueue();
		const phone = await world.phone(userId);
		const { id } = await world.waitingCaller();
		await world.offer(id, world.queue.id, userId);
		const { sessionId, facts } = await phone.signal("propose");
		expect(facts["inin-autoanswer"]).toBeUndefined();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { state: "connected" }, server);
		await phone.signal("retract", sessionId);
		const second = await phone.signal("propose", undefined, 1);
		expect(second.facts["inin-autoanswer"]).toBe("true");
		expect(second.facts["inin-cid"]).toBe(id);
	});
});

describe("media that breaks", () => {
	it("offers a phone that sends nonsense three times at most, then the agent counts as not responding", async () => {
		const userId = await world.agentOnQueue();
		const phone = await world.phone(userId);
		const { id } = await world.waitingCaller();
		await world.offer(id, world.queue.id, userId);
		for (let attempt = 0; attempt < 3; attempt++) {
			const { sessionId } = await phone.signal("propose", undefined, attempt);
			await phone.take(sessionId, "nonsense");
			await phone.signal("terminate", sessionId);
		}
		const agent = await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
		expect(callOf(agent).disconnectType).toBe("error");
		expect(await world.status(userId)).toBe("NOT_RESPONDING");
		expect(phone.got("propose").length).toBe(3);
		expect((await world.conversation(id)).endTime, "the caller goes on waiting").toBeUndefined();
	});

	it("gives the caller another agent when a connected agent's media cannot be had again", async () => {
		const { id, phone, sessionId } = await world.talking();
		let lost = sessionId;
		// The first was up; of those that are offered for it, none comes up.
		for (let attempt = 1; attempt <= 4; attempt++) {
			world.engine.emit({ type: "leg-lost", legId: lost, reason: "ICE failed" });
			if (attempt < 4) lost = (await phone.signal("propose", undefined, attempt)).sessionId;
		}
		const agent = await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
		expect(callOf(agent).disconnectType).toBe("transport.failure");
		expect(callOf(await world.party(id, "acd")).state, "waits again").toBe("connected");
	});

	it("keeps the call of a page that is reloaded again and again", async () => {
		const { id, secret, legId, page } = await world.waitingCaller();
		let [last, lastLeg] = [page, legId];
		for (let reload = 0; reload < 5; reload++) {
			world.engine.emit({ type: "leg-lost", legId: lastLeg, reason: "closed by the page" });
			last.close();
			last = await world.page(id, secret);
			lastLeg = await last.offer();
			world.engine.emit({ type: "leg-connected", legId: lastLeg });
			await world.inBridge(id, lastLeg);
		}
		expect(callOf(await world.party(id, "customer")).state).toBe("connected");
	});

	it("lets a caller go whose page sends nonsense three times", async () => {
		const { id, page } = await world.caller();
		for (let attempt = 0; attempt < 3; attempt++) page.answer(await page.offer(attempt), "nonsense");
		await page.state("ended");
		expect(callOf(await world.party(id, "customer")).disconnectType).toBe("error");
	});

	it("tries again when the engine cannot make a leg, and does not fall over", async () => {
		const make = world.engine.createWebRtcLeg.bind(world.engine);
		let failures = 1;
		world.engine.createWebRtcLeg = async (legId) => {
			if (failures-- > 0) throw new Error("out of legs");
			return make(legId);
		};
		const { page } = await world.caller();
		page.answer(await page.offer());
		await world.heard("acceptAnswer");
	});

	it("makes every leg anew when the engine was restarted, and goes on recording in another file", async () => {
		const { id, userId, phone, page, sessionId } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { recording: true }, { userId });
		await world.heard("startRecording");
		world.engine.emit({ type: "restarted" });
		await phone.signal("terminate", sessionId);
		const again = await phone.signal("propose", undefined, 1);
		expect(again.facts["inin-autoanswer"]).toBe("true");
		expect(await page.offer(1)).toBeDefined();
		await expect.poll(() => world.engine.commandsOf("startRecording").length).toBe(2);
		const [first, second] = world.engine.commandsOf("startRecording");
		expect(first?.[2]).toBe(second?.[2]);
		expect(first?.[3]).not.toBe(second?.[3]);
		expect(callOf(await world.party(id, "agent")).state).toBe("connected");
	});
});

describe("keys", () => {
	it("reach the other side, and nobody who is on hold", async () => {
		const { id, legId, sessionId } = await world.talking();
		world.engine.emit({ type: "dtmf", legId, digit: "1" });
		world.engine.emit({ type: "dtmf", legId: sessionId, digit: "2" });
		expect(world.engine.commandsOf("sendDtmf")).toEqual([
			["sendDtmf", sessionId, "1"],
			["sendDtmf", legId, "2"],
		]);
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { held: true }, server);
		await expect.poll(() => world.engine.modes.get(sessionId)?.held).toBe(true);
		world.engine.emit({ type: "dtmf", legId, digit: "3" });
		expect(world.engine.commandsOf("sendDtmf").length).toBe(2);
	});

	it("that answer whether a caller may be recorded reach nobody else, and a 2 is a no", async () => {
		const asking = { name: "Asks", enabled: true, queueIds: [], percent: 100, requireConsent: true };
		const { id: policyId } = await world.rules.add({ ...asking, consentMessage: "May we?" }, {});
		await world.rules.load();
		const { id, legId, sessionId } = await world.talking();
		await expect.poll(() => world.engine.modes.get(legId)).toMatchObject({ held: true, filler: "say:May we?" });
		world.engine.emit({ type: "dtmf", legId, digit: "2" });
		await expect.poll(() => world.engine.modes.get(legId)).toMatchObject({ held: false, filler: "none" });
		expect((await world.conversation(id)).internal.consent?.state).toBe("refused");
		expect(world.engine.commandsOf("sendDtmf").filter(([, leg]) => leg === sessionId)).toEqual([]);
		expect(world.engine.commandsOf("startRecording")).toEqual([]);
		await world.rules.remove(policyId, {});
		await world.rules.load();
	});

	it("of which a 2 after a 1 was heard by the agent alone, and the caller was recorded", async () => {
		const asking = { name: "Asks", enabled: true, queueIds: [], percent: 100, requireConsent: true };
		const { id: policyId } = await world.rules.add({ ...asking, consentMessage: "May we?" }, {});
		await world.rules.load();
		const { id, legId } = await world.talking();
		await expect.poll(() => world.engine.modes.get(legId)?.filler).toBe("say:May we?");
		const press = async (digit: string) => {
			world.engine.emit({ type: "dtmf", legId, digit });
			return (await world.conversation(id)).internal.consent?.state;
		};
		// A yes that comes before anything was heard counts for nothing.
		world.kernel.clock.advance(1_500);
		await expect.poll(() => press("1")).toBe("given");
		await expect.poll(() => world.engine.modes.get(legId)?.filler).toBe("none");
		await expect.poll(() => press("2")).toBe("refused");
		await world.rules.remove(policyId, {});
		await world.rules.load();
	});

	it("none of which a caller without a line could press counted as a yes", async () => {
		const asking = { name: "Asks", enabled: true, queueIds: [], percent: 100, requireConsent: true };
		const { id: policyId } = await world.rules.add({ ...asking, consentMessage: "May we?" }, {});
		await world.rules.load();
		const { id, legId, page } = await world.talking();
		const until = async () => (await world.conversation(id)).internal.consent?.until;
		await expect.poll(() => world.engine.modes.get(legId)?.filler).toBe("say:May we?");
		world.engine.emit({ type: "leg-silent", legId });
		await expect.poll(until).toBeUndefined();
		world.engine.emit({ type: "leg-heard", legId });
		await expect.poll(until).toBeDefined();
		await expect.poll(() => world.engine.modes.get(legId)?.filler).toBe("say:May we?");
		page.close();
		await expect.poll(until).toBeUndefined();
		expect((await world.conversation(id)).internal.consent?.state).toBe("asked");
		await world.rules.remove(policyId, {});
		await world.rules.load();
	});

	it("that the agent sends by REST are played to the caller", async () => {
		const { id, legId } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.calls.sendDigits(id, agent.id, "12#", server);
		await world.heard("sendDtmf", (command) => command[1] === legId && command[2] === "12#");
		expect(world.engine.commandsOf("sendDtmf").length).toBe(1);
	});
});

describe("an outbound call", () => {
	it("connects the caller's phone first, lets it hear ringing, and then both talk", async () => {
		const userId = await world.agentOnQueue();
		const phone = await world.phone(userId);
		const { id } = await world.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });
		const { sessionId, facts } = await phone.signal("propose");
		expect(facts["inin-autoanswer"]).toBe("true");
		await phone.take(sessionId);
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.heard("createScriptedLeg");
		const farEnd = world.engine.commandsOf("createScriptedLeg")[0]?.[1] as string;
		await expect.poll(() => world.engine.modes.get(sessionId)?.filler).toBe("ringback");
		world.engine.emit({ type: "far-end", legId: farEnd, step: "ringing" });
		world.engine.emit({ type: "far-end", legId: farEnd, step: "answered" });
		await world.inBridge(id, sessionId, farEnd);
		await expect.poll(() => world.engine.modes.get(sessionId)?.filler).toBe("none");
		world.engine.emit({ type: "far-end", legId: farEnd, step: "hungup" });
		await phone.signal("terminate", sessionId);
		expect((await world.conversation(id)).endTime).toBeDefined();
		expect(callOf(await world.party(id, "external")).disconnectType).toBe("endpoint");
		expect(callOf(await world.party(id, "user"))).toMatchObject({ disconnectType: "peer" });
	});

	it.each([
		["busy", "transfer.notavailable"],
		["noAnswer", "transfer.noanswer"],
		["refused", "endpoint.donotdisturb"],
		["unknownNumber", "error"],
	] as const)(
		"tells the caller that the far end's reason was %s, and not just that the call is over",
		async (cause, type) => {
			const userId = await world.agentOnQueue();
			const phone = await world.phone(userId);
			const { id } = await world.conversations.calls.dial({ userId, phoneNumber: "+31201234500" });
			const { sessionId } = await phone.signal("propose");
			await phone.take(sessionId);
			world.engine.emit({ type: "leg-connected", legId: sessionId });
			await world.heard("createScriptedLeg");
			const farEnd = world.engine.commandsOf("createScriptedLeg").at(-1)?.[1] as string;
			world.engine.emit({ type: "far-end", legId: farEnd, step: "hungup", cause });
			const outside = await world.until(id, "external", (party) => callOf(party).state === "disconnected");
			expect(callOf(outside)).toMatchObject({ disconnectType: type, errorInfo: { code: callFailureCodes[cause] } });
			expect(outcomeOf(callOf(await world.party(id, "user")))).toBe(cause);
		},
	);

	it("tells that a number cannot be called at all, instead of ringing for ever", async () => {
		const trunkless = await voiceWorld({
			trunk: () => ({
				place: () => {
					throw new Error("no such number");
				},
				end: () => {},
				onNews: () => () => {},
			}),
		});
		const userId = await trunkless.agentOnQueue();
		const phone = await trunkless.phone(userId);
		const { id } = await trunkless.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });
		const { sessionId } = await phone.signal("propose");
		await phone.take(sessionId);
		trunkless.engine.emit({ type: "leg-connected", legId: sessionId });
		const own = await trunkless.until(id, "user", (party) => callOf(party).state === "disconnected");
		expect(outcomeOf(callOf(own))).toBe("unreachable");
		await trunkless.close();
	});

	it("brings the caller back to the agent when the number to which they were transferred is busy", async () => {
		const { id, sessionId, phone, userId, page } = await world.talking();
		const agent = await world.party(id, "agent");
		world.reachability.signIn(userId);
		await world.conversations.transfer(id, agent.id, { address: "+31201234500" }, server);
		await phone.signal("terminate", sessionId);
		await world.heard("createScriptedLeg");
		const farEnd = world.engine.commandsOf("createScriptedLeg").at(-1)?.[1] as string;
		world.engine.emit({ type: "far-end", legId: farEnd, step: "hungup", cause: "busy" });
		const again = await phone.signal("propose", undefined, 1);
		expect((await world.conversation(id)).recentTransfers[0]?.state).toBe("Failed");
		await phone.take(again.sessionId);
		world.engine.emit({ type: "leg-connected", legId: again.sessionId });
		await page.state("connected");
		const back = await world.until(id, "agent", (party) => callOf(party).state === "connected");
		expect(back).toMatchObject({ userId, queueId: world.queue.id });
	});

	it("reaches a number to which a web caller is transferred by the trunk, and leaves the page its own leg", async () => {
		const { id, legId, page, sessionId, phone } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.transfer(id, agent.id, { address: "+31201234567" }, server);
		await phone.signal("terminate", sessionId);
		await world.heard("createScriptedLeg");
		const farEnd = world.engine.commandsOf("createScriptedLeg")[0]?.[1] as string;
		await page.state("ringing");
		world.engine.emit({ type: "far-end", legId: farEnd, step: "answered" });
		await world.inBridge(id, legId, farEnd);
		await page.state("connected");
		expect(page.messages.filter((one) => one.type === "offer").length).toBe(1);
	});
});

describe("a call of a campaign", () => {
	/** Rings at a number for nobody yet. */
	async function ringing(): Promise<{ id: string; legId: string }> {
		const { campaigns } = world.conversations;
		const queue = await campaigns.queueFacts(world.queue.id);
		const number = "+493023125110";
		const campaign = {
			...{ campaignId: "c", name: "Orders", contactListId: "l", contactId: "1", mode: "progressive" as const },
			...{
				numbers: [{ column: "cell", number, type: "cell" }],
				timeoutSeconds: 0,
				skipEnabled: true,
				autoAnswer: true,
			},
		};
		const wish = { campaign, queue, callerId: "+4930", callerName: "Inlay", attributes: {}, ringMs: 30_000 };
		const { id } = await world.kernel.database.change((trx) => campaigns.place(trx, wish));
		await world.heard("createScriptedLeg");
		return { id, legId: String(world.engine.commandsOf("createScriptedLeg").at(-1)?.[1]) };
	}
	const outcome = async (id: string) => (await world.conversation(id)).internal.campaign?.outcome;

	it("an answering machine was given an agent, or waited for one", async () => {
		const { id, legId } = await ringing();
		world.engine.emit({ type: "far-end", legId, step: "machine" });
		await expect.poll(() => outcome(id)).toBe("machine");
		expect((await world.conversation(id)).endTime).toBeDefined();
	});

	it("rang somebody a second time when the media process had died", async () => {
		const { id } = await ringing();
		world.engine.emit({ type: "restarted" });
		await expect.poll(async () => (await world.conversation(id)).endTime).toBeDefined();
		expect(world.engine.commandsOf("createScriptedLeg")).toHaveLength(1);
	});
});
