import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintFrameworkScript } from "./lint.ts";

const folder = new URL("../../corpus/", import.meta.url);
const scripts = (kind: "faulty" | "good") =>
	readdirSync(new URL(`${kind}/`, folder)).map((name) => {
		const source = readFileSync(new URL(`${kind}/${name}`, folder), "utf8");
		return { name, source };
	});

/** Lines that end in `//! code` are the ones to be found, with that code. */
function marked(source: string): [line: number, code: string][] {
	return source.split("\n").flatMap((text, at) => {
		const code = /\/\/! ([\w.]+)$/.exec(text)?.[1];
		return code === undefined ? [] : [[at + 1, code] as [number, string]];
	});
}

const found = (source: string) => lintFrameworkScript(source).map(({ line, code }) => [line, code] as [number, string]);

describe("scripts as people write them", () => {
	const [faulty, good] = [scripts("faulty"), scripts("good")];

	it("are enough to judge by", () => {
		expect(faulty.length).toBeGreaterThanOrEqual(40);
		expect(good.length).toBeGreaterThanOrEqual(25);
	});

	it.each(faulty)("$name: the fault is found, where it stands, and nothing else", ({ source }) => {
		expect(marked(source)).toHaveLength(1);
		expect(found(source)).toEqual(marked(source));
	});

	it.each([
		...good,
		{ name: "our sample", source: readFileSync(new URL("../../sample/framework.js", import.meta.url), "utf8") },
	])("$name: nothing is wrong", ({ source }) => {
		expect(found(source)).toEqual([]);
	});
});
