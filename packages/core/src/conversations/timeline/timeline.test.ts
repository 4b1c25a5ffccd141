import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import type { Conversation } from "../model.ts";
import { conversationsRoutes } from "../routes.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { timelineMigrations } from "./store.ts";

let world: World;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};
beforeAll(async () => {
	world = await conversationWorld();
	api = await testApi(conversationsRoutes(world.conversations), people);
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

test("conversations of before are found as well", async () => {
	const queue = await world.queue();
	const before = await call("tel:+4930444", queue.id);
	const { db } = world.kernel.database;
	await db.schema.dropTable("conversation_addresses").execute();
	await timelineMigrations["4020_conversation_addresses"]?.up(db);
	const after = await call("+4930444", queue.id);
	const as = signIn(await world.agent(queue.id), view);
	expect((await timeline(after.id, as)).map(({ id }) => id)).toEqual([after.id, before.id]);
});
