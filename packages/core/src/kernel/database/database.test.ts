import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { type Database, openDatabase } from "./database.ts";
import { DatabaseAway, databaseRefusal, isAway, OutcomeUnknown } from "./database-errors.ts";
import { GuardedPool } from "./guarded-pool.ts";

let test: TestDatabase;
let database: Database;

beforeEach(async () => {
	test = await createTestDatabase();
	database = openDatabase(test.url, { poolSize: 2 });
});
afterEach(async () => {
	await database.close();
	await test.drop();
});

/** Ends the server's end of a connection, as an administrator does, and waits until it has gone. */
async function terminate(pid: number): Promise<void> {
	const client = new pg.Client({ connectionString: test.url });
	await client.connect();
	await client.query("select pg_terminate_backend($1, 5000)", [pid]);
	await client.end();
}

const ownPid = sql<{ pid: number }>`select pg_backend_pid() as pid`;

it("a connection that was ended between two statements of a change ended the process", async () => {
	const change = database.change(async (trx) => {
		const { rows } = await ownPid.execute(trx);
		await terminate(rows[0]?.pid ?? 0);
		await new Promise((resolve) => setTimeout(resolve, 20));
		await sql`select 1`.execute(trx);
	});
	const error = await change.catch((failure: unknown) => failure);
	expect(isAway(error)).toBe(true);
	expect(databaseRefusal(error)).toMatchObject({ status: 503, code: "service.unavailable" });
	await database.ping();
});

it("a change whose connection went while it was saved was answered as if it had failed for certain", async () => {
	await sql`create table pairs (n int)`.execute(database.db);
	await sql`create function end_me() returns trigger language plpgsql as
		$$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`.execute(database.db);
	await sql`create constraint trigger at_commit after insert on pairs deferrable initially deferred
		for each row execute function end_me()`.execute(database.db);
	let woken = 0;
	database.onCommit(() => woken++);
	const error = await database
		.change((trx) => sql`insert into pairs values (1)`.execute(trx))
		.catch((failure: unknown) => failure);
	expect(error).toBeInstanceOf(OutcomeUnknown);
	const refusal = databaseRefusal(error);
	expect(refusal).toMatchObject({ status: 503, code: "outcome.unknown" });
	expect(refusal?.options.headers, "nothing tells a program to send it again").toBeUndefined();
	expect(woken, "those who follow the log look whether it was saved").toBe(1);
});

it("a disk that is full is told in words", () => {
	const full = Object.assign(new Error("could not extend file"), { code: "53100" });
	expect(databaseRefusal(full)).toMatchObject({ status: 503, code: "storage.full" });
});

it("a file that is missing was taken for a database that is away", async () => {
	const noFile = await readFile("/nowhere/at/all").catch((error: unknown) => error);
	expect(databaseRefusal(noFile)).toBeUndefined();
	const noSocket = openDatabase("postgres://inlay@localhost/inlay?host=/nowhere", { poolSize: 1 });
	const error = await noSocket.ping().catch((failure: unknown) => failure);
	expect(databaseRefusal(error)).toMatchObject({ code: "service.unavailable" });
	await noSocket.close();
});

it("a row that another change holds is not waited for without end", async () => {
	await sql`create table held as select 1 as n`.execute(database.db);
	const other = new pg.Client({ connectionString: test.url });
	await other.connect();
	await other.query("begin; select * from held for update");
	const error = await database
		.change(async (trx) => {
			await sql`set local lock_timeout = 50`.execute(trx);
			await sql`update held set n = 2`.execute(trx);
		})
		.catch((failure: unknown) => failure);
	expect(databaseRefusal(error)).toMatchObject({ status: 503, code: "service.unavailable" });
	await other.end();
	const { rows } = await sql<{ lock_timeout: string }>`show lock_timeout`.execute(database.db);
	expect(rows[0]?.lock_timeout, "every connection has a limit").toBe("5s");
});

it("a database that cannot be reached is known without asking it, and asked again", async () => {
	const states: boolean[] = [];
	await database.watch();
	database.health.onChange((isAvailable) => states.push(isAvailable));
	const admin = new pg.Client({ connectionString: test.url.replace(/\/[^/]*$/, "/postgres") });
	await admin.connect();
	const name = new URL(test.url).pathname.slice(1);
	await admin.query(`alter database ${name} allow_connections false`);
	await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
	await expect.poll(() => database.health.isAvailable).toBe(false);
	const asked = database.db.selectFrom("jobs").selectAll().execute();
	await expect(asked).rejects.toThrow("The database does not answer.");
	await admin.query(`alter database ${name} allow_connections true`);
	await admin.end();
	await expect.poll(() => database.health.isAvailable).toBe(true);
	await database.ping();
	expect(states).toEqual([false, true]);
});

it("a start died of the first connection that a busy machine had not made in time", async () => {
	const pool = new GuardedPool({ url: test.url, size: 1, isStarting: true });
	let asked = 0;
	pool.isOpen = () => ++asked > 2;
	(await pool.connect()).release();
	expect(asked).toBe(3);
	pool.isStarting = false;
	pool.isOpen = () => false;
	await expect(pool.connect(), "a server that runs answers at once").rejects.toBeInstanceOf(DatabaseAway);
	await pool.end();
});
