import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildFramework } from "../build/build-command.ts";
import { lintFiles } from "../lint/lint-command.ts";
import { type FrameworkKind, frameworkKinds } from "./kinds.ts";
import { newFramework } from "./new-framework.ts";

const root = mkdtempSync(join(tmpdir(), "inlay-new-"));
afterAll(() => rmSync(root, { recursive: true }));
const kinds = Object.keys(frameworkKinds) as FrameworkKind[];
const folderOf = (kind: FrameworkKind) => join(root, `my-${kind}`);

function listening() {
	const told: string[] = [];
	return {
		told,
		ports: { stdin: process.stdin, out: (text: string) => told.push(text), err: (text: string) => told.push(text) },
	};
}

beforeAll(async () => {
	for (const kind of kinds) expect(await newFramework(folderOf(kind), kind, "inlay", listening().ports)).toBe(0);
});

it("the tests of every kind pass, by inlay test, outside of a clone", () => {
	const command = fileURLToPath(new URL("../main.ts", import.meta.url));
	const files = kinds.map((kind) => join(folderOf(kind), "framework.test.ts"));
	const { status, stdout } = spawnSync(process.execPath, [command, "test", ...files], { encoding: "utf8" });
	expect(stdout).toMatch(/# fail 0|fail 0/);
	expect(stdout).toMatch(/pass 8/);
	expect(status).toBe(0);
});

it.each(kinds)("%s: the linter is silent, and the build small", async (kind) => {
	const { told, ports } = listening();
	const entry = join(folderOf(kind), "framework.ts");
	expect(await lintFiles([entry], { format: "text" }, ports)).toBe(0);
	expect(told).toEqual([]);
	expect(await buildFramework(entry, { format: "text", maxSize: 5000, maxWarnings: 0 }, ports)).toBe(0);
	expect(told).toEqual([expect.stringMatching(/dist\/framework\.js: \d\.\d kB of 5\.0 kB\.$/)]);
	expect(readFileSync(join(folderOf(kind), "dist", "framework.js"), "utf8")).toContain(`my-${kind}`);
});

it.each(kinds)(
	"%s: an editor underlined the window, and every parameter: tsc finds the types, and nothing wrong",
	(kind) => {
		const typeScript = fileURLToPath(import.meta.resolve("typescript/package.json")).replace("package.json", "bin/tsc");
		const { status, stdout } = spawnSync(process.execPath, [typeScript, "--project", folderOf(kind)], {
			encoding: "utf8",
		});
		expect([stdout, status]).toEqual(["", 0]);
	},
);

it("says what to do next by the command's own name", async () => {
	const { told, ports } = listening();
	await newFramework(join(root, "next"), "plain", "npx inlay", ports);
	expect(told.join()).toMatch(/npx inlay test .*\n.*npx inlay lint .*\n.*npx inlay dev .*\n.*npx inlay build /);
});

it("leaves a folder alone that is not empty, and takes one that is", async () => {
	const { told, ports } = listening();
	const taken = join(root, "taken");
	mkdirSync(taken);
	writeFileSync(join(taken, "mine.txt"), "mine");
	expect(await newFramework(taken, "plain", "inlay", ports)).toBe(2);
	expect(await newFramework(join(taken, "mine.txt"), "plain", "inlay", ports)).toBe(2);
	expect(told).toEqual([
		expect.stringContaining("is not empty: it has mine.txt"),
		expect.stringContaining("is a file"),
	]);
	expect(readdirSync(taken)).toEqual(["mine.txt"]);
	mkdirSync(join(root, "empty"));
	expect(await newFramework(join(root, "empty"), "plain", "inlay", ports)).toBe(0);
});
