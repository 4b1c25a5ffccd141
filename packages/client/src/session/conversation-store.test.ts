import { effect } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ConversationStore } from "./conversation-store.ts";
import type { WireConversation } from "./wire.ts";

const call = (id: string, state: string): WireConversation => ({
	id,
	participants: [{ id: `${id}-p`, userId: "me", calls: [{ id: `${id}-k`, state }] }],
});
const states = (store: ConversationStore) => store.all.value.map((each) => `${each.id} ${each.state}`);

describe("conversations of an agent", () => {
	it("lets an event that came during the snapshot win over it", () => {
		const store = new ConversationStore("me");
		store.beginSnapshot();
		store.apply(call("a", "connected"));
		store.takeSnapshot([call("a", "alerting"), call("b", "alerting")]);
		expect(states(store)).toEqual(["a connected", "b alerting"]);
	});

	it("keeps a conversation that began while the snapshot was on its way", () => {
		const store = new ConversationStore("me");
		store.beginSnapshot();
		store.apply(call("new", "alerting"));
		store.takeSnapshot([]);
		expect(states(store)).toEqual(["new alerting"]);
	});

	it("drops what ended while the panel was away", () => {
		const store = new ConversationStore("me");
		store.apply(call("gone", "connected"));
		store.beginSnapshot();
		store.takeSnapshot([]);
		expect(states(store)).toEqual([]);
		expect(store.loaded.value).toBe(true);
	});

	it("drew a ring before the script and the CRM's page had heard of it: what is drawn follows, each state that there was", () => {
		const later: Array<() => void> = [];
		const store = new ConversationStore("me", undefined, (task) => later.push(task));
		const drawn: string[][] = [];
		const stop = effect(() => void drawn.push(states(store)));
		store.apply(call("a", "alerting"));
		expect(store.sources.value.map(({ id }) => id)).toEqual(["a"]);
		expect(store.find("a")?.state).toBe("alerting");
		expect(drawn).toEqual([[]]);
		store.apply(call("a", "connected"));
		expect(drawn).toEqual([[], ["a alerting"]]);
		for (const task of later) task();
		expect(drawn).toEqual([[], ["a alerting"], ["a connected"]]);
		stop();
	});

	it("forgets old ended conversations, never living ones", () => {
		const store = new ConversationStore("me");
		store.apply(call("alive", "connected"));
		for (let index = 0; index < 200; index++) store.apply(call(`ended-${index}`, "disconnected"));
		expect(store.all.value.length).toBeLessThanOrEqual(60);
		expect(store.listed.value.map((each) => each.id)).toEqual(["alive"]);
	});
});
