import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test-support/test-database.ts";
import { type Database, openDatabase } from "./database.ts";
import { StatementNames } from "./statements.ts";

describe("StatementNames", () => {
	it("names what comes again, the same each time, and not what comes once", () => {
		const names = new StatementNames();
		expect(names.nameOf("select 1")).toBeUndefined();
		const name = names.nameOf("select 1");
		expect(name).toBeTypeOf("string");
		expect(names.nameOf("select 1")).toBe(name);
		names.nameOf("select 2");
		expect(names.nameOf("select 2")).not.toBe(name);
	});

	it("names no more than a connection can hold, and no very long texts", () => {
		const names = new StatementNames();
		const named = Array.from({ length: 1_000 }, (_, index) => {
			names.nameOf(`select ${index}`);
			return names.nameOf(`select ${index}`);
		}).filter((name) => name !== undefined);
		expect(named).toHaveLength(300);
		expect(new Set(named).size).toBe(300);
		const fresh = new StatementNames();
		const long = `select '${"x".repeat(5_000)}'`;
		fresh.nameOf(long);
		expect(fresh.nameOf(long)).toBeUndefined();
	});

	it("takes other names after the tables have changed", () => {
		const names = new StatementNames();
		names.nameOf("select 1");
		const before = names.nameOf("select 1");
		names.renew();
		expect(names.nameOf("select 1")).toBeUndefined();
		expect(names.nameOf("select 1")).not.toBe(before);
	});
});

describe("prepared statements", () => {
	let testDatabase: TestDatabase;
	let database: Database;

	beforeAll(async () => {
		testDatabase = await createTestDatabase();
		database = openDatabase(testDatabase.url, { poolSize: 1 });
		await sql`create table shapes (id int, name text)`.execute(database.db);
		await sql`insert into shapes values (1, 'circle')`.execute(database.db);
	});
	afterAll(async () => {
		await database?.close();
		await testDatabase?.drop();
	});

	const read = () => sql<Record<string, unknown>>`select * from shapes where id = ${1}`.execute(database.db);

	it("are used from the second time on", async () => {
		for (let i = 0; i < 3; i++) expect((await read()).rows).toEqual([{ id: 1, name: "circle" }]);
		const { rows } = await sql`select 1 from pg_prepared_statements where statement like '%from shapes%'`.execute(
			database.db,
		);
		expect(rows).toHaveLength(1);
	});

	it("survive a change of their tables outside of a transaction, and the next one within", async () => {
		await read();
		await read();
		await sql`alter table shapes add column corners int default 0`.execute(database.db);
		expect((await read()).rows).toEqual([{ id: 1, name: "circle", corners: 0 }]);
		const inTransaction = () =>
			database.db.transaction().execute((trx) => sql`select * from shapes where id = ${1}`.execute(trx));
		await inTransaction();
		await sql`alter table shapes drop column corners`.execute(database.db);
		await inTransaction().catch(() => {});
		expect((await inTransaction()).rows).toEqual([{ id: 1, name: "circle" }]);
	});

	it("report other errors as they are, and the connection goes on", async () => {
		const divide = (by: number) => sql<{ result: number }>`select 4 / ${by}::int as result`.execute(database.db);
		expect((await divide(2)).rows).toEqual([{ result: 2 }]);
		expect((await divide(4)).rows).toEqual([{ result: 1 }]);
		await expect(divide(0)).rejects.toMatchObject({ code: "22012" });
		expect((await divide(1)).rows).toEqual([{ result: 4 }]);
	});
});
