import { describe, expect, it } from "vitest";
import { benches, chooseBenches } from "./benches.ts";
import { isMet, notMeasured, percentile, percentileRows } from "./support/row.ts";
import { formatTable } from "./support/table.ts";

describe("the table", () => {
	it("tells what was measured, the budget, and whether it is kept", () => {
		const table = formatTable([
			{ what: "reads", measured: 12_345.6, unit: "per second", budget: { atLeast: 10_000 } },
			{ what: "reads, p99", measured: 20.04, unit: "ms", budget: { atMost: 20 } },
			{ what: "wrong ones", measured: 0, unit: "", budget: { atMost: 0 } },
			{ what: "sign-in", measured: 0.1234, unit: "ms" },
		]);
		expect(table.split("\n").slice(2)).toEqual([
			"reads       12,346 per second  ≥ 10,000 per second  met",
			"reads, p99              20 ms  ≤ 20 ms              NOT MET",
			"wrong ones                  0  ≤ 0                  met",
			"sign-in               0.12 ms",
		]);
	});

	it("says why something was not measured, without widening the column", () => {
		const reason = "no Chromium was found anywhere on this machine, and none can be downloaded";
		const lines = formatTable([
			notMeasured("sound", reason),
			{ what: "reads", measured: 1, unit: "ms", budget: { atMost: 2 } },
		]).split("\n");
		expect(lines[2]).toBe(`sound  not measured: ${reason}`);
		expect(lines[3]).toBe("reads      1 ms  ≤ 2 ms  met");
	});
});

describe("rows", () => {
	it("keep a budget on its edge, and have no verdict without a number or a budget", () => {
		expect(isMet({ what: "", measured: 20, unit: "", budget: { atMost: 20 } })).toBe(true);
		expect(isMet({ what: "", measured: 19.9, unit: "", budget: { atLeast: 20 } })).toBe(false);
		expect(isMet({ what: "", measured: 20, unit: "" })).toBeUndefined();
		expect(isMet({ ...notMeasured("", "why"), budget: { atMost: 1 } })).toBeUndefined();
	});

	it("take percentiles by nearest rank, whatever the order of the samples", () => {
		const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
		expect([50, 95, 99, 100].map((percent) => percentile(samples, percent))).toEqual([50, 95, 99, 100]);
		expect(percentile([7], 50)).toBe(7);
		expect(() => percentile([], 50)).toThrow("no samples");
		expect(percentileRows("x", [1, 2], { p50: undefined, p99: { atMost: 5 } })).toEqual([
			{ what: "x, p50", measured: 1, unit: "ms" },
			{ what: "x, p99", measured: 2, unit: "ms", budget: { atMost: 5 } },
		]);
	});
});

describe("the benches", () => {
	it.each(benches)("$name loads", async ({ load }) => {
		expect(await load()).toBeTypeOf("function");
	});

	it("are chosen by name, in the order of the table; all without names", () => {
		expect(chooseBenches([])).toEqual(benches);
		expect(chooseBenches(["media", "api"]).map(({ name }) => name)).toEqual(["api", "media"]);
		expect(() => chooseBenches(["apy"])).toThrow('There is no bench "apy". There are: start, sign-in,');
	});
});
