import { expect, it } from "vitest";
import { OneSound } from "./one-sound.ts";

function sounds() {
	const paused: string[] = [];
	const sound = (name: string) => ({ pause: () => void paused.push(name) });
	return { paused, first: sound("first"), second: sound("second"), one: new OneSound() };
}

it("two messages were heard over each other", () => {
	const { one, paused, first, second } = sounds();
	one.plays(first);
	one.plays(first);
	expect(paused).toEqual([]);
	one.plays(second);
	expect(paused).toEqual(["first"]);
});

it("a message went on playing over the call that was made of it, and over one that rang", () => {
	const { one, paused, first } = sounds();
	const callback = { id: "c", media: "callback", state: "connected" };
	const talk = { id: "t", media: "call", state: "connected" };
	one.follow([callback, talk]);
	one.plays(first);
	one.follow([callback, talk]);
	expect(paused, "listened to in a call that goes on").toEqual([]);
	one.follow([{ ...callback, call: { state: "contacting" } }]);
	one.follow([{ ...callback, call: { state: "connected" } }]);
	expect(paused).toEqual(["first"]);
	one.plays(first);
	one.follow([callback, { id: "n", media: "call", state: "alerting" }]);
	expect(paused).toEqual(["first", "first"]);
});
