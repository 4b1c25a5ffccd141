import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { deskLed } from "../desks/events.ts";
import type { TestPhone } from "./test-support/test-phone.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

const long = 600_000;
let keepMs: number | undefined;
let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { graceMs: 50 }, persistentMs: () => keepMs });
});
afterEach(async () => {
	keepMs = long;
	await world.fresh();
});
afterAll(() => world.close());
keepMs = long;

const server = {};

/** An agent whose first call is over and whose connection waits for the next. */
async function kept() {
	const first = await world.talking();
	await hangUp(first.id);
	await expect.poll(() => world.engine.commandsOf("closeBridge").some(([, id]) => id === first.id)).toBe(true);
	return first;
}

async function hangUp(id: string): Promise<void> {
	const agent = await world.party(id, "agent");
	await world.conversations.patchParticipant(id, agent.id, { state: "disconnected" }, server);
	await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
}

/** A caller who rings the agent. */
async function ring(userId: string) {
	const caller = await world.waitingCaller();
	await world.offer(caller.id, world.queue.id, userId);
	return { ...caller, agent: await world.party(caller.id, "agent") };
}

const answer = (call: { id: string; agent: { id: string } }) =>
	world.conversations.patchParticipant(call.id, call.agent.id, { state: "connected" }, server);

const proposals = (phone: TestPhone) => phone.got("propose").length;

describe("a phone whose station keeps its connection", () => {
	it("is told with the offer, and not told to end it after the call", async () => {
		const { phone, sessionId } = await kept();
		expect(phone.got("offer")[0]?.facts.persistent).toBe(true);
		expect(phone.got("terminate")).toEqual([]);
		expect(world.engine.legs).toContain(sessionId);
	});

	it("neither hears nor is heard between two calls", async () => {
		const { sessionId } = await kept();
		expect(world.engine.modes.get(sessionId), "is in no bridge").toBeUndefined();
		await world.waitingCaller();
		expect(world.engine.modes.get(sessionId)).toBeUndefined();
	});

	it("has the next call at once: it rings by its events alone, and whoever answers by the API is heard on the same leg", async () => {
		const { userId, phone, sessionId } = await kept();
		const next = await ring(userId);
		await answer(next);
		await world.inBridge(next.id, sessionId, next.legId);
		expect(world.engine.modes.get(sessionId)).toMatchObject({ muted: false, held: false, channel: "right" });
		expect(proposals(phone)).toBe(1);
		await hangUp(next.id);
		const third = await ring(userId);
		await answer(third);
		await world.inBridge(third.id, sessionId, third.legId);
		expect(proposals(phone)).toBe(1);
	});

	it("hears nothing of a call that rings and is not answered yet", async () => {
		const { userId, sessionId } = await kept();
		const next = await ring(userId);
		await world.inBridge(next.id, next.legId);
		expect(world.engine.modes.get(sessionId)).toBeUndefined();
	});

	it("dials on it", async () => {
		const { userId, phone, sessionId } = await kept();
		const { id } = await world.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });
		await world.heard("createScriptedLeg");
		await world.until(id, "user", (party) => callOf(party).state !== "contacting");
		await expect.poll(() => world.engine.modes.get(sessionId)?.bridgeId).toBe(id);
		expect(proposals(phone)).toBe(1);
	});

	it("is offered a second call beside the first, and keeps one connection of the two", async () => {
		const { userId, phone, sessionId } = await kept();
		const next = await ring(userId);
		await answer(next);
		await world.inBridge(next.id, sessionId, next.legId);
		const { id } = await world.conversations.calls.dial({ userId, phoneNumber: "+31201234567" });
		const second = await phone.signal("propose", undefined, 1);
		expect(second.facts["inin-cid"]).toBe(id);
		await phone.take(second.sessionId);
		world.engine.emit({ type: "leg-connected", legId: second.sessionId });
		await world.until(id, "user", (party) => callOf(party).state === "dialing");
		await world.conversations.disconnect(id, server);
		await expect.poll(() => world.engine.modes.get(second.sessionId)).toBeUndefined();
		expect(world.engine.legs).toContain(second.sessionId);
		await hangUp(next.id);
		await phone.signal("terminate", sessionId);
		expect(world.engine.legs).not.toContain(sessionId);
	});
});

describe("a connection that is kept and goes", () => {
	it("ends after the station's time", async () => {
		keepMs = 40;
		const { phone, sessionId } = await kept();
		expect((await phone.signal("terminate", sessionId)).facts.reason).toBe("inactivity");
		expect(world.engine.legs).not.toContain(sessionId);
	});

	it("breaks while a call rings for it: the call is offered in the other way", async () => {
		const { userId, phone, sessionId } = await kept();
		const next = await ring(userId);
		world.engine.emit({ type: "leg-lost", legId: sessionId, reason: "ICE failed" });
		const proposed = await phone.signal("propose", undefined, 1);
		expect(proposed.facts).toMatchObject({ "inin-cid": next.id });
		expect(proposed.facts["inin-autoanswer"]).toBeUndefined();
	});

	it("was believed in for ten minutes after its browser had crashed: the next call rings at the new page at once", async () => {
		const { userId, phone } = await kept();
		phone.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		const page = await world.phone(userId);
		const next = await ring(userId);
		expect((await page.signal("propose")).facts["inin-cid"]).toBe(next.id);
	});

	it("goes with its page, though nobody else is there", async () => {
		const { userId, phone, sessionId } = await kept();
		phone.close();
		await expect.poll(() => world.phones.isReachable(userId)).toBe(false);
		await expect.poll(() => world.engine.legs).not.toContain(sessionId);
	});

	it("goes with the engine, and the next call is offered", async () => {
		const { userId, phone, sessionId } = await kept();
		world.engine.emit({ type: "restarted" });
		await phone.signal("terminate", sessionId);
		await ring(userId);
		await phone.signal("propose", undefined, 1);
	});

	it("is ended by its phone, and no call is hung up by that", async () => {
		const { userId, phone, sessionId } = await kept();
		const next = await ring(userId);
		await phone.rpc("terminate", { sessionId, reason: "success" });
		expect((await phone.signal("propose", undefined, 1)).facts["inin-cid"]).toBe(next.id);
		expect(callOf(await world.party(next.id, "agent")).state).toBe("alerting");
	});

	it("is left when the agent goes on in another panel", async () => {
		const { userId, phone, sessionId } = await kept();
		const page = await world.phone(userId);
		const lease = { panelId: "another", channelId: "c", since: new Date() };
		await world.kernel.database.change(async (trx) => {
			await world.kernel.events.append(trx, [deskLed(userId, lease, { takenOver: true })]);
		});
		await phone.signal("terminate", sessionId);
		await ring(userId);
		await page.signal("propose");
		expect(proposals(phone)).toBe(1);
	});

	it("ends when an administrator takes the setting back", async () => {
		const { userId, phone, sessionId } = await kept();
		keepMs = undefined;
		await world.kernel.database.change(async (trx) => {
			const data = { stationId: "s", userId };
			await world.kernel.events.append(trx, [
				{ type: "station.changed", entityType: "station", entityId: "s", actor: {}, data },
			]);
		});
		await phone.signal("terminate", sessionId);
	});

	it("is not kept where the station does not say so", async () => {
		keepMs = undefined;
		const { phone, sessionId } = await kept();
		await phone.signal("terminate", sessionId);
		expect(phone.got("offer")[0]?.facts).not.toHaveProperty("persistent");
	});
});
