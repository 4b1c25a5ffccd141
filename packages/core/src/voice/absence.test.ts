import { outcomeOf } from "@inlay/contract";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "../conversations/call/model.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
beforeAll(async () => {
	world = await voiceWorld({ timing: { absence: { staff: 3000, outside: 60_000, waiting: 1000, closed: 3000 } } });
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

describe("an agent whose caller is not heard", () => {
	// A second is what the product waits for the page by itself.
	const patience = { timeout: 10_000 };
	const codeOf = async (id: string) => callOf(await world.party(id, "customer")).errorInfo?.code;

	it("saw good sound for 45 s after the caller's page was closed: the document says it within seconds, until the page is back", async () => {
		const { id, secret, page } = await world.talking();
		page.socket.close(1001);
		await expect.poll(() => codeOf(id), patience).toBe("call.interrupted.pageclosed");
		expect(callOf(await world.party(id, "customer")).state).toBe("connected");
		const again = await world.page(id, secret);
		const legId = await again.offer();
		world.engine.emit({ type: "leg-connected", legId });
		await expect.poll(() => codeOf(id), patience).toBeUndefined();
	});

	it("is told that they closed their page when the call ends by it", async () => {
		const { id, page } = await world.talking();
		page.socket.close(1001);
		const left = await world.until(id, "customer", (party) => callOf(party).state === "disconnected");
		const agent = callOf(await world.party(id, "agent"));
		expect(callOf(left)).toMatchObject({
			disconnectType: "transport.failure",
			errorInfo: { code: "call.interrupted.pageclosed" },
		});
		expect(outcomeOf(agent, callOf(left))).toBe("leftPage");
	});

	it("is told of a line that is cut, and the caller's own page does not say that the agent's is", async () => {
		const { id, page, legId } = await world.talking();
		world.engine.emit({ type: "leg-silent", legId });
		await expect.poll(() => codeOf(id)).toBe("call.interrupted.connection");
		expect(page.messages.findLast((one) => one.type === "state")).toMatchObject({ state: "connected", unheard: true });
		expect(world.engine.modes.get(legId)).toMatchObject({ held: false, filler: "none" });
		world.engine.emit({ type: "leg-heard", legId });
		await expect.poll(() => codeOf(id), patience).toBeUndefined();
	});

	it("is told nothing of a caller's reload, which takes less than a second", async () => {
		const { id, secret, page } = await world.talking();
		page.socket.close(1001);
		const again = await world.page(id, secret);
		const legId = await again.offer();
		world.engine.emit({ type: "leg-connected", legId });
		await world.inBridge(id, legId, ...[...world.engine.modes.keys()].filter((other) => other !== legId).slice(-1));
		expect(await codeOf(id)).toBeUndefined();
	});
});

describe("a customer whose agent is not heard", () => {
	it("was told that they talk to the agent, in silence: there is music and a word of it, until the agent is back", async () => {
		const { id, page, phone, userId, sessionId, legId } = await world.talking();
		phone.close();
		world.engine.emit({ type: "leg-lost", legId: sessionId, reason: "closed by the peer" });
		await page.state("interrupted");
		expect(world.engine.modes.get(legId)).toMatchObject({ filler: "music", held: false });
		const again = await world.phone(userId);
		const proposed = await again.signal("propose");
		await again.take(proposed.sessionId);
		world.engine.emit({ type: "leg-connected", legId: proposed.sessionId });
		await page.state("connected");
		await expect.poll(() => world.engine.modes.get(legId)?.filler).toBe("none");
		expect(callOf(await world.party(id, "agent")).state).toBe("connected");
	});

	it("hears nothing of a reload, which takes less than a second", async () => {
		const { page, phone, userId, sessionId } = await world.talking();
		phone.close();
		world.engine.emit({ type: "leg-lost", legId: sessionId, reason: "closed by the peer" });
		const again = await world.phone(userId);
		const proposed = await again.signal("propose");
		await again.take(proposed.sessionId);
		world.engine.emit({ type: "leg-connected", legId: proposed.sessionId });
		await world.heard("setLeg", (command) => command[2] === proposed.sessionId);
		expect(page.states).not.toContain("interrupted");
	});

	it("whose browser went without a word is told as soon as nothing comes, and not when it comes again", async () => {
		const { page, sessionId, legId } = await world.talking();
		world.engine.emit({ type: "leg-silent", legId: sessionId });
		await page.state("interrupted");
		expect(world.engine.modes.get(sessionId)).toMatchObject({ held: true });
		expect(world.engine.modes.get(legId)).toMatchObject({ filler: "music" });
		world.engine.emit({ type: "leg-heard", legId: sessionId });
		await page.state("connected");
		await expect.poll(() => world.engine.modes.get(sessionId)?.held).toBe(false);
	});
});
