import { expect, test } from "vitest";
import { derived } from "./derived.ts";

test("is made once for the same two, and anew when either is another one", () => {
	let made = 0;
	const sum = derived((one: { a: number }, other: { b: number }) => ({ of: one.a + other.b, made: ++made }));
	const [one, other] = [{ a: 1 }, { b: 2 }];
	expect(sum(one, other)).toBe(sum(one, other));
	expect(sum({ a: 5 }, other)).toEqual({ of: 7, made: 2 });
	expect(sum(one, { b: 3 })).toEqual({ of: 4, made: 3 });
	expect(sum(one, other), "the one before is not kept").toEqual({ of: 3, made: 4 });
});
