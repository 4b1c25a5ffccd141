import { afterAll, beforeAll, expect, it } from "vitest";
import type { ListenedCall } from "./call-words.ts";
import { type VoiceWorld, voiceWorld } from "./test-support/voice-world.ts";

let world: VoiceWorld;
/** What the listeners were told, in order. */
const told: Array<[string, unknown]> = [];

beforeAll(async () => {
	world = await voiceWorld({
		listeners: {
			begin: (call: ListenedCall) => told.push(["begin", call]),
			hear: (id, { offsetMs }) => told.push(["hear", [id, offsetMs]]),
			rest: (id) => told.push(["rest", id]),
			end: (id) => told.push(["end", id]),
		},
	});
});
afterAll(() => world.close());

const sound = (bridgeId: string, offsetMs: number) => ({ type: "sound" as const, bridgeId, offsetMs, durationMs: 200 });
const of = (id: string) => told.filter(([, what]) => JSON.stringify(what).includes(id)).map(([name]) => name);

it("listens to calls of queues that are transcribed alone, not while they are paused, and to none that is over", async () => {
	const plain = await world.talking();
	world.transcribed.set(world.queue.id, "nl-NL");
	const call = await world.talking();
	await world.heard("listen", ([, id, listens]) => id === call.id && listens === true);
	const begun = told.find(([name]) => name === "begin")?.[1];
	expect(begun).toMatchObject({ conversationId: call.id, language: "nl-NL" });
	expect((await world.party(call.id, "customer")).calls?.[0]?.id).toBe((begun as ListenedCall).communicationId);
	world.engine.emit(sound(call.id, 0));
	world.engine.emit(sound(plain.id, 0));
	const pause = (state: "PAUSED" | "ACTIVE") =>
		world.conversations.setRecordingState(call.id, state, { userId: call.userId, may: () => true });
	await pause("PAUSED");
	await world.heard("listen", ([, id, listens]) => id === call.id && listens === false);
	world.engine.emit(sound(call.id, 200));
	await pause("ACTIVE");
	await expect.poll(() => of(call.id).filter((name) => name === "begin")).toHaveLength(2);
	world.engine.emit(sound(call.id, 0));
	await world.conversations.disconnect(call.id, {});
	await expect.poll(() => of(call.id).at(-1)).toBe("end");
	world.engine.emit(sound(call.id, 200));
	expect(of(call.id)).toEqual(["begin", "hear", "rest", "begin", "hear", "rest", "end"]);
	expect(of(plain.id)).toEqual([]);
});

it("listens anew to a call whose media process was started again", async () => {
	const call = await world.talking();
	await expect.poll(() => of(call.id)).toEqual(["begin"]);
	world.engine.emit({ type: "restarted" });
	await expect.poll(() => of(call.id)).toEqual(["begin", "begin"]);
	await world.conversations.disconnect(call.id, {});
});
