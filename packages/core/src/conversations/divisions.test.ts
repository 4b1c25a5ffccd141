import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { divisionIdsNow, divisionIdsOf } from "./divisions.ts";
import { type Conversation, livePartOf } from "./model.ts";
import { conversationsRoutes } from "./routes.ts";
import type { Controller } from "./service.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

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

const supervising = ["conversation:communication:view", "conversation:communication:disconnect"];

/** A supervisor of one division; the answer is the token. */
function supervisorOf(divisionId: string): string {
	const token = randomUUID();
	const grants = supervising.map((permission) => ({ permission, divisions: new Set([divisionId]) }));
	people[token] = testPrincipal({ userId: randomUUID(), grants });
	return token;
}

const statusFor = async (as: string, path: string) => (await api.call("GET", path, { as })).statusCode;
const end = (as: string, id: string) => api.call("POST", `/api/v2/conversations/${id}/disconnect`, { as });
const own = (userId: string): Controller => ({ userId, may: () => false });

/** A customer in talk with an agent of the west, for a queue of the west. */
async function inTheWest() {
	const queue = await world.queue(undefined, "west");
	const agent = await world.agentOf("west", queue.id);
	const waiting = await world.waiting(queue.id);
	const rung = await world.offer(waiting.id, queue.id, agent);
	const part = livePartOf(rung, agent)?.id ?? "";
	return { queue, agent, part, conversation: await world.conversations.calls.mediaConnected(waiting.id, part) };
}

/** The same, transferred to a queue of the east. */
async function transferredEast() {
	const west = await inTheWest();
	const east = await world.queue(undefined, "east");
	const mark = await world.mark();
	const conversation = await world.conversations.transfer(
		west.conversation.id,
		west.part,
		{ queueId: east.id },
		own(west.agent),
	);
	return { west, east, conversation, mark };
}

const paths = ({ id }: Conversation) => [`/api/v2/conversations/${id}`, `/api/v2/conversations/calls/${id}`];

test("a call transferred to another division's queue stayed invisible to that division's supervisors", async () => {
	const before = await inTheWest();
	const [west, east, third] = [supervisorOf("west"), supervisorOf("east"), supervisorOf("third")];
	for (const path of paths(before.conversation)) expect(await statusFor(east, path)).toBe(403);
	const { conversation } = await transferredEast();
	for (const path of paths(conversation)) {
		expect([await statusFor(west, path), await statusFor(east, path), await statusFor(third, path)]).toEqual([
			200, 200, 403,
		]);
	}
});

test("the transfer itself was told to the old division alone", async () => {
	const { mark, east, conversation } = await transferredEast();
	const told = (await world.since(mark)).flatMap((event) => event.announcements ?? []);
	const ours = told.filter(({ topics }) => topics.some((topic) => topic.includes(`queues.${east.id}`)));
	expect(ours.length).toBeGreaterThan(0);
	for (const { visibleTo } of ours) expect(visibleTo?.divisionIds.toSorted()).toEqual(["east", "west"]);
	expect([...(await world.conversations.whereabouts([conversation.id])).values()]).toEqual([
		{ divisionIds: expect.arrayContaining(["west", "east"]), userIds: expect.any(Array) },
	]);
});

test("the divisions of a conversation named none of the queues and agents by whom it belongs there", async () => {
	const { west, east, conversation } = await transferredEast();
	const answer = await api.call("GET", `/api/v2/conversations/${conversation.id}`, { as: supervisorOf("east") });
	const shown = answer.json().divisions as Array<{ division: { id: string }; entities: Array<{ selfUri: string }> }>;
	const uris = shown.map(({ division, entities }) => [division.id, entities.map((one) => one.selfUri).sort()]);
	expect(uris).toEqual([
		["west", [`/api/v2/routing/queues/${west.queue.id}`, `/api/v2/users/${west.agent}`]],
		["east", [`/api/v2/routing/queues/${east.id}`]],
	]);
	expect(answer.body).not.toContain("internal");
});

test("an agent of another division took the call, and their supervisor saw nothing of it", async () => {
	const { west, east } = await transferredEast();
	const agent = await world.agentOf("north", east.id);
	const rung = await world.offer(west.conversation.id, east.id, agent);
	expect(divisionIdsOf(rung)).toEqual(["west", "east", "north"]);
	expect(await statusFor(supervisorOf("north"), paths(rung)[0] ?? "")).toBe(200);
});

test("the division that handed a call over ended it while the other one had it", async () => {
	const { conversation } = await transferredEast();
	expect(divisionIdsNow(conversation)).toEqual(["east"]);
	expect((await end(supervisorOf("west"), conversation.id)).statusCode).toBe(403);
	expect((await end(supervisorOf("east"), conversation.id)).statusCode).toBe(202);
});

test("a call that an agent dialled without a queue was the home division's", async () => {
	const agent = await world.agentOf("north");
	const call = await world.conversations.calls.dial({ userId: agent, phoneNumber: "+12025550123" });
	expect(divisionIdsOf(call)).toEqual(["north"]);
});

test("a colleague of another division was asked in, and their division could not read along", async () => {
	const { conversation, agent } = await inTheWest();
	const colleague = await world.agentOf("south");
	const more = await world.conversations.calls.addParticipants(conversation.id, [{ userId: colleague }], own(agent));
	expect(divisionIdsOf(more)).toEqual(["west", "south"]);
});

test("a conversation of before the divisions is where it began", async () => {
	const { conversation } = await inTheWest();
	const old = structuredClone(conversation);
	for (const { internal } of old.participants) delete internal.divisions;
	expect(divisionIdsOf(old)).toEqual(["west"]);
	expect(divisionIdsNow(old)).toEqual(["west"]);
});

test("a supervisor gave a waiting call to another division's agent", async () => {
	const queue = await world.queue(undefined, "west");
	const [ours, theirs] = [await world.agentOf("west", queue.id), await world.agentOf("east", queue.id)];
	const waiting = await world.waiting(queue.id);
	const by: Controller = { userId: randomUUID(), may: (_permission, division) => division === "west" };
	const given = (userId: string) => world.conversations.assignByHand(waiting.id, userId, by);
	await expect(given(theirs)).rejects.toMatchObject({ status: 403, code: "missing.permissions" });
	expect(livePartOf(await given(ours), ours)).toBeDefined();
	// Pulling what waits in a queue of one's own is one's own affair.
	const next = await world.waiting(queue.id);
	const puller: Controller = { userId: theirs, may: (_permission, division) => division === "west" };
	expect(livePartOf(await world.conversations.assignByHand(next.id, theirs, puller), theirs)).toBeDefined();
});
