import { expect, it } from "vitest";
import { frameBurst } from "./frame-burst.ts";

it("counts frames until the time is over, and then begins anew", () => {
	let now = 0;
	const isTooMuch = frameBurst({ most: 2, ms: 100 }, () => now);
	expect([isTooMuch(), isTooMuch(), isTooMuch()]).toEqual([false, false, true]);
	now = 101;
	expect(isTooMuch()).toBe(false);
});
