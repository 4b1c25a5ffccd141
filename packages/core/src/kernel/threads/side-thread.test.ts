import { afterAll, expect, it } from "vitest";
import { NoAnswer, SideThread } from "./side-thread.ts";

const entry = new URL("./test-support/odd-thread.ts", import.meta.url);
const thread = new SideThread<string, string>({ entry, longestMs: 20_000, megabytes: 64 });
const hasty = new SideThread<string, string>({ entry, longestMs: 300, megabytes: 64 });
afterAll(() => Promise.all([thread.stop(), hasty.stop()]));

it("answers one question after the other", async () => {
	expect(await Promise.all(["a", "b"].map((question) => thread.ask(question)))).toEqual(["a!", "b!"]);
});

it("what throws or ends its thread is no answer, and the next is answered", async () => {
	await expect(thread.ask("throw")).rejects.toThrow(/no such thing/);
	await expect(thread.ask("exit")).rejects.toBeInstanceOf(NoAnswer);
	expect(await thread.ask("c")).toBe("c!");
});

it("what never ends is ended, and holds nothing else up meanwhile", async () => {
	let turns = 0;
	const turning = setInterval(() => void turns++, 1);
	await expect(hasty.ask("loop")).rejects.toThrow(/too long/);
	clearInterval(turning);
	expect(turns).toBeGreaterThan(5);
});
