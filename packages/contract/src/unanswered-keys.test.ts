import { expect, it } from "vitest";
import { UnansweredKeys } from "./unanswered-keys.ts";

let now = 0;
let made = 0;
const keys = () =>
	new UnansweredKeys(
		() => now,
		() => `k${++made}`,
	);

it("a dial whose answer was lost was made a second time by the next click", () => {
	const unanswered = keys();
	const dial = ["POST", "/conversations/calls", '{"phoneNumber":"1"}'] as const;
	const first = unanswered.keyOf(...dial);
	expect(unanswered.keyOf(...dial), "no answer came: the same wish").toBe(first);
	unanswered.answered(...dial);
	expect(unanswered.keyOf(...dial), "answered: another call").not.toBe(first);
});

it("other requests, and the same one a minute later, have keys of their own", () => {
	const unanswered = keys();
	const first = unanswered.keyOf("POST", "/a", "1");
	expect(unanswered.keyOf("POST", "/a", "2")).not.toBe(first);
	expect(unanswered.keyOf("PATCH", "/a", "1")).not.toBe(first);
	now += 60_001;
	expect(unanswered.keyOf("POST", "/a", "1")).not.toBe(first);
});

it("what happens once anyway has none", () => {
	expect(["GET", "PUT", "DELETE"].map((method) => keys().keyOf(method, "/a", undefined))).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});
