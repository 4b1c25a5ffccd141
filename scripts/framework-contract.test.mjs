import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { page, pageOf, readContract, sections, states } from "./framework-contract.mjs";
import { missingTests } from "./sheets.mjs";

const { rows } = readContract();

describe("the sheet of the framework's contract", () => {
	test("has rows for every section, each with an item, a confidence and a state that there is", () => {
		expect([...new Set(rows.map(({ section }) => section))].sort()).toEqual(Object.keys(sections).sort());
		const odd = rows.filter(
			({ item, confidence, state }) => !item || !(state in states) || confidence.some((one) => !/^[DSIB]$/.test(one)),
		);
		expect(odd).toEqual([]);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
	});

	test("says of what is not done why, of what differs how, and of a setting its default", () => {
		expect(rows.filter(({ state, how }) => state !== "done" && !how)).toEqual([]);
	});

	test("names tests that there are, by file and title", () => {
		expect(rows.flatMap(({ tests = [] }) => tests).length).toBeGreaterThan(200);
		expect(missingTests(rows)).toEqual([]);
	});
});

test("docs/framework-contract.md is what the sheet says: run node scripts/framework-contract.mjs when this fails", () => {
	expect(readFileSync(page, "utf8")).toBe(pageOf(readContract()));
});
