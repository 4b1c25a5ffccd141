import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { handingOn, lockCluster } from "./cluster-lock.ts";
import { layoutIn } from "./layout.ts";

let dataDir: string;

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), "inlay-cluster-"));
	mkdirSync(layoutIn(dataDir).folder);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("a server that nobody here can see still ran on the cluster: it is waited for", async () => {
	const layout = layoutIn(dataDir);
	const lock = await lockCluster(layout);
	const server = handingOn({ run: spawn }, lock).run("sleep", ["600"], { stdio: ["ignore", "ignore", "ignore"] });
	await once(server, "spawn");
	lock?.release();
	await expect(lockCluster(layout, 0)).rejects.toMatchObject({
		code: "database.failed",
		sentence: expect.stringContaining(layout.cluster),
	});
	const waiting = lockCluster(layout);
	server.kill("SIGKILL");
	(await waiting)?.release();
});
