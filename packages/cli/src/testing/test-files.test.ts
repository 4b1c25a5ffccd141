import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testFiles } from "./test-files.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-tests-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: string[]): void {
	for (const name of names) {
		const path = join(folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, "");
	}
}

test("a folder to test ended in a stack trace of Node's", () => {
	write("framework.ts", "framework.test.ts", "more/deep-test.js", "more/test/all.mjs", "latest.js", "x.test.d.ts");
	write("node_modules/other/other.test.js", ".cache/old.test.js");
	const expected = ["framework.test.ts", "more/deep-test.js", "more/test/all.mjs"].map((name) => join(folder, name));
	expect(testFiles([folder])).toEqual(expected);
	expect(testFiles([], folder)).toEqual(expected);
	expect(testFiles([join(folder, "latest.js")])).toEqual([join(folder, "latest.js")]);
});

test("every script of a project below a folder named test was run as a test", () => {
	write("test/project/framework.ts", "test/project/framework.test.ts", "test/all.mjs");
	const tests = testFiles([join(folder, "test/project")]);
	expect(tests).toEqual([join(folder, "test/project/framework.test.ts")]);
	expect(testFiles([join(folder, "test")])).toContain(join(folder, "test/all.mjs"));
});

test("no tests at all passed", () => {
	write("framework.ts");
	expect(() => testFiles([], folder)).toThrow(/There are no tests in .*framework\.test\.ts/);
	expect(() => testFiles([join(folder, "framework.test.ts")])).toThrow(/There is no .*framework\.test\.ts/);
});
