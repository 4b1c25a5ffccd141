import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { openDatabase } from "./database.ts";
import { comparePositions, type LoggedEvent } from "./event-log.ts";

let kernel: TestKernel;

beforeEach(async () => {
	kernel = await testKernel();
});
afterEach(() => kernel.close());

const event = (entityId: string) => ({ type: "thing.changed", entityType: "thing", entityId });

async function write(entityId: string): Promise<void> {
	await kernel.database.change((trx) => kernel.events.append(trx, [event(entityId)]));
}

/** Entities of this test's own events, in the order of the log. */
function ids(events: LoggedEvent[]): string[] {
	return events.filter((one) => one.entityType === "thing").map((one) => one.entityId);
}

it("keeps nothing of a change that is rolled back", async () => {
	const failing = kernel.database.change(async (trx) => {
		await kernel.events.append(trx, [event("lost")]);
		throw new Error("the change fails");
	});
	await expect(failing).rejects.toThrow("the change fails");
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual([]);
});

it("reads on from a position without the entry that stands there", async () => {
	await write("a");
	const [first] = (await kernel.events.readAfter("0.0", 1000)).filter((one) => one.entityId === "a");
	await write("b");
	expect(ids(await kernel.events.readAfter(first?.position ?? "", 1000))).toEqual(["b"]);
});

it("does not show an entry while an older transaction is still open, so that no reader can pass it by", async () => {
	const other = openDatabase(kernel.databaseUrl);
	const opened = Promise.withResolvers<void>();
	const mayCommit = Promise.withResolvers<void>();
	const slow = other.change(async (trx) => {
		await kernel.events.append(trx, [event("slow")]);
		// Waiting for an answer makes sure that what was written has gone to the database.
		await sql`select 1`.execute(trx);
		opened.resolve();
		await mayCommit.promise;
	});
	await opened.promise;
	await write("fast");
	expect(ids(await kernel.events.readAfter("0.0", 1000)), "the fast one waits for the slow one").toEqual([]);
	mayCommit.resolve();
	await slow;
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual(["slow", "fast"]);
	await other.close();
});

it("is not held up by a long transaction that is none of ours, as another database's on the same server", async () => {
	const other = openDatabase(kernel.databaseUrl);
	const opened = Promise.withResolvers<void>();
	const mayEnd = Promise.withResolvers<void>();
	const foreign = other.db.transaction().execute(async (trx) => {
		await sql`select pg_current_xact_id()`.execute(trx);
		opened.resolve();
		await mayEnd.promise;
	});
	await opened.promise;
	await write("a");
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual(["a"]);
	mayEnd.resolve();
	await foreign;
	await other.close();
});

it("waits for a change that has its id and has not written yet", async () => {
	const other = openDatabase(kernel.databaseUrl);
	const hasId = Promise.withResolvers<void>();
	const mayWrite = Promise.withResolvers<void>();
	const slow = other.change(async (trx) => {
		await sql`select pg_current_xact_id()`.execute(trx);
		hasId.resolve();
		await mayWrite.promise;
		await kernel.events.append(trx, [event("slow")]);
	});
	await hasId.promise;
	await write("fast");
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual([]);
	mayWrite.resolve();
	await slow;
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual(["slow", "fast"]);
	await other.close();
});

it("hands each entry to the feed once and in order, whoever wrote it", async () => {
	const seen: string[] = [];
	const done = Promise.withResolvers<void>();
	kernel.feed.subscribe((one) => {
		if (one.entityType !== "thing") return;
		seen.push(one.entityId);
		if (seen.length === 40) done.resolve();
	});
	const sibling = await kernel.sibling();
	const writer = (name: string, from: TestKernel) =>
		Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				from.database.change((trx) => from.events.append(trx, [event(`${name}${index}`)])),
			),
		);
	await Promise.all([writer("own", kernel), writer("other", sibling)]);
	await done.promise;
	expect(new Set(seen).size).toBe(40);
	expect(seen).toEqual(ids(await kernel.events.readAfter("0.0", 1000)));
	await sibling.close();
});

it("goes on when a listener fails", async () => {
	const seen = Promise.withResolvers<string>();
	kernel.feed.subscribe(() => {
		throw new Error("a broken listener");
	});
	kernel.feed.subscribe((one) => {
		if (one.entityType === "thing") seen.resolve(one.entityId);
	});
	await write("a");
	expect(await seen.promise).toBe("a");
});

it("forgets entries that are older than asked for", async () => {
	await write("old");
	await sql`update event_log set at = now() - interval '8 days'`.execute(kernel.database.db);
	await write("new");
	await kernel.events.prune(new Date(Date.now() - 7 * 24 * 3_600_000));
	expect(ids(await kernel.events.readAfter("0.0", 1000))).toEqual(["new"]);
});

it("orders positions by transaction, then by sequence, as numbers", () => {
	expect(comparePositions("9.1", "10.1")).toBeLessThan(0);
	expect(comparePositions("10.2", "10.10")).toBeLessThan(0);
	expect(comparePositions("10.2", "10.2")).toBe(0);
	expect(comparePositions("10.2", "010.02")).toBe(0);
	expect(comparePositions("nonsense", "0.1")).toBeLessThan(0);
	expect(comparePositions("11.1", "10.99")).toBeGreaterThan(0);
});

it("keeps the order where transaction ids get one digit longer", async () => {
	for (const xid of ["100", "99"]) {
		await sql`insert into event_log (xid, at, type, entity_type, entity_id)
			values (${xid}::xid8, now(), 'thing.changed', 'thing', ${xid})`.execute(kernel.database.db);
	}
	await write("now");
	const events = await kernel.events.readAfter("0.0", 1000);
	expect(ids(events)).toEqual(["99", "100", "now"]);
	expect(await kernel.events.latest()).toBe(events.at(-1)?.position);
});
