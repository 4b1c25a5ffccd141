import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { agentRung } from "./test-support/agent-rung.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

let world: World;

beforeAll(async () => {
	world = await conversationWorld();
	await world.kernel.feed.stop();
});
afterAll(() => world.close());

/** Somebody else on the same database, who holds what the test says. */
async function otherConnection(): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: world.kernel.databaseUrl });
	await client.connect();
	return client;
}

/** Until so many transactions of this database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
	await vi.waitUntil(async () => {
		const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`.execute(world.kernel.database.db);
		return rows[0]?.waiting === count;
	});
}

/** Holds the conversation's parties: a change of it has its number, and has not come to the user's status yet. */
async function betweenConversationAndUser(conversationId: string, meanwhile: () => Promise<unknown>) {
	const holder = await otherConnection();
	try {
		await holder.query("begin");
		await holder.query("select from conversation_participants where conversation_id = $1 for update", [conversationId]);
		await meanwhile();
	} finally {
		await holder.end();
	}
}

async function toldOf(entityId: string, type: string): Promise<LoggedEvent[]> {
	return (await world.kernel.told()).filter((one) => one.type === type && one.entityId === entityId);
}

const lastBody = (told: LoggedEvent[]) => told.at(-1)?.announcements[0]?.eventBody;

it("the log told an older routing status last: a call's change had its number before the user's row, a presence after", async () => {
	const { id, agent, part } = await agentRung(world);
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, agent, false));
	let answering: Promise<unknown> = Promise.resolve();
	await betweenConversationAndUser(id, async () => {
		answering = world.conversations.calls.mediaConnected(id, part);
		await untilWaiting(1);
		await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, agent, true));
	});
	await answering;
	const told = await toldOf(agent, "routingstatus.changed");
	expect(await world.status(agent)).toBe("INTERACTING");
	expect(lastBody(told)).toMatchObject({ routingStatus: { status: "INTERACTING" } });
	expect(told.map((one) => (one.data as { status: string }).status)).toEqual([
		"IDLE",
		"OFF_QUEUE",
		"IDLE",
		"INTERACTING",
	]);
});

it("the log told an older count of a user's calls last, as two of them changed at once", async () => {
	const { id, agent, part } = await agentRung(world);
	await world.conversations.calls.mediaConnected(id, part);
	const own = await world.conversations.calls.dial({ userId: agent, phoneNumber: "+31201234567" });
	const ownPart = own.participants[0]?.id ?? "";
	let ending: Promise<unknown> = Promise.resolve();
	await betweenConversationAndUser(id, async () => {
		ending = world.conversations.partyLeft(id, part, "client");
		await untilWaiting(1);
		await world.conversations.partyLeft(own.id, ownPart, "client");
	});
	await ending;
	expect(lastBody(await toldOf(agent, "conversation.summary.changed"))).toMatchObject({
		call: { contactCenter: { active: 0 }, enterprise: { active: 0 } },
	});
});

it("the log told an older state of a call last: its timer had its number by the timer's own row", async () => {
	const { id, agent, customer } = await agentRung(world);
	const holder = await otherConnection();
	await holder.query("select pg_advisory_lock(hashtextextended('line:' || $1::text, 0))", [agent]);
	world.kernel.clock.advance(21_000);
	const ringing = world.kernel.jobs.runDue();
	await untilWaiting(1);
	await world.conversations.setAttributes(id, customer, { note: "meanwhile" }, { may: () => true, userId: agent });
	await holder.end();
	await ringing;
	const told = await toldOf(id, "conversation.changed");
	expect(told.slice(-2).map((one) => (one.data as { command: string }).command)).toEqual([
		"attributes",
		"alerting.over",
	]);
	expect(await world.status(agent)).toBe("NOT_RESPONDING");
});
