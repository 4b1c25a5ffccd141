import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { deskLed } from "../desks/events.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { graceMs: 50 } });
});
afterEach(() => world.fresh());
afterAll(() => world.close());

/** An agent with phones whom a waiting caller rings. */
async function ringing(phones = 2) {
	const userId = await world.agentOnQueue();
	const all = [];
	for (let i = 0; i < phones; i++) all.push(await world.phone(userId));
	const { id } = await world.waitingCaller();
	await world.offer(id, world.queue.id, userId);
	const [first, second] = all;
	if (!first) throw new Error("An agent needs a phone.");
	const { sessionId } = await first.signal("propose");
	return { userId, id, first, second: second ?? first, sessionId };
}

/** The user clicks in another panel: that one leads from now on. */
function takeOver(userId: string): Promise<void> {
	const lease = { panelId: "another-panel", channelId: "c", since: new Date() };
	return world.kernel.database.change(async (trx) => {
		await world.kernel.events.append(trx, [deskLed(userId, lease, { takenOver: true })]);
	});
}

describe("several phones of one user", () => {
	it("all ring; the first that proceeds has the call and the others are told so", async () => {
		const { first, second, sessionId } = await ringing();
		await second.signal("propose", sessionId);
		await second.take(sessionId);
		await first.signal("accept", sessionId);
		first.say("proceed", sessionId);
		await first.signal("accept", sessionId, 1);
		expect(first.got("offer")).toEqual([]);
		expect(world.engine.commandsOf("createWebRtcLeg").filter((one) => one[1] === sessionId).length).toBe(1);
	});

	it("all stop ringing when one refuses, and the agent counts as not responding", async () => {
		const { id, userId, first, second, sessionId } = await ringing();
		first.say("reject", sessionId);
		await second.signal("retract", sessionId);
		const agent = await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
		expect(callOf(agent).disconnectType).toBe("client");
		expect(await world.status(userId)).toBe("NOT_RESPONDING");
		expect((await world.conversation(id)).endTime).toBeUndefined();
	});

	it("cannot refuse, answer or end what another one has", async () => {
		const { id, first, second, sessionId } = await ringing();
		await first.take(sessionId);
		second.say("reject", sessionId);
		await second.rpc("terminate", { sessionId, reason: "success" });
		await second.rpc("answer", { sessionId, sdp: "other" });
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.until(id, "agent", (party) => callOf(party).state === "connected");
		expect(world.engine.commandsOf("acceptAnswer").filter((one) => one[1] === sessionId).length).toBe(1);
	});

	it("of another user have no say", async () => {
		const { id, sessionId } = await ringing(1);
		const stranger = await world.phone(await world.agentOnQueue());
		stranger.say("reject", sessionId);
		stranger.say("proceed", sessionId);
		await stranger.rpc("terminate", { sessionId, reason: "success" });
		expect(callOf(await world.party(id, "agent")).state).toBe("alerting");
		expect(stranger.got("offer")).toEqual([]);
	});
});

describe("a user who goes on at another phone", () => {
	it("waited four seconds for the sound, as the phone before still had the call: now the new one has it at once", async () => {
		const { userId, phone, sessionId } = await world.talking();
		await takeOver(userId);
		const page = await world.phone(userId);
		const { facts } = await page.signal("propose");
		expect(facts["inin-autoanswer"]).toBe("true");
		expect(world.engine.legs).not.toContain(sessionId);
		expect(phone.got("propose").length, "the phone that was left is offered nothing").toBe(1);
	});

	it("has the call at a phone that was connected before the word came", async () => {
		const { userId, phone } = await world.talking();
		const page = await world.phone(userId);
		await takeOver(userId);
		await page.signal("propose");
		expect(phone.got("propose").length).toBe(1);
	});
});

describe("a phone that comes late or again", () => {
	it("is offered what rings already, and the phones that ring are not offered it twice", async () => {
		const { userId, first, sessionId } = await ringing(1);
		const late = await world.phone(userId);
		expect((await late.signal("propose")).sessionId).toBe(sessionId);
		expect(first.got("propose").length).toBe(1);
	});

	it("goes while it rings and finds the call ringing when it is back", async () => {
		const { userId, first, sessionId } = await ringing(1);
		first.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		expect((await (await world.phone(userId)).signal("propose")).sessionId).toBe(sessionId);
	});

	it("is loaded anew in a call: the old leg closes, and the new page gets the call with automatic answer", async () => {
		const { id, userId, phone, sessionId } = await world.talking();
		phone.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		expect(world.engine.legs, "media may go on meanwhile").toContain(sessionId);
		const page = await world.phone(userId);
		const { sessionId: next, facts } = await page.signal("propose");
		expect(facts["inin-autoanswer"]).toBe("true");
		expect(world.engine.legs).not.toContain(sessionId);
		await page.take(next);
		world.engine.emit({ type: "leg-connected", legId: next });
		await expect.poll(() => world.engine.modes.get(next)?.bridgeId).toBe(id);
	});

	it("reconnects on its channel and keeps session and media", async () => {
		const userId = await world.agentOnQueue();
		const channel = await world.channelOf(userId);
		const phone = await world.phone(userId, channel);
		const { id } = await world.waitingCaller();
		await world.offer(id, world.queue.id, userId);
		const { sessionId } = await phone.signal("propose");
		await phone.take(sessionId);
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.until(id, "agent", (party) => callOf(party).state === "connected");
		phone.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		const again = await world.phone(userId, channel);
		await again.rpc("terminate", { sessionId, reason: "success" });
		const agent = await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
		expect(callOf(agent).disconnectType).toBe("client");
		expect(again.got("propose")).toEqual([]);
	});

	it("gives the call to another phone of the user when it does not come back", async () => {
		const { userId, phone, sessionId } = await world.talking();
		const other = await world.phone(userId);
		phone.close();
		const { facts } = await other.signal("propose");
		expect(facts["inin-autoanswer"]).toBe("true");
		expect(world.engine.legs).not.toContain(sessionId);
	});

	it("went before it answered: the call rings anew", async () => {
		const { userId, first, sessionId } = await ringing(1);
		first.say("proceed", sessionId);
		await first.signal("offer", sessionId);
		first.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		const next = await (await world.phone(userId)).signal("propose");
		expect(next.sessionId).not.toBe(sessionId);
		expect(next.facts["inin-autoanswer"]).toBeUndefined();
	});
});

describe("agreeing on media", () => {
	it("keeps the engine's candidates until the phone has answered", async () => {
		const { first, sessionId } = await ringing(1);
		first.say("proceed", sessionId);
		await first.signal("offer", sessionId);
		world.engine.emit({
			type: "candidate",
			legId: sessionId,
			candidate: "candidate:1 1 UDP 1 127.0.0.1 5000 typ host",
			mid: "audio",
		});
		expect(first.got("iceCandidate")).toEqual([]);
		await first.rpc("answer", { sessionId, sdp: "v=0\r\na=ice-ufrag:x\r\n" });
		const { facts } = await first.signal("iceCandidate", sessionId);
		expect(facts.sdp).toBe("m=audio 9 RTP/AVP 0\r\na=candidate:1 1 UDP 1 127.0.0.1 5000 typ host");
	});

	it("takes a phone's candidates, whatever they hold, and passes nothing on to the engine", async () => {
		const { id, first, sessionId } = await ringing(1);
		await first.take(sessionId);
		await world.heard("acceptAnswer", (command) => command[1] === sessionId);
		const before = world.engine.commands.length;
		await first.rpc("iceCandidate", {
			sessionId,
			sdp: "m=0 9 RTP/AVP 0\r\na=candidate:7 1 udp 2 10.0.0.1 9 typ host\r\n",
		});
		await first.rpc("iceCandidate", { sessionId, sdp: "m=0 9 RTP/AVP 0\r\na=end-of-candidates\r\n" });
		await first.rpc("iceCandidate", { sessionId, sdp: 7 });
		expect(world.engine.commands.slice(before)).toEqual([]);
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.until(id, "agent", (party) => callOf(party).state === "connected");
	});

	it("leaves no leg behind when the call ends while the offer is being made", async () => {
		const make = world.engine.createWebRtcLeg.bind(world.engine);
		const started = Promise.withResolvers<void>();
		const goOn = Promise.withResolvers<void>();
		const { id, first, sessionId } = await ringing(1);
		world.engine.createWebRtcLeg = async (legId) => {
			started.resolve();
			await goOn.promise;
			return make(legId);
		};
		first.say("proceed", sessionId);
		await started.promise;
		await world.conversations.disconnect(id, {});
		await first.signal("terminate", sessionId);
		goOn.resolve();
		await world.heard("createWebRtcLeg", (command) => command[1] === sessionId);
		await expect.poll(() => world.engine.legs).not.toContain(sessionId);
		expect(first.got("offer")).toEqual([]);
	});

	it("the official SDK kept a call that ended while it took the offer in, and took no other one: it is told again", async () => {
		const { id, first, sessionId } = await ringing(1);
		first.say("proceed", sessionId);
		await first.signal("offer", sessionId);
		await world.conversations.disconnect(id, {});
		await first.signal("terminate", sessionId);
		await first.rpc("answer", { sessionId, sdp: "made meanwhile" });
		await first.signal("terminate", sessionId, 1);
		first.say("proceed", sessionId);
		await first.signal("retract", sessionId);
		expect(world.engine.commandsOf("acceptAnswer").filter((one) => one[1] === sessionId)).toEqual([]);
	});

	it("offers the call anew when the phone says that its media failed", async () => {
		const { phone, sessionId } = await world.talking();
		await phone.rpc("terminate", { sessionId, reason: "failed-transport" });
		const next = await phone.signal("propose", undefined, 1);
		expect(next.facts["inin-autoanswer"]).toBe("true");
	});
});

describe("sound that does not come", () => {
	it("a call that Firefox could not connect rang for ever: the customer is back at their place, the phone is told", async () => {
		const quick = await voiceWorld({ timing: { graceMs: 50, setupMs: 60 } });
		try {
			const userId = await quick.agentOnQueue();
			const phone = await quick.phone(userId);
			const { id } = await quick.waitingCaller();
			const before = await quick.party(id, "acd");
			await quick.offer(id, quick.queue.id, userId);
			const { sessionId } = await phone.signal("propose");
			await phone.take(sessionId);
			const agent = await quick.until(id, "agent", (party) => callOf(party).state === "disconnected");
			expect(callOf(agent).disconnectType).toBe("error");
			expect(await quick.status(userId), "is not rung again at once by the same call").toBe("NOT_RESPONDING");
			const waiting = await quick.party(id, "acd");
			expect(waiting.internal.waitingSince).toBe(before.internal.waitingSince);
			expect(await phone.signal("terminate", sessionId)).toMatchObject({ facts: { reason: "no sound" } });
		} finally {
			await quick.close();
		}
	});

	it("is waited for no longer once it is there", async () => {
		const { id, first, sessionId } = await ringing(1);
		const { id: participantId } = await world.party(id, "agent");
		await first.take(sessionId);
		expect(world.phones.isAnswering(participantId)).toBe(true);
		world.engine.emit({ type: "leg-connected", legId: sessionId });
		await world.until(id, "agent", (party) => callOf(party).state === "connected");
		expect(world.phones.isAnswering(participantId)).toBe(false);
	});
});
