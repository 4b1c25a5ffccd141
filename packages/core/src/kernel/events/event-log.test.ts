import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { trafficOf } from "../../test-support/traffic.ts";
import { openDatabase } from "../database/database.ts";
import type { LoggedEvent, NewEvent } from "./event-log.ts";
import { comparePositions } from "./position.ts";
import { pruneEventLog } from "./retention.ts";
import { topicRoot, topicRootHash } from "./topic-root.ts";

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
	const [first] = (await kernel.told()).filter((one) => one.entityId === "a");
	await write("b");
	expect(ids(await kernel.told(first?.position))).toEqual(["b"]);
});

it("a reader asked twice, how far it may read and what stands there", async () => {
	await write("a");
	await kernel.feed.stop();
	const { roundTrips, plannedAnew, result } = await trafficOf(() => kernel.events.readAfter("0.0", 1000));
	expect(ids(result)).toEqual(["a"]);
	// Only the range of the log is planned for where it begins.
	expect({ roundTrips, plannedAnew }).toEqual({ roundTrips: 1, plannedAnew: 1 });
});

it("an entry was passed by where a server has each transaction see one moment", async () => {
	const url = new URL(kernel.databaseUrl);
	url.searchParams.set("options", "-c default_transaction_isolation=serializable");
	const other = openDatabase(url.href);
	const { rows } = await sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(
		other.db,
	);
	expect(rows).toEqual([{ level: "read committed" }]);
	await other.close();
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
	expect(ids(await kernel.told())).toEqual(["slow", "fast"]);
	await other.close();
});

const about = (entityId: string, says: string): NewEvent => ({
	...event(entityId),
	data: { says },
	announcements: [{ topics: [`v2.things.${entityId}.state`], eventBody: { says } }],
});

it("a change that had its number early, and the thing late, told its older state last", async () => {
	const numbered = Promise.withResolvers<void>();
	const isOvertaken = Promise.withResolvers<void>();
	let runs = 0;
	const early = kernel.database.change(async (trx) => {
		const run = ++runs;
		await sql`select pg_current_xact_id()`.execute(trx);
		numbered.resolve();
		await isOvertaken.promise;
		await kernel.events.append(trx, [about("state", `early, run ${run}`)]);
		return run;
	});
	await numbered.promise;
	await kernel.database.change((trx) => kernel.events.append(trx, [about("state", "late"), about("other", "late")]));
	isOvertaken.resolve();
	expect(await early, "it is done again, with a later number").toBe(2);
	const told = (await kernel.told()).filter((one) => one.entityId === "state");
	expect(told.map((one) => one.data)).toEqual([{ says: "late" }, { says: "early, run 2" }]);
});

it("a change that told of something else than a later one is not done again", async () => {
	let runs = 0;
	await kernel.database.change(async (trx) => {
		runs++;
		await sql`select pg_current_xact_id()`.execute(trx);
		const other = openDatabase(kernel.databaseUrl);
		await other.change((later) => kernel.events.append(later, [about("other", "late"), event("state")]));
		await other.close();
		await kernel.events.append(trx, [about("state", "early")]);
	});
	expect(runs).toBe(1);
});

it("a change that was overtaken again and again was tried for ever", async () => {
	const failing = kernel.database.change(async (trx) => {
		await sql`do $$ begin raise exception 'out of order' using errcode = 'serialization_failure'; end $$`.execute(trx);
	});
	await expect(failing).rejects.toMatchObject({ code: "40001" });
});

it("of two changes that waited for each other, one failed", async () => {
	const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	let runs = 0;
	const change = (mine: 0 | 1) =>
		kernel.database.change(async (trx) => {
			runs++;
			await sql`select pg_advisory_xact_lock(${7_000 + mine})`.execute(trx);
			met[mine]?.resolve();
			await met[1 - mine]?.promise;
			await sql`select pg_advisory_xact_lock(${7_001 - mine})`.execute(trx);
		});
	await Promise.all([change(0), change(1)]);
	expect(runs).toBe(3);
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
	expect(ids(await kernel.told())).toEqual(["a"]);
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
	expect(ids(await kernel.told())).toEqual(["slow", "fast"]);
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
	expect(seen).toEqual(ids(await kernel.told()));
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

describe("what is told about somebody", () => {
	const [ann, bob] = [randomUUID(), randomUUID()];
	const told = (entityId: string, ...topics: string[]) => ({
		...event(entityId),
		announcements: [{ topics, eventBody: { entityId } }],
	});
	const append = (...events: NewEvent[]) => kernel.database.change((trx) => kernel.events.append(trx, events));

	it("is found without the rest of the log, once, in the order of the log, page by page", async () => {
		await append(
			told("1", `v2.users.${ann}.presence`, `v2.users.${ann}.activity`),
			told("2", `v2.users.${bob}.presence`),
			told("3", `v2.conversations.${randomUUID()}`, `v2.users.${bob}.conversations`, `v2.users.${ann}.conversations`),
			event("untold"),
		);
		await append(told("4", `v2.users.${bob.toUpperCase()}.presence`), told("5", `V2.Users.${ann}.station`));
		// All that is written is known to be complete.
		await kernel.events.end();
		const first = await kernel.events.readTopicsAfter("0.0", [`v2.users.${ann}.presence`], 2);
		expect(ids(first.events)).toEqual(["1", "3"]);
		const rest = await kernel.events.readTopicsAfter(first.readTo, [`v2.users.${ann}.presence`], 2);
		expect(ids(rest.events)).toEqual(["5"]);
		expect((await kernel.events.readTopicsAfter(rest.readTo, [`v2.users.${ann}.presence`], 2)).events).toEqual([]);
		const both = await kernel.events.readTopicsAfter("0.0", [`v2.users.${ann}.x`, `v2.users.${bob}.y`], 100);
		expect(ids(both.events)).toEqual(["1", "2", "3", "4", "5"]);
	});

	it("is not passed by while an older change is open", async () => {
		const topic = `v2.users.${ann}.presence`;
		const other = openDatabase(kernel.databaseUrl);
		const opened = Promise.withResolvers<void>();
		const mayCommit = Promise.withResolvers<void>();
		const slow = other.change(async (trx) => {
			await kernel.events.append(trx, [told("slow", topic)]);
			// Waiting for an answer makes sure that what was written has gone to the database.
			await sql`select 1`.execute(trx);
			opened.resolve();
			await mayCommit.promise;
		});
		await opened.promise;
		await append(told("fast", topic));
		await kernel.events.end();
		const early = await kernel.events.readTopicsAfter("0.0", [topic], 100);
		expect(ids(early.events)).toEqual([]);
		mayCommit.resolve();
		await slow;
		await kernel.events.end();
		expect(ids((await kernel.events.readTopicsAfter(early.readTo, [topic], 100)).events)).toEqual(["slow", "fast"]);
		await other.close();
	});

	it("is numbered alike by the server and by the database, which numbers old entries and forgets them", async () => {
		const topics = [
			`v2.users.${ann}.presence`,
			`V2.Routing.Queues.${bob.toUpperCase()}.conversations.calls`,
			`v2.users.${ann}.conversations.${bob}.recordings`,
			`inlay.desk.${ann}`,
			"v2.system.socket_closing",
			"v2.users.me.presence",
		];
		const { rows } = await sql<{ hash: string }>`select topic_root_hash(topic)::text as hash
			from unnest(${topics}::text[]) with ordinality as t (topic, n) order by n`.execute(kernel.database.db);
		expect(rows.map((row) => row.hash)).toEqual(topics.map((topic) => topicRootHash(topicRoot(topic))));
	});
});

describe("old entries", () => {
	const week = 7 * 24 * 3_600_000;
	const topics = [`v2.users.${randomUUID()}.presence`, `v2.users.${randomUUID()}.presence`];
	const tell = (entityId: string) =>
		kernel.database.change((trx) =>
			kernel.events.append(trx, [{ ...event(entityId), announcements: [{ topics, eventBody: {} }] }]),
		);
	const age = () => sql`update event_log set at = now() - interval '8 days'`.execute(kernel.database.db);

	it("are removed with all that finds them, step by step, and the others stay", async () => {
		for (let count = 0; count < 7; count++) await tell("old");
		await age();
		await tell("new");
		const before = new Date(Date.now() - week);
		const steps = [];
		for (let after = "0.0"; steps.at(-1)?.done !== true; after = steps.at(-1)?.through ?? after)
			steps.push(await kernel.events.pruneSome(before, after, 3));
		expect(steps.map((step) => step.removed)).toEqual([3, 3, 1]);
		expect(ids(await kernel.told())).toEqual(["new"]);
		await kernel.events.end();
		expect(ids((await kernel.events.readTopicsAfter("0.0", topics, 1000)).events)).toEqual(["new"]);
		const left = await kernel.database.db.selectFrom("event_log_roots").select("root").execute();
		expect(left, "the second topic of the new entry").toHaveLength(1);
	});

	it("hold no event up while they are removed, as the daily prune did for seconds", async () => {
		await tell("old");
		await age();
		const row = openDatabase(kernel.databaseUrl);
		const held = Promise.withResolvers<void>();
		const mayEnd = Promise.withResolvers<void>();
		// Somebody holds the old entry's row, so that removing it takes as long as it takes.
		const holding = row.db.transaction().execute(async (trx) => {
			await sql`select from event_log for update`.execute(trx);
			held.resolve();
			await mayEnd.promise;
		});
		await held.promise;
		const pruning = pruneEventLog(kernel, new Date(Date.now() - week));
		await vi.waitFor(async () => {
			const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'`.execute(kernel.database.db);
			expect(rows[0]?.waiting).toBe(1);
		});
		const heard = Promise.withResolvers<string>();
		kernel.feed.subscribe((one) => heard.resolve(one.entityId));
		await write("new");
		expect(await heard.promise).toBe("new");
		mayEnd.resolve();
		await holding;
		expect(await pruning).toBe(1);
		await row.close();
	});
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
	const events = await kernel.told();
	expect(ids(events)).toEqual(["99", "100", "now"]);
	expect(await kernel.newest()).toBe(events.at(-1)?.position);
});
