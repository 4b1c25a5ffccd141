import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type VoiceWorld, voiceWorld } from "../test-support/voice-world.ts";
import { placeText } from "./place-text.ts";

let world: VoiceWorld;
/** What the queue takes for a call just now. */
const queueState = { free: 0, agents: 2, handleSeconds: 240 };
beforeAll(async () => {
	world = await voiceWorld({
		timing: { places: { look: 10, spoken: () => 40 } },
		queueStates: { of: async (ids) => ids.map((id) => ({ id, waiting: 0, ...queueState })) },
	});
});
afterEach(() => world.fresh());
afterAll(() => world.close());

/** Two callers, one a moment after the other. */
async function twoCallers() {
	const first = await world.waitingCaller();
	world.kernel.clock.advance(1000);
	return { first, second: await world.waitingCaller() };
}
const fillers = (legId: string) =>
	world.engine
		.commandsOf("setLeg")
		.filter(([, , leg]) => leg === legId)
		.map(([, , , mode]) => (mode as { filler: string }).filler);
const said = (legId: string) => fillers(legId).filter((one) => one.startsWith("say:"));

describe("callers who wait are told how they stand, where the queue says so", () => {
	it("first the place and the wait, then music, and again when it is time", async () => {
		await world.tellCallers({ inlayTellCallers: "placeAndWait", inlayTellCallersSeconds: 30 });
		const { first, second } = await twoCallers();
		await expect.poll(() => second.page.latest).toMatchObject({ state: "waiting", place: 2, waitSeconds: 180 });
		await expect.poll(() => first.page.latest).toMatchObject({ place: 1, waitSeconds: 60 });
		const text = "say:You are number two in line. Somebody will be with you in about three minutes.";
		// Under load the first look may come before the first music.
		await expect.poll(() => fillers(second.legId).slice(-2)).toEqual([text, "music"]);
		expect(said(second.legId)).toEqual([text]);
		world.kernel.clock.advance(30_000);
		await expect.poll(() => said(second.legId)).toEqual([text, text]);
	});

	it("whoever moves up sees it, and an agent's ring ends it", async () => {
		await world.tellCallers({ inlayTellCallers: "place" });
		const userId = await world.agentOnQueue();
		const phone = await world.phone(userId);
		const { first, second } = await twoCallers();
		await expect.poll(() => second.page.latest).toMatchObject({ place: 2 });
		expect(second.page.latest).not.toHaveProperty("waitSeconds");
		await world.offer(first.id, world.queue.id, userId);
		await phone.signal("propose");
		await expect.poll(() => second.page.latest).toMatchObject({ state: "waiting", place: 1 });
		await expect.poll(() => first.page.latest?.state).toBe("ringing");
		expect(first.page.latest).not.toHaveProperty("place");
	});

	it("a caller was told their place while they talked, put on hold in the middle of the sentence", async () => {
		await world.tellCallers({ inlayTellCallers: "place" });
		const { id, legId, page } = await world.talking();
		const agent = await world.party(id, "agent");
		await world.conversations.patchParticipant(id, agent.id, { held: true }, {});
		await page.state("held");
		expect(fillers(legId).at(-1)).toBe("music");
	});

	it("says nothing in a queue that tells nothing", async () => {
		await world.tellCallers({ inlayTellCallers: "no" });
		const { legId, page } = await world.waitingCaller();
		await world.tellCallers({ inlayTellCallers: "place" });
		await expect.poll(() => page.latest).toMatchObject({ place: 1 });
		await world.tellCallers({ inlayTellCallers: "no" });
		await expect.poll(() => page.latest).not.toHaveProperty("place");
		expect(said(legId).length).toBe(1);
	});
});

describe("the sentence", () => {
	it.each([
		[{ place: 1 }, "You are next in line."],
		[{ place: 4, waitSeconds: 0 }, "You are number four in line. Somebody will be with you in about a minute."],
		[{ place: 4, waitSeconds: 61 }, "You are number four in line. Somebody will be with you in about two minutes."],
		[{ place: 115 }, "You are number 115 in line."],
		[{ place: 21 }, "You are number twenty one in line."],
		[
			{ place: 40, waitSeconds: 4000 },
			"You are number forty in line. It may take more than an hour until somebody is with you.",
		],
	])("%j: %s", (place, text) => {
		expect(placeText(place)).toBe(text);
	});
});
