import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import { type Database, openDatabase } from "./database.ts";
import { SecondConnection } from "./one-connection.ts";

let test: TestDatabase;
let database: Database;

beforeEach(async () => {
	test = await createTestDatabase();
	database = openDatabase(test.url, { poolSize: 1, isStrict: true });
});
afterEach(async () => {
	await database.close();
	await test.drop();
});

const one = (on = database.db) => sql<{ one: number }>`select 1 as one`.execute(on);

it("a change that read on a second connection waited for ever once all connections were changes'", async () => {
	// The pool has one: without the guard this waits for itself.
	await expect(database.change(() => one())).rejects.toThrow(SecondConnection);
	await expect(database.change(() => database.change(async () => 1))).rejects.toThrow(SecondConnection);
	await expect(database.change((trx) => one(trx))).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

it("what comes after a change, or beside it, has connections of its own", async () => {
	const over = Promise.withResolvers<void>();
	const begun: Promise<unknown>[] = [];
	await database.change(async () => void begun.push(over.promise.then(() => one())));
	over.resolve();
	await expect(Promise.all(begun)).resolves.toHaveLength(1);
	const [changed, read] = await Promise.all([database.change((trx) => one(trx)), one()]);
	expect([changed.rows, read.rows]).toEqual([[{ one: 1 }], [{ one: 1 }]]);
});

it("a server's own database pays nothing for it", async () => {
	const plain = openDatabase(test.url, { poolSize: 2 });
	await expect(plain.change(() => one(plain.db))).resolves.toMatchObject({ rows: [{ one: 1 }] });
	await plain.close();
});
