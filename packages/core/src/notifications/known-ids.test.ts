import { expect, test } from "vitest";
import { KnownIds } from "./known-ids.ts";

test("what is known is bounded: those that were added first are forgotten, not those that came again", () => {
	const known = new KnownIds(2);
	for (const id of ["a", "b", "a", "c"]) known.add(id);
	expect(["a", "b", "c"].map((id) => known.has(id))).toEqual([true, false, true]);
});
