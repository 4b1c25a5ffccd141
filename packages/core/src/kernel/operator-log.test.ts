import { pino } from "pino";
import { expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { OperatorLog } from "./operator-log.ts";

function written() {
	const lines: Array<Record<string, unknown>> = [];
	const clock = new FakeClock();
	const sink = pino({ level: "warn" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
	return { lines, clock, log: new OperatorLog(sink, clock) };
}

it("a line is written once a minute, with how often it has come", () => {
	const { lines, clock, log } = written();
	for (let times = 0; times < 5; times++) log.warn({ event: "panel.refused", code: "a" }, "refused");
	log.warn({ event: "panel.refused", code: "b" }, "refused");
	expect(lines.map(({ code, times }) => [code, times])).toEqual([
		["a", undefined],
		["b", undefined],
	]);
	clock.advance(60_000);
	log.warn({ event: "panel.refused", code: "a" }, "refused");
	expect(lines.slice(2).map(({ code, times }) => [code, times])).toEqual([
		["a", 5],
		["a", undefined],
	]);
});

it("whoever sends a thousand different lines does not fill the log", () => {
	const { lines, clock, log } = written();
	for (let number = 0; number < 1000; number++) log.warn({ event: "script.failed", number }, "failed");
	expect(lines).toHaveLength(200);
	clock.advance(60_000);
	log.warn({ event: "script.failed" }, "failed");
	expect(lines.at(-2)).toMatchObject({ event: "operator-log.full", lines: 800 });
});
