import { expect, it } from "vitest";
import { ReadyGate } from "./ready-gate.ts";
import { HandTimers } from "./test-support/hand-timers.ts";

function gate() {
	const timers = new HandTimers();
	const happened: string[] = [];
	const gate = new ReadyGate(timers);
	const ask = (name: string, task = () => {}) =>
		gate.run(
			() => {
				happened.push(name);
				task();
			},
			(why) => happened.push(`${name} refused: ${why}`),
		);
	return { timers, happened, gate, ask };
}

it("a wish that comes too early waits its turn, and what is asked meanwhile comes behind it", () => {
	const { gate: door, ask, happened } = gate();
	ask("first", () => ask("asked by the first"));
	ask("second");
	expect(happened).toEqual([]);
	door.open();
	ask("third");
	expect(happened).toEqual(["first", "second", "asked by the first", "third"]);
});

it("a wish that has waited two minutes is refused aloud, not done by surprise", () => {
	const { gate: door, ask, timers, happened } = gate();
	ask("dial");
	timers.pass(60_000);
	ask("status");
	timers.pass(60_000);
	expect(happened).toEqual(["dial refused: late"]);
	door.open();
	timers.pass(600_000);
	expect(happened).toEqual(["dial refused: late", "status"]);
});

it("a script in a loop is refused, and the wishes before it are kept", () => {
	const { gate: door, ask, happened } = gate();
	for (let number = 0; number < 201; number++) ask(`${number}`);
	expect(happened).toEqual(["200 refused: many"]);
	door.open();
	expect(happened).toHaveLength(201);
	expect(happened[1]).toBe("0");
});

it("wishes of one agent do not run for the next before they have signed in", () => {
	const { gate: door, ask, happened } = gate();
	door.open();
	door.close();
	ask("status");
	expect(happened).toEqual([]);
	door.open();
	expect(happened).toEqual(["status"]);
});
