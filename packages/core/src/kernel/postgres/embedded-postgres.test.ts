import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
	appendFileSync,
	chownSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { giveCluster } from "../../../../../scripts/testing/prepared-cluster.ts";
import { quickFolder } from "../../../../../scripts/testing/quick-folder.ts";
import { lockFolder } from "../config/kernel-lock.ts";
import { isAlive } from "../config/process-identity.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { layoutIn } from "./layout.ts";
import { readPostmasterFile } from "./leftovers.ts";
import { emptyLongLog } from "./log-length.ts";

const complaints: string[] = [];
const log = { info: () => undefined, error: (message: string) => complaints.push(message) };
const module = new URL("./embedded-postgres.ts", import.meta.url).href;

let dataDir: string;
let server: EmbeddedPostgres | undefined;
let holder: ChildProcess | undefined;

beforeEach(() => {
	dataDir = mkdtempSync(join(quickFolder(), "inlay-postgres-"));
	complaints.length = 0;
});

afterEach(async () => {
	holder?.kill("SIGKILL");
	holder = undefined;
	await server?.stop();
	server = undefined;
	await vi.waitUntil(() => serverPid() === undefined || !isAlive(serverPid() ?? 0), { timeout: 20_000 });
	rmSync(dataDir, { recursive: true, force: true });
});

function serverPid(): number | undefined {
	return readPostmasterFile(layoutIn(dataDir))?.pid;
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
	const client = new pg.Client({ connectionString: url });
	// A server that is killed under an idle connection is what some of these tests are about.
	client.on("error", () => undefined);
	await client.connect();
	try {
		return await client.query(sql);
	} finally {
		await client.end();
	}
}

/** Another process that runs the server, to be killed; resolves with the URL. */
async function startInAnotherProcess(): Promise<string> {
	const script = `
		import { startEmbeddedPostgres } from ${JSON.stringify(module)};
		const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: console });
		console.log(server.url);
		setInterval(() => undefined, 1000);`;
	holder = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
	if (!holder.stdout) throw new Error("no output");
	const [url] = await once(createInterface(holder.stdout), "line");
	return url;
}

async function killHolder(): Promise<void> {
	const killed = holder;
	holder = undefined;
	killed?.kill("SIGKILL");
	if (killed) await once(killed, "exit");
}

describe("startEmbeddedPostgres", () => {
	test("runs a durable UTF-8 server on loopback and stops it", async () => {
		server = await startEmbeddedPostgres({ dataDir, log });
		const pid = serverPid();
		const { rows } = await query(
			server.url,
			`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
				current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens,
				current_setting('data_directory') as folder, lower('ÄÖ') as lowered`,
		);
		expect(rows[0]).toEqual({
			fsync: "on",
			commit: "on",
			encoding: "UTF8",
			listens: "127.0.0.1",
			folder: join(dataDir, "postgres", "cluster"),
			lowered: "äö",
		});
		await server.stop();
		expect(pid && isAlive(pid)).toBe(false);
	});

	test("is reached by a Unix socket, or by TCP where the folder's path is too long for one", async () => {
		await giveCluster(dataDir);
		const peer = "select inet_server_addr()::text as address";
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, peer)).rows).toEqual([{ address: null }]);
		await server.stop();
		const folder = join(dataDir, "a".repeat(100));
		mkdirSync(folder);
		const distant = await startEmbeddedPostgres({ dataDir: folder, log });
		try {
			expect((await query(distant.url, peer)).rows).toEqual([{ address: "127.0.0.1/32" }]);
		} finally {
			await distant.stop();
		}
	});

	test("keeps the password to its user and refuses another", async () => {
		server = await startEmbeddedPostgres({ dataDir, log });
		const { passwordFile } = layoutIn(dataDir);
		expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
		expect(new URL(server.url).password).toBe(readFileSync(passwordFile, "utf8").trim());
		const wrong = new URL(server.url);
		wrong.password = "guess";
		await expect(query(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
		expect(readdirSync(join(dataDir, "postgres")).filter((name) => name.startsWith("password"))).toEqual(["password"]);
	});

	test("keeps rows over an orderly stop", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await query(server.url, "create table kept as select 1 as n");
		await server.stop();
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select n from kept")).rows).toEqual([{ n: 1 }]);
	});

	test("takes over from an Inlay that was killed, with every committed row", async () => {
		await giveCluster(dataDir);
		const url = await startInAnotherProcess();
		await query(url, "create table kept as select 2 as n");
		await killHolder();
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select n from kept")).rows).toEqual([{ n: 2 }]);
	});

	test("two PostgreSQLs in two containers ran on one cluster: the server itself keeps the lock of a killed Inlay", async () => {
		await giveCluster(dataDir);
		await startInAnotherProcess();
		const pid = serverPid() ?? 0;
		const { folder } = layoutIn(dataDir);
		const isLocked = () => {
			const answer = lockFolder(folder);
			if (typeof answer !== "string") answer.release();
			return answer === "held";
		};
		process.kill(pid, "SIGSTOP");
		await killHolder();
		expect(isAlive(pid)).toBe(true);
		expect(isLocked()).toBe(true);
		process.kill(pid, "SIGCONT");
		await vi.waitUntil(() => !isLocked() && !isAlive(pid), { timeout: 20_000 });
	});

	test("ends by itself when Inlay is killed and not started again", async () => {
		await giveCluster(dataDir);
		await startInAnotherProcess();
		const pid = serverPid() ?? 0;
		expect(isAlive(pid)).toBe(true);
		await killHolder();
		await vi.waitUntil(() => serverPid() === undefined, { timeout: 20_000 });
	});

	test("recovers when everything was killed at once", async () => {
		await giveCluster(dataDir);
		const url = await startInAnotherProcess();
		await query(url, "create table kept as select 3 as n");
		const pid = serverPid() ?? 0;
		process.kill(pid, "SIGKILL");
		await killHolder();
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select n from kept")).rows).toEqual([{ n: 3 }]);
	});

	test("restarts a server that died, at the same address", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		const { url } = server;
		await query(url, "create table kept as select 4 as n");
		const pid = serverPid() ?? 0;
		process.kill(pid, "SIGKILL");
		const rows = await vi.waitUntil(
			() =>
				query(url, "select n from kept")
					.then((result) => result.rows)
					.catch(() => 0),
			{
				timeout: 20_000,
			},
		);
		expect(rows).toEqual([{ n: 4 }]);
		expect(serverPid()).not.toBe(pid);
		expect(complaints).toEqual([expect.stringContaining("starting it again")]);
	});

	test("replaces a server that is there and does not answer", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await query(server.url, "create table kept as select 6 as n");
		const pid = serverPid() ?? 0;
		process.kill(pid, "SIGSTOP");
		server.replace();
		await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
		const { url } = server;
		const rows = await vi.waitUntil(
			() =>
				query(url, "select n from kept")
					.then((result) => result.rows)
					.catch(() => 0),
			{ timeout: 20_000 },
		);
		expect(rows).toEqual([{ n: 6 }]);
	});

	test("is not fooled by a pid file whose number another process has", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await server.stop();
		// As after a power cut in a container, where low numbers come back at once.
		const { cluster } = layoutIn(dataDir);
		writeFileSync(join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select 1 as n")).rows).toEqual([{ n: 1 }]);
	});

	test("starts anew when initdb was killed in the middle", async () => {
		const { unfinished } = layoutIn(dataDir);
		mkdirSync(join(unfinished, "base"), { recursive: true });
		writeFileSync(join(unfinished, "PG_VERSION"), "18\n");
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select 1 as n")).rows).toEqual([{ n: 1 }]);
	});

	test("a cluster of somebody else's was answered with a word about a password alone", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await server.stop();
		server = undefined;
		const { cluster, passwordFile } = layoutIn(dataDir);
		writeFileSync(passwordFile, "of another one\n");
		await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
			code: "database.failed",
			sentence: expect.stringContaining(`${cluster} and ${passwordFile} do not belong together`),
		});
	});

	test("says in a sentence why a damaged cluster does not start", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await server.stop();
		server = undefined;
		writeFileSync(join(layoutIn(dataDir).cluster, "PG_VERSION"), "9.6\n");
		await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
			code: "database.failed",
			sentence: expect.stringContaining("database files are incompatible with server"),
		});
	});

	test("every start threw away what PostgreSQL had said before", async () => {
		await giveCluster(dataDir);
		const { logFile } = layoutIn(dataDir);
		writeFileSync(logFile, "PANIC: what it died of\n");
		server = await startEmbeddedPostgres({ dataDir, log });
		expect(readFileSync(logFile, "utf8")).toMatch(/^PANIC: what it died of\n.*starting PostgreSQL/s);
		await server.stop();
		writeFileSync(logFile, "x".repeat(5_000_000));
		server = await startEmbeddedPostgres({ dataDir, log });
		expect(statSync(`${logFile}.1`).size).toBeGreaterThanOrEqual(5_000_000);
		expect(statSync(logFile).size).toBeLessThan(5_000_000);
	});

	test("the log kept what people typed, and grew for as long as the server ran", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		const layout = layoutIn(dataDir);
		const client = new pg.Client({ connectionString: server.url });
		await client.connect();
		await client.query("create temporary table people (email text unique)");
		const add = () => client.query("insert into people values ('ann.secret@example.com')");
		await add();
		await expect(add()).rejects.toMatchObject({ code: "23505" });
		appendFileSync(layout.logFile, "x".repeat(5_000_000));
		emptyLongLog(layout);
		expect(statSync(layout.logFile).size).toBe(0);
		await expect(add()).rejects.toMatchObject({ code: "23505" });
		await client.end();
		for (const file of [`${layout.logFile}.1`, layout.logFile]) {
			const said = readFileSync(file, "utf8");
			expect(said).toContain("duplicate key value");
			expect(said).not.toContain("ann.secret");
		}
	});

	test("says so when the password is lost", async () => {
		await giveCluster(dataDir);
		server = await startEmbeddedPostgres({ dataDir, log });
		await server.stop();
		server = undefined;
		rmSync(layoutIn(dataDir).passwordFile);
		await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
			code: "database.failed",
			sentence: expect.stringContaining(layoutIn(dataDir).passwordFile),
		});
	});
});

describe.runIf(process.getuid?.() === 0)("startEmbeddedPostgres as root", () => {
	test("a user whose number has no name could not start", async (context) => {
		const as = (...command: string[]) => ["--reuid=12345", "--regid=12345", "--clear-groups", ...command];
		const { status } = spawnSync("setpriv", as("cat", fileURLToPath(module)), { stdio: "ignore" });
		context.skip(status !== 0, "this clone lies in a folder that is closed to other users");
		rmSync(dataDir, { recursive: true });
		dataDir = mkdtempSync(join(tmpdir(), "inlay-postgres-"));
		chownSync(dataDir, 12_345, 12_345);
		const script = `
			import { startEmbeddedPostgres } from ${JSON.stringify(module)};
			startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: console }).then(
				async (server) => { console.log("started"); await server.stop(); },
				(error) => console.log(error.sentence));`;
		const child = spawn("setpriv", as(process.execPath, "--input-type=module", "-e", script), {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const [line] = await once(createInterface(child.stdout), "line");
		// Where the system allows no user namespaces, as in most containers, it says what to do.
		if (line !== "started") expect(line).toContain("inlay:x:12345:12345");
		if (child.exitCode === null) await once(child, "exit");
	});

	test("a first start on a disk that is too small did not say why", async (context) => {
		const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=100m", "tmpfs", dataDir], { stdio: "ignore" });
		context.skip(status !== 0, "only root may mount a small disk");
		try {
			await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
				code: "data.notWritable",
				sentence: expect.stringMatching(/has \d+ MB free, and a new database needs \d+ MB/),
			});
		} finally {
			spawnSync("umount", ["-l", dataDir]);
		}
	});

	test("runs as an unprivileged user in a folder that this user cannot pass", async () => {
		rmSync(dataDir, { recursive: true });
		dataDir = mkdtempSync(join(homedir(), ".inlay-postgres-"));
		expect(statSync(dataDir).mode & 0o077).toBe(0);
		server = await startEmbeddedPostgres({ dataDir, log });
		const status = readFileSync(`/proc/${serverPid()}/status`, "utf8");
		expect(status).toMatch(/^Uid:\t65534\t65534/m);
		expect(Number.parseInt(/^CapEff:\t(\w+)$/m.exec(status)?.[1] ?? "", 16)).toBeOneOf([1 << 1, 1 << 2]);
		await query(server.url, "create table kept as select 5 as n");
		await server.stop();
		server = await startEmbeddedPostgres({ dataDir, log });
		expect((await query(server.url, "select n from kept")).rows).toEqual([{ n: 5 }]);
	});
});
