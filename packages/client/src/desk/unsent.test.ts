import { expect, it } from "vitest";
import { memoryStorage } from "../boot/storage.ts";
import { UnsentStore } from "./unsent.ts";

const page = (pageId: string, value: string) => ({
	pageId,
	entries: [{ conversationId: "c1", section: "log", version: 1, base: undefined, value }],
});

it("a second tab that was closed while the server was away took the first one's notes with it", () => {
	const store = memoryStorage();
	new UnsentStore(store, "anna").leave(page("one", "first"));
	const second = new UnsentStore(store, "anna");
	second.leave(page("two", "second"));
	second.leave(page("two", "second, and more"));
	new UnsentStore(store, "anna").leave({ pageId: "three", entries: [] });
	expect(new UnsentStore(store, "ben").take()).toEqual([]);
	expect(new UnsentStore(store, "anna").take()).toEqual([page("one", "first"), page("two", "second, and more")]);
	expect(second.take(), "it is whoever took it that sends it").toEqual([]);
});

it("what a page left that came back by the browser's Back was sent again by another, as if it were news", () => {
	const store = new UnsentStore(memoryStorage(), "anna");
	store.leave(page("one", "typed"));
	store.leave({ pageId: "one", entries: [] });
	expect(store.take()).toEqual([]);
});

it("what no page of ours left, or what an older one did, keeps no panel from starting", () => {
	const strange = JSON.stringify([{ pageId: "one", userId: "anna", leftAt: Date.now(), entries: [{}] }, 7]);
	for (const text of ["{", "null", '{"pageId":"old","entries":[]}', strange]) {
		const store = new UnsentStore({ ...memoryStorage(), getItem: () => text }, "anna");
		expect(store.take().flatMap(({ entries }) => entries)).toEqual([]);
	}
});

it("what somebody wrote about a customer lay in a shared computer's browser until they came back", () => {
	const store = memoryStorage();
	let now = 0;
	const of = (userId: string) => new UnsentStore(store, userId, () => now);
	of("anna").leave(page("one", "about a customer"));
	now = 23 * 3_600_000;
	of("ben").take();
	expect(store.getItem("inlay.unsent"), "hers still").toContain("about a customer");
	now = 24 * 3_600_000;
	of("ben").take();
	expect(store.getItem("inlay.unsent")).toBeNull();
});
