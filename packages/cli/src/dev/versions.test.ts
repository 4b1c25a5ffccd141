import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Versions } from "./versions.ts";

let folder: string;
let file: string;
let versions: Versions;
let published: number[];

const script = (name: string) => `window.Framework = { config: { name: "${name}" } };`;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "inlay-dev-"));
	file = join(folder, "framework.js");
	writeFileSync(file, script("one"));
	published = [];
	versions = new Versions({ file, published: (version) => published.push(version) < 0, changed: () => undefined });
	await versions.open();
});

afterEach(() => {
	versions.close();
	rmSync(folder, { recursive: true, force: true });
});

it("each save is a version, also where the editor puts another file in its place", async () => {
	expect(versions.script(1)).toContain('"one"');
	writeFileSync(file, script("two"));
	await expect.poll(() => published).toEqual([1, 2]);
	writeFileSync(join(folder, "new"), script("three"));
	renameSync(join(folder, "new"), file);
	await expect.poll(() => published).toEqual([1, 2, 3]);
	expect(versions.script(3)).toContain('"three"');
});

it("a loop froze the panel: what is served has the server's guards, and places stay the author's", async () => {
	const line = 'const late = () => { for (;;) break; throw new Error("late"); };';
	const sources = [line, `var at: string = "here"; ${line.replace("late", "later: () => void")}`];
	writeFileSync(file, `${script("one")}\n${sources[0]}`);
	await expect.poll(() => published).toEqual([1, 2]);
	const served = versions.script(2) ?? "";
	expect(served).toContain("for (;;) {typeof __inlayTurn");
	const column = (served.split("\n")[1] ?? "").indexOf("new Error") + 1;
	const located = (version: number, where: string) =>
		versions.located({ message: "late", stack: `at http://localhost:4300/script/${version}.js:${where}` }).place;
	expect(located(2, `2:${column}`)).toEqual({ file: "framework.js", line: 2, column: line.indexOf("new Error") + 1 });
	versions.close();

	const typed = join(folder, "framework.ts");
	writeFileSync(typed, `${script("one").replace("window", "(window as any)")}\n\n${sources[1]}\nlater();`);
	versions = new Versions({ file: typed, published: () => false, changed: () => undefined });
	await versions.open();
	const [code = "", inline = ""] = (versions.script(1) ?? "").split(
		"//# sourceMappingURL=data:application/json;base64,",
	);
	const lines = code.split("\n");
	const at = lines.findIndex((each) => each.includes("new Error"));
	const inCode = (lines[at] ?? "").indexOf("new Error");
	const expected = { line: 3, column: (sources[1] ?? "").indexOf("new Error") + 1 };
	expect(located(1, `${at + 1}:${inCode + 1}`)).toMatchObject(expected);
	// Browsers read the map by themselves.
	const entry = new SourceMap(JSON.parse(Buffer.from(inline, "base64").toString())).findEntry(at, inCode);
	expect(entry).toMatchObject({ originalLine: expected.line - 1, originalColumn: expected.column - 1 });
	expect(code).toContain("__inlayTurn(3)");
});

it("a deployment without guards ran its script with them in inlay dev, and a loop of an imported file was told by a line of no file", async () => {
	const loop = "export const f = () => { for (;;) break; };";
	writeFileSync(join(folder, "pop.ts"), `\n${loop}`);
	const typed = join(folder, "framework.ts");
	writeFileSync(
		typed,
		'import { f } from "./pop.ts";\n(window as any).Framework = { config: {}, screenPop: () => f() };',
	);
	const served = async (withoutGuards: boolean) => {
		const made = new Versions({ file: typed, published: () => false, changed: () => undefined });
		await made.open({ withoutGuards });
		made.close();
		return made.script(1) ?? "";
	};
	expect(await served(true)).not.toContain("__inlayTurn");
	const guarded = await served(false);
	expect(guarded).toContain('__inlayTurn("pop.ts:2")');
	expect(guarded).toContain("__inlayTurn(2)");
});

it("the script for panels elsewhere led to no line of its author's", async () => {
	expect(versions.alone).toBe(script("one"));
	const typed = join(folder, "framework.ts");
	writeFileSync(
		typed,
		'const name: string = "a";\nObject.assign(window, { Framework: { config: { name } } });\nexport {};',
	);
	const made = new Versions({ file: typed, published: () => false, changed: () => undefined });
	await made.open();
	made.close();
	const [code = "", inline = ""] = made.alone.split("//# sourceMappingURL=data:application/json;base64,");
	const line = code.split("\n").findIndex((each) => each.includes("Object.assign"));
	const entry = new SourceMap(JSON.parse(Buffer.from(inline, "base64").toString())).findEntry(line, 1);
	expect(entry).toMatchObject({ originalLine: 1 });
	expect(code).not.toContain("__inlayTurn");
});

it("a script that cannot be read makes no version, and the next that can does", async () => {
	writeFileSync(file, "window.Framework = {");
	await expect.poll(() => versions.state.failure?.place?.line).toBe(1);
	expect(published).toEqual([1]);
	writeFileSync(file, script("one"));
	await expect.poll(() => published).toEqual([1, 2]);
	expect(versions.state.failure).toBeUndefined();
});

it("the linter read a large script while the panel waited for it: a panel that loads a version goes first", async () => {
	const misspelt = `${script("one").replace("};", "")}, screenPopp() {} };`;
	let isAwaited = true;
	const made = new Versions({ file, published: () => isAwaited, changed: () => undefined });
	await made.open();
	writeFileSync(file, misspelt);
	await expect.poll(() => made.state.version).toBe(2);
	expect(made.state.findings).toEqual([]);
	made.isLive(2, true);
	await expect.poll(() => made.state.findings.length).toBeGreaterThan(0);
	isAwaited = false;
	writeFileSync(file, misspelt.replace("screenPopp", "screenPoop"));
	await expect.poll(() => made.state.findings.map(({ message }) => message).join()).toContain("screenPoop");
	made.close();
});

it("says once how long it took until the first panel ran what was saved", async () => {
	writeFileSync(file, script("two"));
	await expect.poll(() => published).toEqual([1, 2]);
	expect(versions.isLive(2, true)).toBeGreaterThanOrEqual(0);
	expect(versions.isLive(2, true)).toBeUndefined();
	expect(versions.isLive(1, false)).toBeUndefined();
});
