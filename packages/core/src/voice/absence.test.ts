import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { absence: { staff: 1000, outside: 60_000, waiting: 1000 } } });
});
afterEach(() => world.fresh());
afterAll(() => world.close());

describe("a party without media", () => {
	it("is gone after a while when it never connected", async () => {
		const { id } = await world.caller();
		const customer = await world.until(id, "customer", (party) => callOf(party).state === "disconnected");
		expect(callOf(customer).disconnectType).toBe("transport.failure");
		expect((await world.conversation(id)).endTime).toBeDefined();
	});

	it("is gone after a while when its page does not come back", async () => {
		const { id, page } = await world.waitingCaller();
		page.close();
		await world.until(id, "customer", (party) => callOf(party).state === "disconnected");
	});

	it("stays when it is back in time", async () => {
		const { id, secret, page } = await world.waitingCaller();
		page.close();
		const again = await world.page(id, secret);
		const legId = await again.offer();
		world.engine.emit({ type: "leg-connected", legId });
		await world.inBridge(id, legId);
		// A call that has nobody behind it goes meanwhile: the limit has passed.
		const other = await world.caller();
		await world.until(other.id, "customer", (party) => callOf(party).state === "disconnected");
		expect(callOf(await world.party(id, "customer")).state).toBe("connected");
	});

	it("is waited for longer once an agent is there: whose page is being reloaded is not let go", async () => {
		const talking = await world.talking();
		talking.page.close();
		const waiting = await world.caller();
		await world.until(waiting.id, "customer", (party) => callOf(party).state === "disconnected");
		expect(callOf(await world.party(talking.id, "customer")).state).toBe("connected");
	});

	it("gets a connected agent's caller another agent when the agent's phone does not come back", async () => {
		const { id, phone, sessionId } = await world.talking();
		phone.close();
		world.engine.emit({ type: "leg-lost", legId: sessionId, reason: "nothing received" });
		const agent = await world.until(id, "agent", (party) => callOf(party).state === "disconnected");
		expect(callOf(agent).disconnectType).toBe("transport.failure");
		expect(callOf(await world.party(id, "acd")).state).toBe("connected");
		expect((await world.conversation(id)).endTime).toBeUndefined();
	});
});
