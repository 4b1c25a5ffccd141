import { Kysely, sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import type { Db, Tables, Trx } from "../database/database.ts";
import "../database/database.ts";
import { writerMark } from "../events/writer-horizon.ts";
import { pipelinedDialect } from "./dialect.ts";
import { prepared } from "./prepared.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { writeLater, writerTransaction } from "./transaction.ts";

let testDatabase: TestDatabase;
let db: Db;
let roundTrips = 0;

interface Thing {
	id: number;
	name: string;
}

beforeAll(async () => {
	testDatabase = await createTestDatabase();
	const pool = new pg.Pool({ connectionString: testDatabase.url, max: 4 });
	pool.on("error", () => {});
	pool.on("connect", (client) => {
		const query = client.query.bind(client) as (batch: pg.Submittable) => pg.Submittable;
		client.query = ((batch: pg.Submittable) => {
			roundTrips++;
			return query(batch);
		}) as typeof client.query;
	});
	db = new Kysely<Tables>({ dialect: pipelinedDialect(pool, writerMark) });
	await sql`create table things (id int primary key, name text not null)`.execute(db);
});
afterAll(async () => {
	await db.destroy();
	await testDatabase.drop();
});
beforeEach(async () => {
	await sql`delete from things`.execute(db);
	roundTrips = 0;
});

const add = prepared((_db, { id, name }: Thing) => sql`insert into things (id, name) values (${id}, ${name})`);
const named = prepared(
	(_db, { name }: { name: string }) => sql<Thing>`select id, name from things where name = ${name}`,
);
const locked = prepared(
	(_db, { id }: { id: number }) => sql<Thing>`select id, name from things where id = ${id} for update`,
);
const rename = prepared((_db, { id, name }: Thing) => sql`update things set name = ${name} where id = ${id}`);

const change = <T>(work: (trx: Trx) => Promise<T>) => writerTransaction(db, work);
const all = async () => (await sql<Thing>`select id, name from things order by id`.execute(db)).rows;

it("a change costs as many round trips as it waits for answers, and one more", async () => {
	await change(async (trx) => {
		await add.write(trx, { id: 1, name: "one" });
		await add.write(trx, { id: 2, name: "two" });
		expect(await named.all(trx, { name: "two" }), "what was written is seen").toEqual([{ id: 2, name: "two" }]);
		await rename.write(trx, { id: 1, name: "uno" });
	});
	expect(roundTrips).toBe(2);
	expect(await all()).toEqual([
		{ id: 1, name: "uno" },
		{ id: 2, name: "two" },
	]);
});

it("a change that only writes costs one, and one that does nothing costs none", async () => {
	await change((trx) => add.write(trx, { id: 1, name: "one" }));
	expect(roundTrips).toBe(1);
	await change(async () => {});
	expect(roundTrips).toBe(1);
});

it("a write that fails fails the commit, with its own error, and nothing is kept", async () => {
	const failing = change(async (trx) => {
		await add.write(trx, { id: 1, name: "one" });
		await add.write(trx, { id: 1, name: "again" });
		await add.write(trx, { id: 2, name: "two" });
	});
	await expect(failing).rejects.toMatchObject({ code: "23505", constraint: "things_pkey" });
	expect(await all()).toEqual([]);
});

it("a write that fails fails the read after it, and whoever goes on all the same commits nothing", async () => {
	const failing = change(async (trx) => {
		await add.write(trx, { id: 1, name: "one" });
		await add.write(trx, { id: 1, name: "again" });
		await named.all(trx, { name: "one" }).catch(() => {});
		await add.write(trx, { id: 2, name: "two" });
	});
	await expect(failing).rejects.toMatchObject({ code: "23505" });
	expect(await all()).toEqual([]);
});

it("statements asked at once are answered in order, each with what the one before it waited for", async () => {
	await change((trx) => add.write(trx, { id: 1, name: "old" }));
	const isHeld = Promise.withResolvers<void>();
	const first = change(async (trx) => {
		await locked.all(trx, { id: 1 });
		isHeld.resolve();
		await rename.write(trx, { id: 1, name: "new" });
		await sql`select pg_sleep(0.05)`.execute(trx);
	});
	await isHeld.promise;
	const second = change((trx) => Promise.all([locked.first(trx, { id: 1 }), named.all(trx, { name: "new" })]));
	await first;
	expect(await second).toEqual([{ id: 1, name: "new" }, [{ id: 1, name: "new" }]]);
});

it("queries of Kysely take part, in the order in which they are asked", async () => {
	await change(async (trx) => {
		await writeLater(trx, { compile: () => sql`insert into things values (7, 'seven')`.compile(trx) });
		const updated = await sql`update things set name = 'sept' where id = 7`.execute(trx);
		expect(updated.numAffectedRows).toBe(1n);
	});
	expect(roundTrips).toBe(2);
	expect(await all()).toEqual([{ id: 7, name: "sept" }]);
});

it("a statement that failed when it was first used can be used", async () => {
	const half = prepared((_db, { of }: { of: number }) => sql<{ half: number }>`select 10 / ${of}::int as half`);
	await expect(half.all(db, { of: 0 })).rejects.toMatchObject({ code: "22012" });
	for (let i = 0; i < 5; i++) expect(await half.all(db, { of: 2 })).toEqual([{ half: 5 }]);
});

it("a statement whose table was altered is prepared anew", async () => {
	const everything = prepared(() => sql<Thing>`select * from things`);
	const attempts = async (count: number) => {
		const answers = Array.from({ length: count }, () => everything.all(db, {}));
		return (await Promise.allSettled(answers)).filter((one) => one.status === "rejected").length;
	};
	await change((trx) => add.write(trx, { id: 1, name: "one" }));
	await attempts(8);
	await sql`alter table things add column colour text`.execute(db);
	await attempts(8);
	expect(await attempts(8)).toBe(0);
	expect(await everything.all(db, {})).toEqual([{ id: 1, name: "one", colour: null }]);
	await sql`alter table things drop column colour`.execute(db);
});

it("a statement that asks for one of a list was planned anew at each run", async () => {
	await sql`insert into things select one, 'thing ' || one from generate_series(1, 1000) as one`.execute(db);
	await sql`analyze things`.execute(db);
	const ofAll = prepared(
		(_db, { ids }: { ids: number[] }) => sql<Thing>`select id, name from things where id = any(${ids})`,
	);
	const plans = await change(async (trx) => {
		for (let id = 1; id <= 12; id++) expect(await ofAll.all(trx, { ids: [id] })).toEqual([{ id, name: `thing ${id}` }]);
		return sql<{ custom: number; generic: number }>`
			select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements
			where statement like 'select id, name from things where id = $1'`.execute(trx);
	});
	expect(plans.rows).toEqual([{ custom: 5, generic: 7 }]);
	expect(await ofAll.all(db, { ids: [3, 5] })).toHaveLength(2);
	expect(await ofAll.all(db, { ids: [] })).toEqual([]);
});

it("a statement is prepared again when it is old, so that no plan over an empty table stays", () => {
	const shape = { names: [], parsers: [] };
	const young = new PreparedStatements();
	young.add("it", shape);
	expect(young.isFresh("it")).toBe(true);
	const old = new PreparedStatements(0);
	old.add("it", shape);
	expect(old.isFresh("it")).toBe(false);
	expect(old.shapeOf("it"), "answers that are under way are still read").toBe(shape);
});

it("values and rows keep their kind", async () => {
	const at = new Date("2026-11-30T12:34:56.789Z");
	const far = new Date("+012026-01-01T00:00:00.000Z");
	interface Kinds {
		text: string;
		none: null;
		at: Date;
		far: Date;
		list: Array<string | null>;
		json: string;
		bytes: Buffer;
		many: number;
	}
	const echo = prepared(
		(
			_db,
			is: Kinds,
		) => sql<Kinds>`select ${is.text}::text as text, ${is.none}::text as none, ${is.at}::timestamptz as at,
			${is.far}::timestamptz as far, ${is.list}::text[] as list, ${is.json}::jsonb as json, ${is.bytes}::bytea as bytes, ${is.many}::bigint as many`,
	);
	const values = {
		text: 'it\'s "quoted" \\ ü',
		none: null,
		at,
		far,
		list: ["a,b", null, '"\\'],
		bytes: Buffer.from([0, 255, 92, 39]),
		many: 2 ** 40,
	};
	for (let i = 0; i < 2; i++) {
		expect(await echo.all(db, { ...values, json: '{"a":[1]}' })).toEqual([{ ...values, json: { a: [1] } }]);
	}
});

it("a connection that the server ends fails what is under way, and the next work gets another", async () => {
	const failing = change(async (trx) => {
		await add.write(trx, { id: 1, name: "lost" });
		const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
		await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(db);
		await named.all(trx, { name: "lost" });
	});
	await expect(failing).rejects.toThrow();
	for (let i = 0; i < 5; i++) expect(await all()).toEqual([]);
});
