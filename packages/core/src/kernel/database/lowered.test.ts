import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { isOneOf, loweredKeys } from "./lowered.ts";

let kernel: TestKernel;
beforeAll(async () => {
	kernel = await testKernel();
});
afterAll(() => kernel.close());

test("of two columns under one OR everybody was read, at each sign-in", async () => {
	const { db } = kernel.database;
	await sql`create table named (a text, b text)`.execute(db);
	await sql`create index on named (lower(a))`.execute(db);
	await sql`create index on named (lower(b))`.execute(db);
	await sql`insert into named select 'A' || n, 'B' || n from generate_series(1, 5000) n`.execute(db);
	await sql`analyze named`.execute(db);
	const there = sql`${isOneOf(sql`a`, ["A7"])} or ${isOneOf(sql`b`, ["a7", "B9"])}`;
	const { rows } = await sql<{ a: string }>`select a from named where ${there} order by a`.execute(db);
	expect(rows.map(({ a }) => a)).toEqual(["A7", "A9"]);
	const plan = await sql<Record<string, string>>`explain select a from named where ${there}`.execute(db);
	const text = plan.rows.map((row) => Object.values(row)[0]).join("\n");
	expect(text).toContain("BitmapOr");
	expect(text).not.toContain("Seq Scan on named");
});

test("texts that are the same but for capitals have one key, each its own way to it", async () => {
	const keys = await loweredKeys(kernel.database.db, ["Acme", "ACME", "Other"]);
	expect(keys.get("Acme")).toBe(keys.get("ACME"));
	expect(keys.get("Other")).not.toBe(keys.get("Acme"));
});
