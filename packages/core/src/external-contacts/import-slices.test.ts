import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationWorld } from "../conversations/test-support/world.ts";
import type { FakeClock } from "../test-support/fake-clock.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { createExternalContacts, type ExternalContacts } from "./contacts.ts";
import { sliceRows } from "./import-slices.ts";
import { importStore } from "./import-store.ts";
import { externalContactRoutes } from "./routes.ts";

const gone = new Set<string>();
const lost = new Set<string>();
/** Users whose account is not active. */
const ended = new Set<string>();
const directory = {
	homeDivisionId: async () => "home",
	divisions: {
		list: async () => [{ id: "home", name: "home" }],
		requireStanding: async (_trx: unknown, id: string) => {
			if (gone.has(id)) throw new Error("unforeseen");
		},
		addCounter: () => {},
	},
};

let world: Awaited<ReturnType<typeof conversationWorld>>;
let external: ExternalContacts;
let api: TestApi;

beforeAll(async () => {
	const reading = {
		divisionsOfAll: async (_db: unknown, _ids: readonly string[], asked: readonly string[]) =>
			asked.some((one) => lost.has(one)) ? new Set<string>() : ("all" as const),
		membersOf: async () => [],
		isActive: async (_db: unknown, { userId = "" }: { userId?: string }) => !ended.has(userId),
	};
	world = await conversationWorld((kernel) => {
		external = createExternalContacts(kernel, { directory, reading, country: async () => "DE" });
		return { contacts: external.recognised };
	});
	api = await testApi(
		externalContactRoutes(external, world.conversations, { directory, writersOf: async () => new Map() }),
		{
			ada: testPrincipal({ userId: "ada" }),
			eve: testPrincipal({ userId: "eve", grants: [] }),
		},
		{ idempotency: world.kernel.idempotency },
	);
});
afterAll(async () => {
	await api.close();
	await external.imports.stop();
	await world.close();
});

const path = "/api/inlay/v1/externalcontacts/import";
const begin = async (body: object) => {
	const answer = await api.call("POST", path, { as: "ada", body });
	return { status: answer.statusCode, ...answer.json() };
};
const standsAt = async (id: string) => (await api.call("GET", `${path}s/${id}`, { as: "ada" })).json();

function fileOf(name: string, count: number, more: object = {}) {
	return Array.from({ length: count }, (_, n) => ({
		...{ lastName: `${name} ${n}`, workEmail: `n${n}@${name.toLowerCase()}.example`, organization: `${name} ${n % 3}` },
		...more,
	}));
}

const countOf = async (name: string) =>
	(await external.contacts.page({ search: name, divisions: "all" }, { limit: 1, offset: 0 })).total;

async function settle() {
	for (let round = 0; round < 4; round += 1) {
		await world.kernel.jobs.runDue();
		await external.imports.idle();
	}
}

test("a long file was one change, and whatever else happened was told seconds later: it comes slice by slice, with its progress", async () => {
	const rows = fileOf("Sliced", sliceRows * 2 + 5);
	const faulty = await begin({ rows: [...rows, { lastName: "Bad", cellPhone: "12" }] });
	expect(faulty).toMatchObject({ status: 400, code: "import.refused" });
	const begun = await begin({ rows });
	expect(begun).toMatchObject({ status: 202, import: { state: "running", total: rows.length, taken: 0 } });
	expect(await countOf("sliced")).toBe(0);
	await settle();
	expect(await standsAt(begun.import.id)).toMatchObject({ state: "done", taken: rows.length, created: rows.length });
	expect(await countOf("sliced")).toBe(rows.length);
	const { rows: changes } = await sql<{ count: number }>`select count(distinct xid)::int as count from (
		select c.xmin::text as xid from external_contacts c where c.name like 'Sliced%') of_them`.execute(
		world.kernel.database.db,
	);
	expect(changes[0]?.count).toBe(3);
	expect((await api.call("GET", `${path}s/me`, { as: "ada" })).json().import.id).toBe(begun.import.id);
	expect((await api.call("GET", `${path}s/${begun.import.id}`, { as: "eve" })).statusCode).toBe(403);
});

test("how a long file ended was told again and again to who had put it away, and one under way is not put away", async () => {
	const over = await begin({ rows: fileOf("Over", sliceRows + 1) });
	await settle();
	const putAway = () => api.call("DELETE", `${path}s/me`, { as: "ada" });
	const last = async () => (await api.call("GET", `${path}s/me`, { as: "ada" })).json().import?.id;
	const begun = await begin({ rows: fileOf("Underway", sliceRows + 1) });
	expect((await putAway()).statusCode).toBe(204);
	expect(await last()).toBe(begun.import.id);
	expect((await api.call("GET", `${path}s/${over.import.id}`, { as: "ada" })).statusCode).toBe(404);
	await settle();
	await putAway();
	expect(await last()).toBeUndefined();
});

test("a slice whose change was lost in the middle is taken again, and no row twice", async () => {
	const rows = fileOf("Again", sliceRows * 2);
	const { note } = importStore;
	let failures = 1;
	importStore.note = (...args) => {
		failures -= 1;
		return failures < 0 ? note(...args) : Promise.reject(new Error("killed"));
	};
	const begun = await begin({ rows, existing: "add" });
	await settle();
	expect(await standsAt(begun.import.id)).toMatchObject({ state: "running", taken: 0 });
	expect(await countOf("again")).toBe(0);
	(world.kernel.clock as FakeClock).advance(2_000);
	await settle();
	importStore.note = note;
	expect(await standsAt(begun.import.id)).toMatchObject({ state: "done", created: rows.length });
	expect(await countOf("again")).toBe(rows.length);
});

test("what a server that was killed has left goes on at the next start", async () => {
	const rows = fileOf("Start", sliceRows + 1);
	const begun = await begin({ rows, existing: "add" });
	await external.imports.start();
	await external.imports.idle();
	expect(await standsAt(begun.import.id)).toMatchObject({ state: "done", created: rows.length });
	expect(await countOf("start")).toBe(rows.length);
	await settle();
	expect(await countOf("start")).toBe(rows.length);
});

test("a long file that was tried and not begun, as the server was killed between, was said to have been done, and never was", async () => {
	const { add } = importStore;
	importStore.add = () => Promise.reject(new Error("killed"));
	const rows = Array.from({ length: sliceRows + 1 }, (_, n) => ({ firstName: `Tried ${n}` }));
	const asked = { as: "ada", body: { rows }, headers: { "idempotency-key": "tried-and-not-begun" } };
	const send = () => api.call("POST", "/api/inlay/v1/externalcontacts/import", asked);
	expect((await send()).statusCode).toBe(500);
	importStore.add = add;
	const [first, again] = [await send(), await send()];
	expect([first.statusCode, again.statusCode, again.headers["idempotent-replayed"]]).toEqual([202, 202, "true"]);
	expect(again.json()).toEqual(first.json());
	await external.imports.idle();
});

test("who lost a right in the middle of a file went on making contacts and organizations with it", async () => {
	for (const right of ["relate:contact:add", "externalContacts:contact:edit", "relate:externalOrganization:add"]) {
		const begun = await begin({ rows: fileOf(`Lost${right.length}`, sliceRows + 1), existing: "complete" });
		lost.add(right);
		await settle();
		expect(await standsAt(begun.import.id)).toMatchObject({
			...{ state: "failed", taken: 0, error: expect.stringContaining(right) },
		});
		expect(await countOf(`lost${right.length}`)).toBe(0);
		lost.clear();
	}
});

test("who was deactivated in the middle of a file went on making contacts with it", async () => {
	const begun = await begin({ rows: fileOf("Ended", sliceRows + 1) });
	ended.add("ada");
	await settle();
	ended.clear();
	expect(await standsAt(begun.import.id)).toMatchObject({
		...{ state: "failed", taken: 0, error: expect.stringContaining("not active any more") },
	});
	expect(await countOf("ended")).toBe(0);
});

test("putting away how the newest file ended put away the others, which nobody had read", async () => {
	const mine = `${path}s/me`;
	const newest = async () => (await api.call("GET", mine, { as: "ada" })).json().import?.id;
	await api.call("DELETE", mine, { as: "ada" });
	const older = await begin({ rows: fileOf("Older", sliceRows + 1) });
	await settle();
	world.kernel.clock.advance(1000);
	const newer = await begin({ rows: fileOf("Newer", sliceRows + 1) });
	await settle();
	expect(await newest()).toBe(newer.import.id);
	await api.call("DELETE", `${mine}?id=${newer.import.id}`, { as: "ada" });
	expect(await newest()).toBe(older.import.id);
	await api.call("DELETE", mine, { as: "ada" });
	expect(await newest()).toBeUndefined();
});

test("a company whose name JavaScript makes small otherwise was made once for each slice that names it", async () => {
	const rows = fileOf("Banka", sliceRows * 2 + 1, { organization: "İŞ BANKASI" });
	await begin({ rows });
	await settle();
	expect(await begin({ rows: fileOf("Yine", 2, { organization: "İŞ BANKASI" }) })).toMatchObject({ created: 2 });
	const { total } = await external.organizations.page(
		{ search: "iş bankası", divisions: "all", descending: false },
		{ limit: 9, offset: 0 },
	);
	expect(total).toBe(1);
});

test("files of two divisions waited for each other", async () => {
	let done = () => {};
	const busy = external.turnsOf("home").run("ada", () => new Promise<void>((end) => (done = end)));
	expect(await external.turnsOf("north").run("ada", async () => "at once")).toBe("at once");
	done();
	await busy;
});

test("one who brought file after file filled the database with rows that wait", async () => {
	const rows = fileOf("Waiting", sliceRows + 1);
	for (let n = 0; n < 5; n += 1) expect((await begin({ rows })).status).toBe(202);
	expect(await begin({ rows })).toMatchObject({ status: 409, code: "import.tooMany" });
	await settle();
	expect((await begin({ rows })).status).toBe(202);
	await settle();
});

test("rows that were passed over left their organizations behind", async () => {
	await begin({ rows: [{ lastName: "Known", workEmail: "known@behind.example" }] });
	const rows = [
		{ lastName: "Known", workEmail: "known@behind.example", organization: "Behind" },
		{ lastName: "New", workEmail: "new@behind.example", organization: "Beyond" },
	];
	expect(await begin({ rows })).toMatchObject({ created: 1, skipped: 1 });
	const names = async (search: string) =>
		(
			await external.organizations.page({ search, divisions: "all", descending: false }, { limit: 9, offset: 0 })
		).found.map(({ name }) => name);
	expect([await names("behind"), await names("beyond")]).toEqual([[], ["Beyond"]]);
});

test("a row that completes somebody lost with whom else they are", async () => {
	const row = { lastName: "Moved", workEmail: "moved@place.example" };
	await begin({ rows: [{ ...row, organization: "Old Place" }] });
	expect(await begin({ rows: [{ ...row, organization: "New Place" }], existing: "complete" })).toMatchObject({
		completed: 1,
	});
	const { rows } = await sql<{ text: string }>`select n.text from external_contact_notes n
		join external_contacts c on c.id = n.contact_id where c.name like '%Moved%'`.execute(world.kernel.database.db);
	expect(rows.map(({ text }) => text)).toEqual(["New Place"]);
});

test("beyond fifty files the oldest waited for ever after a start", async () => {
	const { db } = world.kernel.database;
	await sql`insert into external_contact_imports (id, division_id, existing, actor, total, at)
		select 'many-' || n, 'home', 'skip', '{}', 1, now() from generate_series(1, 60) n`.execute(db);
	expect(await importStore.running(db)).toHaveLength(60);
	await sql`delete from external_contact_imports where id like 'many-%'`.execute(db);
});

test("each of several files held a connection while it waited for the others, and everybody else stood behind them", async () => {
	const { database } = world.kernel;
	const [held, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const holder = database.change(async (trx) => {
		await sql`select pg_advisory_xact_lock(hashtextextended('contacts.import home', 0))`.execute(trx);
		held.resolve();
		await letGo.promise;
	});
	await held.promise;
	const files = Array.from({ length: 20 }, (_, n) => begin({ rows: fileOf(`Crowd${n}`, 1) }));
	const waiting = async () => {
		const { rows } = await sql<{ count: number }>`select count(*) from pg_locks where locktype = 'advisory'
			and not granted and database = (select oid from pg_database where datname = current_database())`.execute(
			database.db,
		);
		return rows[0]?.count;
	};
	try {
		await expect.poll(waiting).toBe(1);
		// Whoever asks for something else meanwhile gets it, and the others have had their time to come.
		for (let asked = 0; asked < 5; asked++) await external.imports.lastOf("ada");
		expect(await waiting()).toBe(1);
	} finally {
		letGo.resolve();
		await holder;
	}
	expect((await Promise.all(files)).map(({ status, created }) => [status, created])).toEqual(Array(20).fill([200, 1]));
});
