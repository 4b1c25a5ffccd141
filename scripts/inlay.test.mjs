import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("./inlay.mjs", import.meta.url));

it("the docs' way to lint fetched a package of somebody else's: npm run inlay is ours, from the folder one stands in", () => {
	const folder = mkdtempSync(join(tmpdir(), "inlay-command-"));
	writeFileSync(join(folder, "framework.js"), "window.Framework = {");
	const { INIT_CWD: _told, ...env } = process.env;
	const run = (args) =>
		spawnSync(process.execPath, [script, ...args], { env: { ...env, INIT_CWD: folder }, encoding: "utf8" });
	const { status, stdout } = run(["lint", "--format", "json", "framework.js"]);
	rmSync(folder, { recursive: true });
	expect(status).toBe(1);
	expect(stdout).toContain("script.syntax");
	expect(JSON.parse(stdout)).toBeTruthy();
});
