import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { type ApiClient, ApiError } from "./api.ts";
import { CallActions } from "./call-actions.ts";
import { ConversationStore } from "./conversation-store.ts";
import { OwnMute } from "./own-mute.ts";

/** An agent in a call whose sound is this panel's; `answer` is what the server does with the next request. */
function call() {
	const clock = new FakeClock();
	const mute = new OwnMute(clock, () => true);
	const store = new ConversationStore("me", mute.wished);
	const server = { muted: false, answer: async () => {} };
	const tell = () => {
		const calls = [{ id: "k", state: "connected", muted: server.muted }];
		store.apply({ id: "c1", participants: [{ id: "mine", purpose: "agent", userId: "me", calls }] });
		mute.follow(store.told.value);
	};
	const patch = async (_path: string, change: { muted: boolean }) => {
		await server.answer();
		server.muted = change.muted;
	};
	const actions = new CallActions(
		{ patch } as unknown as ApiClient,
		(id) => store.find(id),
		() => clock.now(),
		mute,
	);
	const isMuted = () => store.find("c1")?.muted;
	const click = () => {
		const now = store.find("c1");
		return now ? actions.toggle(now, "muted") : Promise.reject(new Error("The call is gone."));
	};
	tell();
	return { clock, server, tell, isMuted, click, mute };
}

it("Mute did nothing while the network was away, though the sound still ran", async () => {
	const { clock, server, tell, isMuted, click, mute } = call();
	server.answer = async () => {
		throw new ApiError(0, {});
	};
	await click();
	expect(isMuted(), "the button and the microphone follow at once").toBe(true);
	tell();
	expect(isMuted(), "an older event does not open the microphone").toBe(true);
	server.answer = async () => {};
	clock.advance(2000);
	await expect.poll(() => server.muted).toBe(true);
	tell();
	await expect.poll(() => mute.wished.value.size).toBe(0);
	server.muted = false;
	tell();
	expect(isMuted(), "from then on the server's word counts again").toBe(false);
});

it("a microphone muted while a request hung could not be opened again before the request had failed", async () => {
	const { isMuted, click, server } = call();
	server.answer = () => new Promise(() => {});
	void click();
	expect(isMuted()).toBe(true);
	void click();
	expect(isMuted()).toBe(false);
});

it("shows what is so where the server refuses", async () => {
	const { isMuted, click, server } = call();
	server.answer = async () => {
		throw new ApiError(409, { message: "Not now." });
	};
	await expect(click()).rejects.toThrow("Not now.");
	expect(isMuted()).toBe(false);
});

it("Mute was dead once the agent's right had been taken: the customer went on hearing them", async () => {
	const { isMuted, click, server, tell } = call();
	server.answer = async () => {
		throw new ApiError(403, { code: "missing.any.permissions" });
	};
	await click();
	tell();
	expect(isMuted()).toBe(true);
	await click();
	tell();
	expect(isMuted()).toBe(false);
});
