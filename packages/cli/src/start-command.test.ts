import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const main = new URL("./main.ts", import.meta.url).pathname;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "inlay-cli-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

function inlay(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
	return new Promise((resolve) => {
		const options = { env: { PATH: process.env.PATH, ...env } };
		execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
			resolve({ code: Number(error?.code ?? 0), stdout, stderr });
		});
	});
}

function listen(): Promise<{ server: Server; port: number }> {
	return new Promise((resolve) => {
		const server = createServer((socket) => socket.destroy());
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			resolve({ server, port: address && typeof address === "object" ? address.port : 0 });
		});
	});
}

function expectOneSentence({ stderr, stdout }: Outcome, part: string): void {
	expect(stdout).toBe("");
	expect(stderr).toContain(part);
	expect(stderr.trim().split("\n")).toHaveLength(1);
}

test("the help names every flag with its variable", async () => {
	const { code, stdout } = await inlay(["start", "--help"]);
	expect(code).toBe(0);
	for (const name of ["--port <port>", "INLAY_PORT", "--data <folder>", "DATABASE_URL", "--[no-]demo"]) {
		expect(stdout).toContain(name);
	}
});

test("inlay --version said that there is no such thing", async () => {
	const { code, stdout } = await inlay(["--version"]);
	expect(code).toBe(0);
	expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
});

test("a wrong --host was told after the whole set-up, as a defect", async () => {
	const outcome = await inlay(["start", "--no-demo", "--host", "192.0.2.1", "--data", folder]);
	expect(outcome.code).toBe(10);
	expectOneSentence(outcome, "--host");
	expect(readdirSync(folder)).toEqual([]);
});

test("an unknown flag is refused", async () => {
	const outcome = await inlay(["start", "--prot", "8080"]);
	expect(outcome.code).toBe(10);
	expectOneSentence(outcome, "--prot");
});

test("a data folder that cannot be is refused", async () => {
	writeFileSync(join(folder, "file"), "");
	const outcome = await inlay(["start", "--no-demo", "--data", join(folder, "file", "data")]);
	expect(outcome.code).toBe(12);
	expectOneSentence(outcome, join(folder, "file", "data"));
});

test("a database that does not answer is named without its password", async () => {
	const { server, port } = await listen();
	const outcome = await inlay(["start", "--no-demo", "--data", folder], {
		DATABASE_URL: `postgres://someone:secret@127.0.0.1:${port}/calls`,
	});
	server.close();
	expect(outcome.code).toBe(20);
	expectOneSentence(outcome, `127.0.0.1:${port}/calls`);
	expect(outcome.stderr).not.toContain("secret");
});

test("a port that another program has is named", async () => {
	const { server, port } = await listen();
	const outcome = await inlay(["start", "--no-demo", "--port", String(port), "--data", folder]);
	server.close();
	expect(outcome.code).toBe(11);
	expectOneSentence(outcome, `Port ${port}`);
});
