import { expect, it } from "vitest";
import { Attempts } from "./attempts.ts";

it("an older answer overwrote a newer one: of those under way the last that was begun counts, until it is ended", () => {
	const attempts = new Attempts();
	const [first, second] = [attempts.begin(), attempts.begin()];
	expect([first(), second(), attempts.isGoing]).toEqual([false, true, true]);
	attempts.end();
	expect([first(), second(), attempts.isGoing]).toEqual([false, false, false]);
});

it("who pressed Sign in twice was told that the window had been closed: an overtaken one's end is nobody's, good or bad", async () => {
	const attempts = new Attempts();
	const closed = Promise.withResolvers<string>();
	const late = Promise.withResolvers<string>();
	const signedIn = Promise.withResolvers<string>();
	const outcomes = [closed, late, signedIn].map(({ promise }) => attempts.last(() => promise));
	closed.reject(new Error("closed"));
	late.resolve("stale");
	signedIn.resolve("signed in");
	expect(await Promise.all(outcomes)).toEqual([undefined, undefined, "signed in"]);
	await expect(attempts.last(() => Promise.reject(new Error("closed")))).rejects.toThrow("closed");
});
