import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { automationToken } from "./support/sign-in.ts";
import { until } from "./support/until.ts";
import { contradictions, startWriters, storedNames } from "./support/writers.ts";

const mib = 1024 * 1024;

/** A small disk of its own; undefined where this user may not mount one. */
function mountSmallDisk(): string | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const folder = mkdtempSync(join(tmpdir(), "inlay-disk-"));
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", "size=400m,mode=0755", "tmpfs", folder], { stdio: "ignore" });
		return folder;
	} catch {
		rmSync(folder, { recursive: true, force: true });
		return undefined;
	}
}

const disk = mountSmallDisk();

// Skipped where no small disk can be mounted: only root may.
describe.skipIf(!disk)("on a disk that fills up", () => {
	const folder = disk as string;
	let inlay: TestInlay;
	let token: string;
	let ballast = 0;

	beforeAll(async () => {
		inlay = await startTestInlay({ dataFolder: folder, flags: ["--rate-limit", "0"] });
		token = await automationToken(inlay.demo);
	});
	afterAll(async () => {
		await inlay?.stop();
		execFileSync("umount", ["-l", folder]);
		rmSync(folder, { recursive: true, force: true });
	});

	/** Fills the disk until so many bytes are left. */
	function leave(bytes: number): void {
		const { bavail, bsize } = statfsSync(folder);
		const filling = bavail * bsize - bytes;
		try {
			if (filling > 0) writeFileSync(join(folder, `ballast-${ballast++}`), Buffer.alloc(filling));
		} catch (error) {
			// Others write too: as full as can be is what was wanted.
			if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
		}
	}

	function clear(): void {
		while (ballast > 0) rmSync(join(folder, `ballast-${--ballast}`));
	}

	it("new calls were taken until nothing could be written down any more", async () => {
		leave(32 * mib);
		await until("readiness says so", async () => (await ready()).reason === "the disk is full");
		expect(await call()).toEqual([503, "storage.full"]);
		// What runs may use the reserve: somebody's status, the end of a call.
		const writers = startWriters(inlay.baseUrl, token, 2);
		await writers.successes(5);
		expect((await writers.stop()).odd).toEqual([]);
		clear();
		await until("readiness is back", async () => (await ready()).status === "ready");
		expect(await call()).toEqual([201, undefined]);
	}, 60_000);

	it("a database without room for its log stayed away for good, or lost what it had acknowledged", async () => {
		const writers = startWriters(inlay.baseUrl, token, 8);
		await writers.successes(20);
		leave(0);
		const { tally } = writers;
		await until("writes are refused", () => tally.refused.size + tally.unknown.size > 20, 60_000);
		expect((await fetch(`${inlay.baseUrl}/healthz`)).status).toBe(200);
		clear();
		await writers.successes(20);
		await writers.stop();
		expect(tally.odd).toEqual([]);
		expect(contradictions(tally, await storedNames(inlay.baseUrl, token))).toEqual([]);
	}, 180_000);

	async function ready(): Promise<{ status: string; reason?: string }> {
		return (await (await fetch(`${inlay.baseUrl}/readyz`)).json()) as { status: string; reason?: string };
	}

	/** As the customer page does. */
	async function call(): Promise<[number, string | undefined]> {
		const answer = await fetch(`${inlay.baseUrl}/api/inlay/v1/webcalls`, {
			method: "POST",
			headers: { "content-type": "application/json", origin: inlay.demo.customer },
			body: JSON.stringify({ to: inlay.demo.numbers.service, name: "Clara" }),
		});
		return [answer.status, ((await answer.json()) as { code?: string }).code];
	}
});
