import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, it } from "vitest";
import { type LintCommandOptions, lintFiles } from "./lint-command.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-lint-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

const good = 'window.Framework = { config: { name: "n", clientIds: {} } };\n';
const quoted =
	'window.Framework = { config: { name: "n", clientIds: {}, settings: { enableCallHistory: "true" } } };\n';
const broken = "window.Framework = {\n";

function file(name: string, source: string): string {
	const path = join(folder, name);
	writeFileSync(path, source);
	return path;
}

async function lint(names: string[], options: Partial<LintCommandOptions> = {}, stdin = "") {
	const [out, err]: [string[], string[]] = [[], []];
	const ports = {
		stdin: Readable.from([stdin]),
		out: (text: string) => out.push(text),
		err: (text: string) => err.push(text),
	};
	const code = await lintFiles(names, { format: "text", ...options }, ports);
	return { code, out: out.join("\n"), err: err.join("\n") };
}

it("says nothing of a good script, and each finding with its place", async () => {
	expect(await lint([file("good.js", good)])).toEqual({ code: 0, out: "", err: "" });
	const path = file("quoted.js", quoted);
	const { code, out } = await lint([path]);
	expect(code).toBe(0);
	expect(out).toContain(`${path}:1:89: warning: `);
	expect(out).toContain("[setting.not.boolean] (--fix)\n0 errors, 1 warning.");
	expect((await lint([path], { maxWarnings: 0 })).code).toBe(1);
	expect((await lint([file("broken.js", broken)])).code).toBe(1);
});

it("reads the standard input, and gives what it has mended to the standard output", async () => {
	expect((await lint(["-"], {}, quoted)).out).toContain("<stdin>:1:89:");
	const { out, err } = await lint(["-"], { fix: true }, quoted);
	expect(out).toBe(quoted.replace('"true"', "true"));
	expect(err).toBe("1 finding fixed.");
});

it("mends files, and leaves those alone that need nothing", async () => {
	const path = file("mended.js", quoted);
	expect(await lint([path], { fix: true, maxWarnings: 0 })).toMatchObject({ code: 0, out: "1 finding fixed." });
	expect(readFileSync(path, "utf8")).toBe(quoted.replace('"true"', "true"));
});

it("a file that is not there ends with 2, and what the others have is told", async () => {
	const { code, out, err } = await lint([join(folder, "none.js"), file("broken2.js", broken)]);
	expect(code).toBe(2);
	expect(err).toMatch(/none\.js cannot be read: there is no such file\.$/);
	expect(out).toContain("[script.syntax]");
});

it("a folder was told of by a word of the system's", async () => {
	expect(await lint([folder])).toEqual({
		code: 2,
		out: "",
		err: `${folder} is a folder: name the scripts in it, as in ${folder}/*.js.`,
	});
});

it("fixes what a fix lets be seen, too", async () => {
	const path = file(
		"twice.js",
		'const Framework = { config: { name: "n", clientIds: {}, settings: { enableCalHistory: "true" } } };\n',
	);
	expect(await lint([path], { fix: true, maxWarnings: 0 })).toMatchObject({ code: 0, err: "" });
	expect(readFileSync(path, "utf8")).toBe(
		'window.Framework = { config: { name: "n", clientIds: {}, settings: { enableCallHistory: true } } };\n',
	);
});

it("JSON has what the package gives, SARIF what code hosts read", async () => {
	const path = file("for programs.js", quoted);
	const [json] = JSON.parse((await lint([path], { format: "json" })).out);
	expect(json).toMatchObject({
		file: path,
		findings: [{ code: "setting.not.boolean", line: 1, column: 89 }],
		fixed: 0,
	});
	const sarif = JSON.parse((await lint([path], { format: "sarif" })).out);
	expect(sarif.version).toBe("2.1.0");
	const [run] = sarif.runs;
	expect(run.results).toHaveLength(1);
	const [{ ruleId, ruleIndex, level, locations, fixes }] = run.results;
	expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
	expect([level, locations[0].physicalLocation.region]).toEqual([
		"warning",
		{ startLine: 1, startColumn: 89, endLine: 1, endColumn: 95 },
	]);
	expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/for%20programs\.js$/);
	expect(fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toBe("true");
});

it("what stands in a library was told line by line, as if it were the author's: it is one line, and programs have each", async () => {
	const posts = 'function (text) { self.parent.postMessage(text, "*"); },'.repeat(60);
	const library = `/*! Widgets v2.1.0 | MIT */\n!function () { self.widgets = [${posts}]; }();\n`;
	const path = file("bundled.js", `${library}${quoted}`);
	const { out } = await lint([path]);
	expect(out.split("\n")).toEqual([
		expect.stringMatching(/:3:89: warning: .* \[setting\.not\.boolean\] \(--fix\)$/),
		expect.stringMatching(
			/:2:\d+: warning: 60 findings in Widgets 2\.1\.0, from here on\. \[message\.target\.any 60×\]$/,
		),
		"0 errors, 61 warnings.",
	]);
	const [{ findings }] = JSON.parse((await lint([path], { format: "json" })).out);
	expect(findings.filter((each: { library?: string }) => each.library === "Widgets 2.1.0")).toHaveLength(60);
	const [run] = JSON.parse((await lint([path], { format: "sarif" })).out).runs;
	expect(run.results[0].properties).toEqual({ library: "Widgets 2.1.0" });
});

it("a module that another named file imports was told to assign window.Framework, and what is wrong in it twice", async () => {
	const helper = file("helper.ts", "export const pop = (url: string) => void window.open(url);\n");
	const entry = file(
		"whole.ts",
		'import { pop } from "./helper.ts";\nwindow.Framework = { config: { name: "a", clientIds: {} }, screenPop: () => pop("/") };\n',
	);
	expect((await lint([entry, helper])).out).not.toContain("framework.missing");
	expect((await lint([helper])).out).toContain("framework.missing");
	writeFileSync(helper, "export const pop = ;\n");
	expect((await lint([entry, helper])).out.match(/helper\.ts:1:\d+: error/g)).toHaveLength(1);
});
