import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspace } from "./setup.mjs";

/** Each case is a file of its own; `refused` is the rule that must speak, undefined where the import is fine. */
const cases = [
	{ file: "packages/contract/src/a.ts", from: "@inlay/ui", refused: "noRestrictedImports" },
	{ file: "packages/ui/src/a.ts", from: "@inlay/contract", refused: "noRestrictedImports" },
	{ file: "packages/messenger/src/a.ts", from: "@inlay/ui", refused: "noRestrictedImports" },
	{ file: "packages/framework/src/a.ts", from: "@inlay/ui", refused: "noRestrictedImports" },
	{ file: "packages/framework/src/b.ts", from: "@inlay/contract" },
	{ file: "packages/core/src/users/a.ts", from: "@inlay/client", refused: "noRestrictedImports" },
	{ file: "packages/core/src/users/a.test.ts", from: "@inlay/client", refused: "noRestrictedImports" },
	{ file: "packages/core/src/users/b.ts", from: "@inlay/contract" },
	{ file: "packages/client/src/a.ts", from: "@inlay/core", refused: "noRestrictedImports" },
	{ file: "packages/client/src/b.tsx", from: "@inlay/console", refused: "noRestrictedImports" },
	{ file: "packages/client/src/c.ts", from: "@inlay/framework" },
	{ file: "packages/console/src/a.ts", from: "@inlay/framework" },
	{ file: "packages/console/src/a2.ts", from: "@inlay/framework/harness", refused: "noRestrictedImports" },
	{ file: "packages/core/src/deployments/b.ts", from: "@inlay/framework" },
	{ file: "packages/core/src/deployments/b2.ts", from: "@inlay/framework/harness", refused: "noRestrictedImports" },
	{ file: "packages/console/src/b.ts", from: "@inlay/ui" },
	{ file: "demo/a.ts", from: "@inlay/core" },
	{ file: "demo/b.ts", from: "@inlay/client", refused: "noRestrictedImports" },
	{ file: "packages/cli/src/a.ts", from: "@inlay/core" },
	{ file: "packages/cli/src/b.ts", from: "../../core/src/app.ts", refused: "noRestrictedImports" },
	{ file: "e2e/a.test.ts", from: "../packages/core/src/app.ts", refused: "noRestrictedImports" },
	{ file: "packages/core/src/users/rules.ts", from: "fastify", refused: "plugin" },
	{ file: "packages/core/src/users/rules2.ts", from: "@fastify/cors", refused: "plugin" },
	{ file: "packages/core/src/users/rules3.ts", from: "kysely", refused: "plugin" },
	{ file: "packages/core/src/users/rules4.ts", from: "pg", refused: "plugin" },
	{ file: "packages/core/src/voice/media/rules5.ts", from: "pg", refused: "plugin" },
	{ file: "packages/core/src/users/routes.ts", from: "fastify" },
	{ file: "packages/core/src/users/store.ts", from: "kysely" },
	{ file: "packages/core/src/users/migrations.ts", from: "kysely" },
	{ file: "packages/core/src/kernel/database/database.ts", from: "pg" },
	{ file: "packages/core/src/users/c.ts", from: "../test-support/fake.ts", refused: "plugin" },
	{ file: "packages/core/src/users/d.ts", from: "./b.test.ts", refused: "plugin" },
	{ file: "packages/core/src/users/c.test.ts", from: "../test-support/fake.ts" },
	{ file: "packages/core/src/test-support/d.ts", from: "../test-support/fake.ts" },
	{
		file: "packages/core/src/conversations/transitions/a.ts",
		from: "../call/model.ts",
		refused: "noRestrictedImports",
	},
	{ file: "packages/core/src/conversations/projection/a.ts", from: "../call/model.ts", refused: "noRestrictedImports" },
	{ file: "packages/core/src/conversations/shared.ts", from: "./call/model.ts", refused: "noRestrictedImports" },
	{ file: "packages/core/src/conversations/transitions/b.ts", from: "@inlay/ui", refused: "noRestrictedImports" },
	{ file: "packages/core/src/conversations/transitions/c.ts", from: "../model.ts" },
	{ file: "packages/core/src/conversations/transitions/a.test.ts", from: "../call/model.ts" },
];

let folder;
let findings;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "inlay-lint-"));
	cpSync(join(workspace, "biome.json"), join(folder, "biome.json"));
	cpSync(join(workspace, "scripts", "lint"), join(folder, "scripts", "lint"), { recursive: true });
	for (const { file, from } of cases) write(file, `import { thing } from "${from}";\n\nexport const used = thing;\n`);
	write("packages/core/src/users/any.ts", "export const value: any = 1;\n");
	write("packages/core/src/users/default.ts", "export default 1;\n");
	write("packages/core/src/users/barrel.ts", 'export * from "./any.ts";\n');
	findings = await lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(cases.filter(({ refused }) => refused))("$file must not import $from", ({ file, refused }) => {
	expect(findings.get(file) ?? []).toEqual([expect.stringContaining(refused)]);
});

test.each(cases.filter(({ refused }) => !refused))("$file may import $from", ({ file }) => {
	expect(findings.get(file) ?? []).toEqual([]);
});

test.each([
	["any.ts", "noExplicitAny"],
	["default.ts", "noDefaultExport"],
	["barrel.ts", "noReExportAll"],
])("%s is refused by %s", (name, rule) => {
	expect(findings.get(`packages/core/src/users/${name}`)).toContainEqual(expect.stringContaining(rule));
});

function write(file, text) {
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(join(folder, file), text);
}

/** Errors of Biome by file: the names of the rules. */
function lint(cwd) {
	const program = join(workspace, "node_modules", "@biomejs", "biome", "bin", "biome");
	const args = [program, "lint", "--reporter=json", "--max-diagnostics=500", "--diagnostic-level=error"];
	return new Promise((resolve) => {
		execFile(process.execPath, args, { cwd }, (_failed, output) => {
			const byFile = new Map();
			for (const { category, location } of JSON.parse(output).diagnostics) {
				const file = location.path.file ?? location.path;
				byFile.set(file, [...(byFile.get(file) ?? []), category]);
			}
			resolve(byFile);
		});
	});
}
