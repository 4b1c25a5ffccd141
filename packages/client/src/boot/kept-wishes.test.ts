import { expect, it } from "vitest";
import type { KeptWish } from "../framework/kept-wishes.ts";
import { KeptWishes } from "./kept-wishes.ts";
import { memoryStorage } from "./storage.ts";

/** A page that can be left; `end` is its last moment. */
function page(store = memoryStorage(), isName = false) {
	const waiting: KeptWish[] = [];
	const last: Array<() => void> = [];
	const leaves = { addEventListener: (_: string, then: unknown) => void last.push(then as () => void) };
	const wishes = new KeptWishes({ store, isName, waiting: () => waiting }, leaves);
	const dial = (number: string) => waiting.push({ action: "clickToDial", given: { number }, askedAt: 1 });
	return { store, wishes, dial, end: () => last.forEach((then) => void then()) };
}

it("what waits when the panel leaves, and what is asked while it goes, is there for the next page, once", () => {
	const { store, wishes, dial, end } = page();
	dial("1");
	wishes.leaving();
	dial("2");
	end();
	const next = page(store).wishes;
	expect(next.take().map(({ given }) => given)).toEqual([{ number: "1" }, { number: "2" }]);
	expect(next.take()).toEqual([]);
});

it("a frame's name, which the next page may read, holds what was asked for and nobody's number", () => {
	const { store, wishes, dial } = page(undefined, true);
	dial("+13175550100");
	wishes.leaving();
	expect(store.getItem("inlay.wishes")).not.toContain("3175550100");
	expect(page(store, true).wishes.take()).toEqual([{ action: "clickToDial", askedAt: 1 }]);
});

it("what somebody else has put there is nothing", () => {
	const { store, wishes } = page();
	store.setItem("inlay.wishes", '[{"action":"constructor","askedAt":1},null,"x",{"action":"setView"}]');
	expect(wishes.take()).toEqual([]);
	store.setItem("inlay.wishes", "{");
	expect(wishes.take()).toEqual([]);
});
