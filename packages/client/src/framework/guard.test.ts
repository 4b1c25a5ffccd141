import { authorsPlace } from "@inlay/contract/script-guards";
import { expect, it } from "vitest";
import { createGuard } from "./guard.ts";
import type { ScriptReport } from "./ports.ts";

it("what a callback threw stood twice in the console: by the guard, and by the report of it", () => {
	const reports: ScriptReport[] = [];
	const lines: string[] = [];
	const log = (line: string) => void lines.push(line);
	const guard = createGuard({ report: (report) => void reports.push(report) }, { info: log, warn: log });
	const fails = (text: string) => () => {
		throw new Error(text);
	};
	guard("screenPop", fails("no record"));
	expect([reports.map(({ said }) => said), lines]).toEqual([["no record"], []]);
	guard("screenPop", fails("no record"));
	guard("screenPop", fails("no host"));
	expect(reports.map(({ said }) => said)).toEqual(["no record", "no host"]);
	expect(lines).toEqual(["A framework callback failed again"]);
});

it("in inlay dev the agent was told line 1 of whatever was thrown, and no file", () => {
	const reports: ScriptReport[] = [];
	const guard = createGuard({ report: (report) => void reports.push(report) }, { info() {}, warn() {} });
	const thrown = Object.assign(new Error("no record"), {
		[authorsPlace]: "pop.ts:2",
		stack: "Error: no record\n at http://localhost:4300/script/3.js:40:8",
	});
	guard("screenPop", () => {
		throw thrown;
	});
	expect(reports.map(({ text }) => text)).toEqual(["screenPop: no record (pop.ts:2)"]);
	expect(reports.map(({ said }) => said)).toEqual(["no record (pop.ts:2)"]);
});

it("what a callback threw stood in the agent's notice without the line that what a timer threw has", () => {
	const reports: ScriptReport[] = [];
	const guard = createGuard({ report: (report) => void reports.push(report) }, { info() {}, warn() {} });
	const stack = "Error: no record\n at screenPop (https://panel/framework.js?v=3:12:5)";
	guard("screenPop", () => {
		throw Object.assign(new Error("no record"), { stack });
	});
	expect(reports.map(({ said }) => said)).toEqual(["no record (line 12)"]);
});
