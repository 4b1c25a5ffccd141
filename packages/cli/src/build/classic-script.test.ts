import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFrameworkScript } from "@inlay/framework/harness";
import { afterAll, describe, expect, it } from "vitest";
import { bundleFramework } from "./bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "inlay-classic-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, source: string): string {
	writeFileSync(join(folder, name), source);
	return join(folder, name);
}

file("pop.js", "exports.name = 'popped';");

/** As the CRM's own script is written: a global by `var`, one by a slip, and arrows that read them of `this`. */
const classic = `var crmDomain = "https://crm.example";
leaked = 1;
function named(long) { return long?.text ?? "none"; }
window.Framework = {
	config: { name: "n", clientIds: {} },
	initialSetup: () => { window.told = [this.crmDomain, window.crmDomain, window.leaked, window.named({ text: "t" })]; },
	screenPop: async (text) => { window.popped = { ...{ text }, domain: this.crmDomain }; },
};
`;

describe.each(["framework.js", "framework.ts"])("a classic %s lost its globals, and this", (name) => {
	const typed = name.endsWith(".ts") ? classic.replace("(long)", "(long: any): string") : classic;

	it.each([{ readable: true }, { readable: false }, { target: "es2015" }, { target: "es2015", readable: true }])(
		"%o",
		async (options) => {
			const { code, map } = await bundleFramework(file(name, typed), options);
			const run = runFrameworkScript(code);
			run.initialSetup();
			expect(run.globals.told).toEqual(["https://crm.example", "https://crm.example", 1, "t"]);
			run.screenPop("+49", {} as never);
			expect(run.globals.popped).toEqual({ text: "+49", domain: "https://crm.example" });
			if ("target" in options) expect(code).not.toMatch(/async |\?\.|\?\?/);
			const lines = code.split("\n");
			const line = lines.findIndex((text) => text.includes("https://crm.example"));
			const column = lines[line]?.search(/crmDomain ?=/) ?? -1;
			const found = new SourceMap(map as never).findEntry(line, Math.max(column, 0));
			expect(found).toMatchObject({ originalSource: join(folder, name), originalLine: 0 });
		},
	);
});

it("a strict script stays strict behind what old browsers lack", async () => {
	const source = `"use strict";\nwindow.run = async () => 1;\nwindow.isStrict = (function () { return this === undefined; })();`;
	const { code } = await bundleFramework(file("strict.js", source), { target: "es2015" });
	expect(runFrameworkScript(code).globals.isStrict).toBe(true);
});

it("names within with were changed to those of its object", async () => {
	const source = "window.sum = function (longName, other) { with (longName) { return other; } };";
	const { code } = await bundleFramework(file("with.js", source));
	const { sum } = runFrameworkScript(code).globals as { sum(longName: unknown, other: string): string };
	expect(sum({ n: 1, r: 2, e: 3, t: 4 }, "given")).toBe("given");
	expect(sum({ other: "of the object" }, "given")).toBe("of the object");
});

it("a library that asks for Node's exports made a classic script a module", async () => {
	const library =
		"(function (r, f) { typeof exports === 'object' ? (module.exports = f()) : (r.lib = f()); })(this, () => 7);";
	const { code } = await bundleFramework(file("umd.js", `${library}\nvar mine = 1;`));
	expect(runFrameworkScript(code).globals).toMatchObject({ lib: 7, mine: 1 });
});

it("what requires others is bundled with them", async () => {
	const source = "const pop = require('./pop.js');\nwindow.told = pop.name;";
	const { code } = await bundleFramework(file("node.js", source));
	expect(runFrameworkScript(code).globals.told).toBe("popped");
});

it("a classic script that imports a file later is refused with the line, and not what loads from elsewhere", async () => {
	await expect(bundleFramework(file("later.js", "var a = 1;\n  import('./pop.js');"))).rejects.toMatchObject({
		problems: [{ file: join(folder, "later.js"), line: 2, column: 10 }],
	});
	const { code } = await bundleFramework(
		file("cdn.js", "var a = 1;\nwindow.load = () => import('https://cdn.example/x.js');"),
	);
	expect(code).toMatch(/^var a\s*=\s*1/);
});

it("this of a module became undefined in silence", async () => {
	const source = `import "./pop.js";\nclass A { own = this; }\nwindow.Framework = { a: () => this.crmDomain, b() { return this; }, A };`;
	const { warnings } = await bundleFramework(file("module.js", source));
	expect(warnings).toMatchObject([{ file: join(folder, "module.js"), line: 3, column: 31 }]);
});
