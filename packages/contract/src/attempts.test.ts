import { expect, it } from "vitest";
import { Attempts } from "./attempts.ts";

it("an older answer overwrote a newer one: of those under way the last that was begun counts, until it is ended", () => {
	const attempts = new Attempts();
	const [first, second] = [attempts.begin(), attempts.begin()];
	expect([first(), second(), attempts.isGoing]).toEqual([false, true, true]);
	attempts.end();
	expect([first(), second(), attempts.isGoing]).toEqual([false, false, false]);
});
