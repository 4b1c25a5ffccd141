import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFrameworkScript } from "@inlay/framework/harness";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildFailure, buildScript, findingsOf } from "./build-script.ts";
import { placeIn } from "./places.ts";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-dev-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
}

/** Of what has no guards. */
const columnOf = (_version: number, _line: number, column: number) => column;

describe("the script that the panel gets", () => {
	it("is the file itself where that is a classic script", async () => {
		const file = write("framework.js", "window.Framework = { config: { name: 'a' } };");
		expect(await buildScript(file)).toEqual({ code: "window.Framework = { config: { name: 'a' } };", files: [file] });
	});

	it("is a bundle of TypeScript with its imports, whose stacks lead to the line", async () => {
		const other = write("greet.ts", "export const greet = (name: string): string => {\n\tthrow new Error(name);\n};\n");
		const file = write("framework.ts", 'import { greet } from "./greet.ts";\ntype A = 1;\ngreet("Ada");\n');
		const built = await buildScript(file);
		expect([...built.files].sort()).toEqual([file, other].sort());
		expect(built.code).not.toContain("import ");
		const lines = built.code.split("\n");
		const line = lines.findIndex((each) => each.includes("throw"));
		const stack = `Error: Ada\n at greet (http://localhost:4300/script/3.js:${line + 1}:${(lines[line] ?? "").indexOf("throw") + 1})`;
		const place = placeIn(stack, { file: "framework.ts", folder, bundleOf: () => built.bundle, columnOf });
		expect([place?.file, place?.line]).toEqual(["greet.ts", 2]);
	});

	it("keeps its globals where it is TypeScript, and has others with it that it requires", async () => {
		const typed = write("framework.ts", "var crmDomain: string = 'c';\nwindow.read = () => this.crmDomain;\n");
		const { read } = runFrameworkScript((await buildScript(typed)).code).globals as { read(): string };
		expect(read()).toBe("c");
		write("other.js", "exports.name = 'o';");
		const { code } = await buildScript(write("framework.js", "window.told = require('./other.js').name;"));
		expect(runFrameworkScript(code).globals.told).toBe("o");
		const later = buildScript(write("framework.js", "var a = 1;\nimport('./other.js');"));
		await expect(later).rejects.toMatchObject({ place: { file: "framework.js", line: 2 } });
	});

	it("says where a script cannot be read", async () => {
		const failure = await buildScript(write("framework.js", "var a = 1;\nvar b = ;\n")).catch((error) => error);
		expect(failure).toBeInstanceOf(BuildFailure);
		expect(failure.place).toMatchObject({ file: "framework.js", line: 2 });
	});

	it("says where TypeScript cannot be read, in the file that it stands in", async () => {
		write("other.ts", "export const a = 1;\nexport const b = ;\n");
		const file = write("framework.ts", 'import { a } from "./other.ts";\nconsole.log(a);\n');
		const failure = await buildScript(file).catch((error) => error);
		expect(failure).toBeInstanceOf(BuildFailure);
		expect(failure.place).toMatchObject({ file: "other.ts", line: 2 });
		expect(failure.files).toContain(join(folder, "other.ts"));
	});

	it("brings what the linter finds", async () => {
		const file = write("framework.js", "window.Framework = { config: { name: 'a' }, screenPopp() {} };");
		expect((await findingsOf(file, await buildScript(file))).map(({ place }) => place.file)).toContain("framework.js");
	});
});

it("a place in the first line was one column too far", () => {
	const stack = "Error\n    at http://localhost:4300/script/12.js:1:8";
	expect(
		placeIn(stack, {
			file: "framework.js",
			folder: "/",
			bundleOf: () => undefined,
			columnOf,
		}),
	).toEqual({
		file: "framework.js",
		line: 1,
		column: 7,
	});
});
