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
