import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "./support/free-port.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { until } from "./support/until.ts";

const commandLine = fileURLToPath(new URL("../packages/cli/src/main.ts", import.meta.url));

describe("a second start on the same database", () => {
	let first: TestInlay;
	let folder: string;

	beforeAll(async () => {
		first = await startTestInlay();
		folder = mkdtempSync(join(tmpdir(), "inlay-second-"));
	});
	afterAll(async () => {
		await first?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it("ended every call of the first, and wrote a demo.json with passwords that do not work", async () => {
		const before = readFileSync(join(first.dataFolder, "demo.json"), "utf8");
		const { code, said } = await start(["--data", folder, "--database-url", databaseUrl()]);
		expect(code).toBe(24);
		const sentences = said.trim().split("\n");
		expect(sentences, said).toHaveLength(2);
		expect(sentences[0]).toContain(`process ${first.pid}`);
		expect(sentences[0]).toContain("waiting");
		expect(sentences[1]).toContain("Stop it first");
		expect(existsSync(join(folder, "demo.json"))).toBe(false);
		expect(readFileSync(join(first.dataFolder, "demo.json"), "utf8")).toBe(before);
		expect((await fetch(`${first.baseUrl}/readyz`)).ok).toBe(true);
	}, 60_000);

	it("came after a first one that had warned a newcomer of the demo's own script", async () => {
		await until("Inlay says that it runs", () => first.output().includes("Inlay is running"), 30_000);
		expect(
			first
				.output()
				.split("\n")
				.filter((line) => line.startsWith("{")),
		).toEqual([]);
	});

	/** The first one's embedded database, as if it were a server of the operator's own. */
	function databaseUrl(): string {
		const postgres = join(first.dataFolder, "postgres");
		const password = readFileSync(join(postgres, "password"), "utf8").trim();
		const port = readFileSync(join(postgres, "cluster", "postmaster.pid"), "utf8").split("\n")[3];
		return `postgres://inlay:${password}@127.0.0.1:${port}/inlay`;
	}

	async function start(flags: readonly string[]): Promise<{ code: number; said: string }> {
		const port = String(await freePorts(4));
		return new Promise((resolve) => {
			execFile(process.execPath, [commandLine, "start", "--port", port, ...flags], (error, _stdout, stderr) => {
				resolve({ code: Number(error?.code ?? 0), said: stderr });
			});
		});
	}
});
