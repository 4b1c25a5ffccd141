import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterEach, it, vi } from "vitest";
import { workOf } from "./process-work.ts";

let child: ChildProcess;

afterEach(() => child.kill("SIGKILL"));

async function start(script: string): Promise<number> {
	child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
	if (child.stdout) await once(child.stdout, "data");
	return child.pid ?? 0;
}

const hasProc = existsSync("/proc/self/task");

it.skipIf(!hasProc)("a process that computes is at work, and one that is stopped in the middle is not", async () => {
	const pid = await start(`console.log("up"); for (;;);`);
	const isAtWork = workOf(pid);
	// Within one tick of the clock its threads may just wait for each other.
	for (let look = 0; look < 20; look++) await vi.waitUntil(isAtWork, { interval: 1 });
	child.kill("SIGSTOP");
	await vi.waitUntil(() => !isAtWork());
});

it.skipIf(!hasProc)("a process that waits is not at work", async () => {
	const isAtWork = workOf(await start(`console.log("up"); setInterval(() => {}, 1e6);`));
	await vi.waitUntil(() => !isAtWork());
});
