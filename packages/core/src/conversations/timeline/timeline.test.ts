import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Trx } from "../../kernel/database/database.ts";
import { seesEverything } from "../../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import type { Conversation } from "../model.ts";
import { conversationsRoutes } from "../routes.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { newAddresses } from "./addresses.ts";
import { latestWith, timelineMigrations } from "./store.ts";

let world: World;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};
beforeAll(async () => {
	world = await conversationWorld();
	api = await testApi(conversationsRoutes(world.conversations, seesEverything), people);
});
afterAll(async () => {
	await api.close();
	await world.close();
});

/** Signs the user in, with what they may view beside their own. */
function signIn(userId: string, ...permissions: string[]): string {
	const grants = permissions.map((permission) => ({ permission, divisions: "all" as const }));
	people[userId] = testPrincipal({ userId, grants });
	return userId;
}

const view = "conversation:communication:view";

async function call(address: string, queueId: string): Promise<Conversation> {
	world.kernel.clock.advance(60_000);
	const customer = { name: "Ada", address };
	const made = await world.conversations.calls.startInboundCall({
		customer,
		dnis: "+31800",
		queueId,
		provider: "test",
	});
	return world.conversations.calls.mediaConnected(made.id, made.participants[0]?.id ?? "");
}

/** The agent takes the call, and wraps it up. */
async function handled(conversation: Conversation, queueId: string, userId: string, code: string): Promise<void> {
	const offered = await world.offer(conversation.id, queueId, userId);
	const own = offered.participants.findLast((one) => one.purpose === "agent")?.id ?? "";
	await world.conversations.calls.mediaConnected(conversation.id, own);
	await world.conversations.disconnect(conversation.id, { userId });
	await world.conversations.wrapup(conversation.id, own, { code, notes: "A lamp" }, { userId });
}

async function timeline(id: string, as: string) {
	const answer = await api.call("GET", `/api/v2/inlay/conversations/${id}/timeline`, { as });
	expect(answer.statusCode).toBe(200);
	return answer.json().entities as Array<Record<string, unknown> & { id: string }>;
}

test("all media of one number are one timeline, newest first, each as its reader may read it", async () => {
	const queue = await world.queue();
	const [anna, ben] = [await world.agent(queue.id), await world.agent(queue.id)];
	const first = await call("tel:+4930111", queue.id);
	await handled(first, queue.id, anna, queue.code.id);
	world.kernel.clock.advance(60_000);
	const agreed = await world.conversations.callbacks.create(
		{ queueId: queue.id, callbackNumbers: ["+4930111"], callbackUserName: "Ada" },
		{ userId: anna },
	);
	const other = await call("tel:+4930222", queue.id);
	const last = await call("+4930111", queue.id);
	await world.offer(last.id, queue.id, ben);
	const all = await timeline(last.id, signIn(ben, view));
	expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([last.id, agreed.id, first.id]));
	expect(all.map(({ id }) => id)).not.toContain(other.id);
	expect(all[0]).toMatchObject({ id: last.id, mediaType: "call", direction: "inbound", users: [] });
	expect(all.find(({ id }) => id === agreed.id)).toMatchObject({ mediaType: "callback" });
	expect(all.at(-1)).toMatchObject({
		id: first.id,
		queue: { id: queue.id, name: queue.name },
		users: [{ id: anna }],
		wrapup: { name: "Solved", notes: "A lamp" },
	});
	// Without the permission to view others' conversations only one's own are told.
	expect((await timeline(last.id, signIn(ben))).map(({ id }) => id)).toEqual([last.id]);
	expect((await api.call("GET", `/api/v2/inlay/conversations/${first.id}/timeline`, { as: ben })).statusCode).toBe(403);
});

test("what is older than calls are kept for, and a withheld number, lead to nothing more", async () => {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const old = await call("+4930333", queue.id);
	world.rulesOfCalling.historyDays = 1;
	world.kernel.clock.advance(2 * 86_400_000);
	const late = await call("+4930333", queue.id);
	const as = signIn(agent, view);
	expect((await timeline(late.id, as)).map(({ id }) => id)).toEqual([late.id]);
	world.rulesOfCalling.historyDays = 365;
	expect((await timeline(late.id, as)).map(({ id }) => id)).toEqual([late.id, old.id]);
	await call("", queue.id);
	const hidden = await call("", queue.id);
	expect((await timeline(hidden.id, as)).map(({ id }) => id)).toEqual([hidden.id]);
});

test("a partner who was brought into a customer's call had that call in their own timeline, also one of before", async () => {
	const queue = await world.queue();
	const anna = await world.agent(queue.id);
	const own = await call("+4930551", queue.id);
	const offered = await world.offer(own.id, queue.id, anna);
	await world.conversations.calls.mediaConnected(own.id, offered.participants.at(-1)?.id ?? "");
	const { db } = world.kernel.database;
	await db.transaction().execute(async (trx) => {
		const before = await world.conversations.get(own.id, trx as never);
		if (!before) throw new Error("none");
		const [customer] = before.participants;
		const partner = { ...customer, id: "partner", purpose: "external" as const, address: "+4930552" };
		const after = { ...before, participants: [...before.participants, partner] } as Conversation;
		expect(newAddresses({ before, after })).toEqual([]);
		expect(newAddresses({ before: undefined, after } as never).map((one) => one.address)).toEqual(["+4930551"]);
		await sql`update conversations set document = ${JSON.stringify(after)}::jsonb where id = ${own.id}`.execute(trx);
		await sql`insert into conversation_addresses values ('+4930552', ${own.id}, ${before.startTime})`.execute(trx);
	});
	await timelineMigrations["4096_customers_own_addresses"]?.up(db);
	const { rows } = await sql<{ address: string }>`
		select address from conversation_addresses where conversation_id = ${own.id}`.execute(db);
	expect(rows).toEqual([{ address: "+4930551" }]);
});

test("what one may not view kept out what one may, and what came later counted as earlier", async () => {
	const queue = await world.queue();
	const [anna, ben] = [await world.agent(queue.id), await world.agent(queue.id)];
	const first = await call("+4930661", queue.id);
	await handled(first, queue.id, anna, queue.code.id);
	const { db } = world.kernel.database;
	// Calls of others, each as the database has it.
	await sql`insert into conversations select (jsonb_populate_record(c, jsonb_build_object('id', 'many' || n,
			'started_at', c.started_at + n * interval '1 second', 'document',
			jsonb_set(jsonb_set(c.document, '{id}', to_jsonb('many' || n)), '{participants}',
				jsonb_path_query_array(c.document, '$.participants[*] ? (@.purpose == "customer")'))))).*
		from conversations c, generate_series(1, 150) n where c.id = ${first.id}`.execute(db);
	await sql`insert into conversation_addresses select '+4930661', id, started_at from conversations
		where id like 'many%'`.execute(db);
	world.kernel.clock.advance(600_000);
	const last = await call("+4930661", queue.id);
	const lastOffered = await world.offer(last.id, queue.id, anna);
	await world.conversations.calls.mediaConnected(last.id, lastOffered.participants.at(-1)?.id ?? "");
	expect((await timeline(last.id, signIn(anna))).map(({ id }) => id)).toEqual([last.id, first.id]);
	const answer = await api.call("GET", `/api/v2/inlay/conversations/${last.id}/timeline`, { as: signIn(ben, view) });
	expect([answer.json().entities.length, answer.json().isAll]).toEqual([100, false]);
	expect((await timeline(first.id, signIn(ben, view))).map(({ id }) => id)).toEqual([first.id]);
});

test("conversations of before are found as well", async () => {
	const queue = await world.queue();
	const before = await call("tel:+4930444", queue.id);
	const { db } = world.kernel.database;
	await db.schema.dropTable("conversation_addresses").execute();
	for (const [name, { up }] of Object.entries(timelineMigrations)) if (!name.startsWith("5480")) await up(db);
	const after = await call("+4930444", queue.id);
	const as = signIn(await world.agent(queue.id), view);
	expect((await timeline(after.id, as)).map(({ id }) => id)).toEqual([after.id, before.id]);
});

test("whoever had written a hundred thousand times was read from beginning to end for their latest", async () => {
	const queue = await world.queue();
	const last = await call("+4930771", queue.id);
	const { database } = world.kernel;
	const read = await database.change(async (trx) => {
		await sql`insert into conversations select (jsonb_populate_record(c, jsonb_build_object('id', 'often' || n))).*
			from conversations c, generate_series(1, 20000) n where c.id = ${last.id}`.execute(trx);
		await sql`insert into conversation_addresses select '+4930771', 'often' || n, ${new Date(last.startTime)}::timestamptz - n * interval '1 minute'
			from generate_series(1, 20000) n`.execute(trx);
		const before = await rowsRead(trx);
		const until = new Date(last.startTime);
		const found = await latestWith(trx, {
			addresses: ["+4930771", "CONTACT:x"],
			since: new Date(0),
			until,
			limit: 100,
		});
		expect(found.length).toBe(100);
		return (await rowsRead(trx)) - before;
	});
	expect(read).toBeLessThan(1_000);
});

async function rowsRead(trx: Trx): Promise<number> {
	const { rows } = await sql<{ read: number }>`select sum(seq_tup_read + idx_tup_fetch)::int as read
		from pg_stat_xact_user_tables where relname in ('conversations', 'conversation_addresses')`.execute(trx);
	return rows[0]?.read ?? 0;
}
