import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asJavaScript, scriptExports } from "./pack/as-javascript.mjs";
import { pack } from "./pack.mjs";
import { workspace } from "./setup.mjs";

describe("JavaScript of TypeScript", () => {
	it("names the files that there will be, in imports, workers and child processes", () => {
		const source =
			'import type { A } from "./a.ts";\nimport { b } from "../b.ts";\nnew URL("./c.ts", import.meta.url);\n';
		const made = asJavaScript(source).split("\n");
		expect(made.map((line) => line.trim())).toEqual([
			"",
			'import { b } from "../b.js";',
			'new URL("./c.js", import.meta.url);',
			"",
		]);
		expect(scriptExports({ ".": "./src/index.ts", "./x/*": "./src/x/*.ts", "./s": "./s.css" })).toEqual({
			".": "./src/index.js",
			"./x/*": "./src/x/*.js",
			"./s": "./s.css",
		});
	});
});

// A dozen processes, a minute on a quiet machine: INLAY_PACK=1 npm test -- scripts/pack.test.mjs
describe.runIf(process.env.INLAY_PACK)("the tarball, installed into an empty folder", { timeout: 300_000 }, () => {
	let folder = "";
	const inlay = (...args) =>
		spawnSync(process.execPath, [join(folder, "node_modules", ".bin", "inlay"), ...args], {
			cwd: folder,
			encoding: "utf8",
		});
	afterAll(() => rmSync(folder, { recursive: true }));

	// As npm would, but for the packages of others, which are this workspace's: nothing is asked of a registry.
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "inlay-packed-"));
		const tarball = await pack(folder);
		const modules = join(folder, "node_modules");
		mkdirSync(join(modules, "inlay"), { recursive: true });
		execFileSync("tar", ["xzf", tarball, "-C", join(modules, "inlay"), "--strip-components=1"]);
		const { dependencies } = JSON.parse(readFileSync(join(modules, "inlay", "package.json"), "utf8"));
		for (const name of Object.keys(dependencies).filter((each) => !each.startsWith("@inlay/"))) {
			mkdirSync(join(modules, name, ".."), { recursive: true });
			symlinkSync(join(workspace, "node_modules", name), join(modules, name));
		}
		mkdirSync(join(modules, ".bin"));
		symlinkSync("../inlay/bin/inlay.mjs", join(modules, ".bin", "inlay"));
	});

	it("says its version, and shows its pages", () => {
		const { version } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8"));
		expect(inlay("--version").stdout).toBe(`${version}\n`);
		expect(inlay("help", "findings").stdout).toMatch(/^# What the linter finds/);
	});

	it("makes a folder to start from, and tests, lints and builds it", () => {
		expect(inlay("new", "framework", "mine", "--kind", "bridge").stdout).toContain("npx inlay test");
		const tested = inlay("test", "mine/framework.test.ts");
		expect(tested.stdout).toMatch(/fail 0/);
		expect([tested.status, tested.stderr]).toEqual([0, ""]);
		const linted = inlay("lint", "mine/framework.ts");
		expect([linted.status, linted.stdout, linted.stderr]).toEqual([0, "", ""]);
		const typeScript = join(workspace, "node_modules", "typescript", "bin", "tsc");
		const typed = spawnSync(process.execPath, [typeScript, "--project", join(folder, "mine")], { encoding: "utf8" });
		expect([typed.stdout, typed.status]).toEqual(["", 0]);
		expect(inlay("build", "mine/framework.ts").status).toBe(0);
		expect(existsSync(join(folder, "mine", "dist", "framework.js"))).toBe(true);
	});

	it("brings what browsers load, and nothing of the tests", () => {
		const home = join(folder, "node_modules", "inlay", "node_modules", "@inlay");
		for (const each of ["client", "console", "messenger", "demo"])
			expect(readdirSync(join(home, each, "dist")).length).toBeGreaterThan(0);
		const files = readdirSync(home, { recursive: true }).map(String);
		expect(files.filter((name) => /\.test\.|test-support/.test(name) && !/templates/.test(name))).toEqual([]);
	});

	// A database is set up: half a minute, in the suite of who has changed the start.
	it.runIf(process.env.INLAY_PACK_START)("starts the server", async () => {
		const port = Number(process.env.INLAY_PACK_START) || 9480;
		const { stdout } = spawnSync(
			"timeout",
			[
				"60",
				process.execPath,
				join(folder, "node_modules", ".bin", "inlay"),
				"start",
				"--data",
				join(folder, "data"),
				"--port",
				`${port}`,
			],
			{ cwd: folder, encoding: "utf8" },
		);
		expect(stdout).toContain(`Inlay is running: open http://localhost:${port}/`);
	});
});
