import { expect, test } from "vitest";
import { createGuard } from "../guard.ts";
import { fakePorts } from "../test-support/fake-ports.ts";
import { countTurns, ScriptEnded } from "./script-turns.ts";

/** A clock that goes on by `turnMs` with each look, and what came of it. */
function scene(turnMs: number) {
	const told: string[] = [];
	const tasks: Array<() => void> = [];
	let at = 0;
	const turns = countTurns({
		now: () => (at += turnMs),
		later: (task) => void tasks.push(task),
		ended: (line, held) => void told.push(`${held}, line ${line}`),
	});
	const breathe = () => {
		for (const task of tasks.splice(0)) task();
	};
	/** Turns until it is ended, `most` where it is not. */
	const spin = (most: number, line = 4) => {
		for (let passed = 0; passed < most; passed++) {
			try {
				turns.turn(line);
			} catch (error) {
				expect(error).toBeInstanceOf(ScriptEnded);
				return passed;
			}
		}
		return most;
	};
	return { turns, spin, breathe, told };
}

test("a loop that does not end is ended after five seconds, and told once with its line", () => {
	const { spin, breathe, told } = scene(10);
	expect(spin(100_000)).toBeGreaterThan(500 * 32);
	expect(told).toEqual([]);
	breathe();
	expect(told).toEqual(["5 s, line 4"]);
	expect([spin(1), spin(10, 9)], "went on where it caught what ended it").toEqual([0, 0]);
	breathe();
	expect(told).toHaveLength(1);
});

test("work that lets the browser come to something now and then goes on for as long as it likes", () => {
	const { spin, breathe, told } = scene(10);
	for (let piece = 0; piece < 100; piece++) {
		expect(spin(32 * 300)).toBe(32 * 300);
		breathe();
	}
	expect(told).toEqual([]);
});

test("a script that waited for a dialog in a loop was taken for one that does not end", () => {
	const { spin } = scene(60_000);
	expect(spin(32 * 9)).toBe(32 * 9);
});

test("a loop that waits for its requests is ended after half a minute of waiting, and no sooner", () => {
	const { turns, breathe, told } = scene(0);
	const ask = (most: number) => {
		for (let asked = 0; asked < most; asked++) {
			turns.turn(7);
			turns.waited(2_000);
		}
	};
	ask(14);
	breathe();
	ask(14);
	expect(told).toEqual([]);
	expect(() => ask(2)).toThrow(ScriptEnded);
	breathe();
	expect(told).toEqual(["30 s, line 7"]);
});

test("what ends a script is no fault of its callbacks", () => {
	const { ui, log, of } = fakePorts();
	const guard = createGuard(ui, log);
	let hasFailed = false;
	guard(
		"screenPop",
		() => {
			throw new ScriptEnded("ended");
		},
		() => {
			hasFailed = true;
		},
	);
	expect([hasFailed, of("report")]).toEqual([true, []]);
});
