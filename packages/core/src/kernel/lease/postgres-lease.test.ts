import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { openDatabase } from "../database/database.ts";
import { newHolder } from "./holder.ts";
import { readTerm, termOf, tryLock, writeLease } from "./lease-table.ts";
import { takeLease } from "./postgres-lease.ts";
import type { ServerLease } from "./server-lease.ts";

let database: TestDatabase;
const held: ServerLease[] = [];

beforeEach(async () => {
	database = await createTestDatabase();
});
afterEach(async () => {
	for (const lease of held.splice(0)) await lease.release();
	await database.drop();
});

function refuseOther(rows: unknown[], term: number): void {
	if (termOf(rows) !== term) throw new Error("Now there is another term.");
}

const options = (waitMs: number) => ({ url: database.url, waitMs, waiting: () => {} });

async function take(waitMs = 300, waiting: (name: string) => void = () => {}): Promise<ServerLease> {
	const lease = await takeLease({ url: database.url, waitMs, waiting });
	held.push(lease);
	return lease;
}

async function query(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	try {
		return await client.query(text, values);
	} finally {
		await client.end();
	}
}

/** As after `kill -9`: the row names a process that is gone, and nobody has the lock. */
async function killedHolder(): Promise<number> {
	const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
	await once(child, "spawn");
	const holder = { ...newHolder(), pid: child.pid as number, startTicks: undefined };
	child.kill("SIGKILL");
	await once(child, "exit");
	const client = new pg.Client({ connectionString: database.url });
	await client.connect();
	const term = await writeLease(client, holder);
	await client.end();
	return term;
}

/** The database as a server of this term opens it. */
function openAs(lease: ServerLease) {
	const check = (rows: unknown[]) => {
		if (termOf(rows) !== lease.term) throw new Error("Another server has taken the database over.");
	};
	return openDatabase(database.url, { poolSize: 2, greeting: { sql: readTerm, check } });
}

describe("takeLease", () => {
	it("two servers ran on one database, and the second ended the first one's calls", async () => {
		const first = await take();
		const waited: string[] = [];
		await expect(take(300, (name) => waited.push(name))).rejects.toMatchObject({
			code: "database.inUse",
			sentence: expect.stringContaining(`process ${process.pid}`),
		});
		expect(waited).toEqual([expect.stringContaining(`process ${process.pid}`)]);
		expect((await query(readTerm)).rows).toEqual([{ term: first.term }]);
	});

	it("a second start goes on as soon as the first has stopped", async () => {
		const first = await take();
		const second = take(20_000, () => void first.release());
		expect((await second).term).toBe(first.term + 1);
	});

	it("a restart takes over at once from a server that was killed", async () => {
		const term = await killedHolder();
		expect((await take(0)).term).toBe(term + 1);
	});

	it("a holder whose connection was ended gets its lock back, and nobody else", async () => {
		const first = await take();
		await query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'inlay-lease'");
		await expect(take(600)).rejects.toMatchObject({ code: "database.inUse" });
		expect((await query(readTerm)).rows).toEqual([{ term: first.term }]);
	});

	it("a server that was stopped (SIGSTOP) kept everybody else out for ever", async () => {
		const frozen = new pg.Client({ connectionString: database.url, application_name: "inlay-lease" });
		await frozen.connect();
		const ended = new Promise((resolve) => frozen.once("end", resolve));
		frozen.on("error", () => {});
		// Alive as far as anybody can tell, with its lock, and it says nothing.
		const term = await writeLease(frozen, newHolder());
		await tryLock(frozen);
		await expect(take(200)).rejects.toMatchObject({ code: "database.inUse" });
		await frozen.query("update server_lease set beat_at = clock_timestamp() - interval '31 s'");
		const old = openDatabase(database.url, {
			poolSize: 1,
			greeting: { sql: readTerm, check: (rows) => refuseOther(rows, term) },
		});
		await old.ping();
		const lease = await takeLease({ ...options(5000), hangs: { afterMs: 30_000, whileMs: 100 } });
		held.push(lease);
		expect(lease.term).toBe(term + 1);
		// It goes on: its connections are gone, and new ones find another term.
		await ended;
		await expect.poll(() => old.ping().catch((error: Error) => error.message)).toContain("another term");
		await old.close();
	});

	it("a holder that goes on is not taken for one that hangs, however silent it was", async () => {
		const first = await take();
		await query("update server_lease set beat_at = clock_timestamp() - interval '1 h'");
		// Longer than between two beats.
		const hangs = { afterMs: 30_000, whileMs: 4000 };
		await expect(takeLease({ ...options(4500), hangs })).rejects.toMatchObject({ code: "database.inUse" });
		expect((await query(readTerm)).rows).toEqual([{ term: first.term }]);
	});

	it("a server that was taken over could still write", async () => {
		const first = await take();
		const old = openAs(first);
		await old.ping();
		// Another machine, which knows nothing of the first one's process and finds the lock free.
		const usurper = new pg.Client({ connectionString: database.url });
		await usurper.connect();
		await writeLease(usurper, { ...newHolder(), place: "elsewhere", name: "process 1 on elsewhere" });
		await usurper.query(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name in ('inlay', 'inlay-lease') and pid <> pg_backend_pid() and datname = current_database()",
		);
		await usurper.end();
		await expect(first.lost).resolves.toContain("elsewhere");
		await expect.poll(() => old.ping().catch((error: Error) => error.message)).toContain("taken the database over");
		await old.close();
	});
});
