import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { runFrameworkScript } from "@inlay/framework/harness";
import { afterAll, expect, it } from "vitest";
import { lintFiles } from "../lint/lint-command.ts";
import { type BuildCommandOptions, buildFramework } from "./build-command.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-build-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, source: string): string {
	const path = join(folder, name);
	writeFileSync(path, source);
	return path;
}

const pop = file(
	"pop.ts",
	'export const crm = "https://crm.example.com";\nexport function pop(text: string): void {\n\twindow.parent.postMessage({ text }, "*");\n}\n',
);
const entry = file(
	"framework.ts",
	'import { defineFramework } from "@inlay/framework";\nimport { pop } from "./pop.ts";\n\ndefineFramework({ config: { name: "n", clientIds: {} }, screenPop: (text) => pop(text) }, window);\n',
);

async function build(path: string, options: Partial<BuildCommandOptions> = {}) {
	const [out, err]: [string[], string[]] = [[], []];
	const ports = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
	const code = await buildFramework(path, { format: "text", maxSize: 100_000, ...options }, ports);
	return { code, out: out.join("\n"), err: err.join("\n") };
}

it("makes one script of several sources, which runs, and says where the sources are at fault", async () => {
	const { code, out, err } = await build(entry);
	expect(code).toBe(0);
	expect(out).toMatch(/pop\.ts:3:\d+: warning: .*\[message\.target\.any\]\n0 errors, 1 warning\.$/);
	expect(err).toMatch(/dist\/framework\.js: 0\.\d kB of 100\.0 kB\.$/);
	const script = readFileSync(join(folder, "dist", "framework.js"), "utf8");
	const run = runFrameworkScript(script);
	run.screenPop("+49301", {} as never);
	expect(run.host.unreadable.concat(run.host.received)).toEqual([{ text: "+49301" }]);
	expect((await build(entry, { maxWarnings: 0 })).code).toBe(1);
});

it("writes a map that leads from the script's lines to the sources'", async () => {
	const out = join(folder, "mapped.js");
	await build(entry, { out, readable: true });
	const lines = readFileSync(out, "utf8").split("\n");
	expect(lines.at(-2)).toBe("//# sourceMappingURL=mapped.js.map");
	const map = JSON.parse(readFileSync(`${out}.map`, "utf8"));
	const line = lines.findIndex((text) => text.includes("postMessage"));
	const found = new SourceMap(map).findEntry(line, lines[line]?.indexOf("window") ?? 0);
	expect(found).toMatchObject({ originalLine: 2 });
	expect(resolve(dirname(out), "originalSource" in found ? found.originalSource : "")).toBe(pop);
	await build(entry, { out: join(folder, "bare.js"), sourceMap: false });
	expect(existsSync(join(folder, "bare.js.map"))).toBe(false);
});

it("what was uploaded was one line: an error's line said nothing, and two versions differed as a whole", async () => {
	const classic = file(
		"classic.js",
		"/** Of ours alone. */\nwindow.Framework = {\n\tconfig: { name: 'a' },\n\tscreenPop: function () { alert(1); },\n};\n",
	);
	for (const path of [entry, classic]) {
		const out = join(folder, "lines.js");
		await build(path, { out, run: false });
		const script = readFileSync(out, "utf8");
		expect(script.split("\n").length).toBeGreaterThan(4);
		expect(script).not.toMatch(/Of ours alone|pop\.ts/);
	}
});

it("two scripts of one folder wrote each other's file, and one that was too large took the place of the good one", async () => {
	const code = (name: string) => `window.Framework = { config: { name: "${name}", clientIds: {} } };\n`;
	const [alpha, beta] = [file("alpha.ts", code("alpha")), file("beta.js", code("beta"))];
	for (const path of [alpha, beta]) await build(path, { run: false });
	const built = () => ["alpha", "beta"].map((name) => readFileSync(join(folder, "dist", `${name}.js`), "utf8"));
	expect(built()).toEqual([expect.stringContaining('"alpha"'), expect.stringContaining('"beta"')]);
	const before = built();
	expect((await build(alpha, { maxSize: 10, run: false })).code).toBe(1);
	expect(built()).toEqual(before);
});

it("ends with 1 over its budget, and says by how much", async () => {
	const { code, err } = await build(entry, { maxSize: 50 });
	expect(code).toBe(1);
	expect(err).toContain("of 0.1 kB: error: It is too large, so it was not written.");
});

it.each([
	["a slip", "const x: = 3;", 1, "slip.ts:1:10: error: Unexpected token."],
	["an import of nothing", 'import { a } from "./nothing.ts";\na();', 1, "nothing.ts'."],
	["a package that is not there", 'import a from "left-behind";\na();', 1, "left-behind'."],
	["a name that is not exported", 'import { cram } from "./pop.ts";\ncram();', 1, "slip.ts:1:10: error: "],
	["an await at the top", "window.Framework = await fetch('/x');", 1, "has no await outside of functions"],
])("%s was found by agents", async (_name, source, code, text) => {
	const told = await build(file("slip.ts", source), { out: join(folder, "never.js") });
	expect(told.code).toBe(code);
	expect(told.err).toContain(text);
	expect(existsSync(join(folder, "never.js"))).toBe(false);
});

it("a file that is not there ends with 2", async () => {
	expect(await build(join(folder, "none.ts"))).toMatchObject({ code: 2, err: expect.stringContaining("no such file") });
});

it("a script that sets no framework, or throws as soon as it runs, is told of", async () => {
	expect((await build(file("idle.ts", "console.log('x');"))).out).toContain("[framework.missing]");
	const late = file("late.ts", "setTimeout(() => { window.Framework = { config: { name: 'n', clientIds: {} } }; });");
	expect((await build(late)).err).toContain("is not set when the script has run");
	const named = file("named.js", "function Framework() {}\nFramework.config = { name: 'n', clientIds: {} };");
	expect(await build(named)).toMatchObject({ code: 0, err: expect.not.stringMatching(/is not set|is a function/) });
	const called = file("called.js", "function Framework() { return { config: { name: 'n', clientIds: {} } }; }");
	const told = await build(called, { maxWarnings: 0 });
	expect(told).toMatchObject({ code: 1, out: expect.stringContaining("[framework.function]") });
	const hidden = file("hidden.js", "function Framework() { return {}; }\nFramework.config = undefined;");
	expect((await build(hidden)).err).toContain("is a function without a config");
	const thrown = file(
		"thrown.ts",
		"const place = document.body.firstChild;\nwindow.Framework = { config: { name: String(place), clientIds: {} } };",
	);
	expect((await build(thrown)).err).toMatch(/thrown\.ts:1:\d+: warning: Run without a browser, it throws: /);
	expect((await build(thrown, { run: false })).err).not.toContain("throws");
});

it("a script of which nothing is left ended in the bundler's own error", async () => {
	const framework = "var Framework = { config: { name: 'n', clientIds: {} } };";
	expect(await build(file("var.js", framework), { maxWarnings: 0 })).toMatchObject({ code: 0, out: "" });
	const told = await build(file("var-module.js", `export {};\n${framework}`));
	expect(told).toMatchObject({ code: 1, out: expect.stringContaining("[framework.missing]") });
});

it("TypeScript was no JavaScript to the linter", async () => {
	const told: string[] = [];
	const ports = {
		stdin: process.stdin,
		out: (text: string) => told.push(text),
		err: (text: string) => told.push(text),
	};
	expect(await lintFiles([entry], { format: "text" }, ports)).toBe(0);
	expect(told.join()).toMatch(/pop\.ts:3:\d+: warning: .*\[message\.target\.any\]/);
	expect(await lintFiles([file("slip.ts", "const x: = 3;")], { format: "text" }, ports)).toBe(1);
	expect(told.join()).toMatch(/slip\.ts:1:10: error: Unexpected token\. \[script\.syntax\]/);
	expect(await lintFiles([join(folder, "none.ts")], { format: "text" }, ports)).toBe(2);
});
