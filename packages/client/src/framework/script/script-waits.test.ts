import { expect, test } from "vitest";
import { countTurns, ScriptEnded } from "./script-turns.ts";
import { watchWaits } from "./script-waits.ts";

/** A window whose dialogs and requests take their time, and what came of it. */
function scene() {
	const told: string[] = [];
	const asked: unknown[] = [];
	let at = 0;
	const wait = (ms: number) => {
		at += ms;
	};
	class Requests {
		open(..._given: unknown[]) {}
		send() {
			wait(2_000);
		}
	}
	const confirm = (text: string) => {
		asked.push(text);
		wait(700);
		return asked.length % 2 === 0;
	};
	const window = { confirm, XMLHttpRequest: Requests } as unknown as Window & { XMLHttpRequest: typeof Requests };
	const now = () => at;
	const ended = (line: unknown, held: string) => void told.push(`${held} (line ${line})`);
	const tasks: Array<() => void> = [];
	const turns = countTurns({ now, later: (task) => void tasks.push(task), ended });
	const breathe = () => {
		for (const task of tasks.splice(0)) task();
	};
	watchWaits(window, turns, now);
	return { window, turns, told, asked, wait, breathe };
}

test("a script that asked and asked was not ended, as Firefox comes to messages behind a dialog", () => {
	const { window, turns, told, asked, breathe } = scene();
	turns.turn(4);
	const ask = () => {
		for (;;) window.confirm("again");
	};
	expect(ask).toThrow(ScriptEnded);
	expect(() => window.confirm("once more")).toThrow(ScriptEnded);
	breathe();
	expect([asked.length, told]).toEqual([10, ["10 dialogs (line 4)"]]);
});

test("dialogs now and then come as often as they like, with what was said to them", () => {
	const { window, told, asked, wait } = scene();
	const answers: boolean[] = [];
	for (let times = 0; times < 50; times++) {
		answers.push(window.confirm("now"));
		wait(1_001);
	}
	expect([asked.length, answers.slice(0, 3), told]).toEqual([50, [false, true, false], []]);
});

test("requests that a script waits for are measured, others are not", () => {
	const { window, turns, told, breathe } = scene();
	turns.turn(9);
	const ask = (...how: unknown[]) => {
		const one = new window.XMLHttpRequest();
		one.open("GET", "/", ...how);
		one.send();
	};
	for (let times = 0; times < 20; times++) {
		ask();
		ask(true);
	}
	expect(told).toEqual([]);
	for (let times = 0; times < 7; times++) {
		ask(false);
		ask(undefined);
	}
	expect(told).toEqual([]);
	ask(false);
	breathe();
	expect(told).toEqual(["30 s (line 9)"]);
});
