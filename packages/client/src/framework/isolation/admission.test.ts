import { expect, it } from "vitest";
import { Admission } from "./admission.ts";

it("a few huge messages held the panel up, as only their number was counted", () => {
	let [now, drowned] = [0, 0];
	const admission = new Admission(
		() => now,
		() => drowned++,
	);
	let taken = 0;
	for (let at = 0; at < 100; at++) {
		now += 20;
		if (admission.admits(400)) taken++;
	}
	expect(taken).toBeLessThan(3);
	expect(drowned).toBe(1);
});
