import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callOf } from "./conversations/call/model.ts";
import type { Participant } from "./conversations/model.ts";
import { publicTypeId } from "./deployments/model.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

let made = 0;

async function ask(method: "GET" | "PATCH" | "DELETE" | "POST" | "PUT", path: string, payload?: object) {
	const url = `/api/v2${path}`;
	const headers = { authorization: "Bearer admin" };
	const answer = await server.http.inject({ method, url, headers, ...(payload ? { payload } : {}) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

/** An agent on queue, alone in a queue of their own, and a customer who rings them. */
async function rung() {
	const { users, authorization, presence, queues, conversations } = server.services;
	const name = `Agent ${++made}`;
	const user = await users.create({ name, email: `agent${made}@example.com` });
	await authorization.grant(user.id, (await authorization.defaultRole("agent")).id, "*", "PC_USER");
	const queue = await queues.create({ name: `Queue of ${name}` }, {});
	await queues.addMembers(queue.id, [user.id], {});
	await presence.set(user.id, "On Queue", { actor: {} });
	const started = await conversations.calls.startInboundCall({
		customer: { name: "Cy", address: "+31201234567" },
		dnis: "+31800",
		queueId: queue.id,
		provider: "test",
	});
	await conversations.calls.mediaConnected(started.id, started.participants[0]?.id ?? "");
	await server.kernel.database.change((trx) =>
		conversations.assignAgent(trx, {
			conversationId: started.id,
			queueId: queue.id,
			userId: user.id,
			timeoutSeconds: 20,
		}),
	);
	return { userId: user.id, queueId: queue.id, conversationId: started.id };
}

async function talking() {
	const all = await rung();
	const own = await agentIn(all);
	await server.services.conversations.calls.mediaConnected(all.conversationId, own.id);
	return all;
}

async function parties(conversationId: string): Promise<Participant[]> {
	return (await server.services.conversations.get(conversationId))?.participants ?? [];
}

async function agentIn({ userId, conversationId }: { userId: string; conversationId: string }): Promise<Participant> {
	const found = (await parties(conversationId)).find((one) => one.userId === userId);
	if (!found) throw new Error("The agent was never in the call.");
	return found;
}

async function expectWaiting(conversationId: string): Promise<void> {
	const all = await parties(conversationId);
	const customer = all.find((one) => one.purpose === "customer");
	expect(customer && callOf(customer).state).toBe("connected");
	expect(all.some((one) => one.purpose === "acd" && callOf(one).state === "connected")).toBe(true);
}

describe("a number that leads to a user", () => {
	const origin = "https://shop.example";
	const number = "+31201230001";
	const call = () =>
		server.http.inject({ method: "POST", url: "/api/inlay/v1/webcalls", headers: { origin }, payload: { to: number } });

	async function led() {
		const { users, entryPoints } = server.services;
		const { id } = await users.create({ name: "Direct Dora", email: "dora@example.com" });
		await entryPoints.create({ number, userId: id, origins: [origin] }, {});
		return { id, elsewhere: () => entryPoints.remove(number, undefined, {}) };
	}

	it("led into nothing once its user was deleted: who deletes them is told the number, and the caller of one who is away hears it", async () => {
		const { id, elsewhere } = await led();
		const refused = await ask("DELETE", `/users/${id}`);
		expect(refused).toMatchObject({
			status: 409,
			body: { code: "general.conflict", messageParams: { numbers: number } },
		});
		expect(await ask("GET", `/users/${id}`)).toMatchObject({ status: 200, body: { state: "active" } });
		await ask("PATCH", `/users/${id}`, { state: "inactive", version: 1 });
		expect((await call()).json()).toMatchObject({ status: 409, code: "number.nobody.there" });
		expect((await ask("DELETE", `/users/${id}`)).status).toBe(409);
		await elsewhere();
		expect((await ask("DELETE", `/users/${id}`)).status).toBe(200);
	});
});

describe.each([
	["deactivated", (userId: string) => ask("PATCH", `/users/${userId}`, { state: "inactive", version: 1 })],
	["deleted", (userId: string) => ask("DELETE", `/users/${userId}`)],
] as const)("a user who is %s", (_what, end) => {
	it("went on hearing and speaking in their call: they are out at once, with a reason, and the customer waits again", async () => {
		const call = await talking();
		expect(callOf(await agentIn(call)).state).toBe("connected");
		expect((await end(call.userId)).status).toBe(200);
		await server.kernel.jobs.runDue();
		const gone = await agentIn(call);
		expect(callOf(gone)).toMatchObject({ state: "disconnected", disconnectType: "session.expired" });
		expect(callOf(gone).afterCallWork?.state).not.toBe("pending");
		await expectWaiting(call.conversationId);
		const told = await server.kernel.database.db
			.selectFrom("event_log")
			.select(["data", "actor"])
			.where("type", "=", "conversation.changed")
			.where("entity_id", "=", call.conversationId)
			.orderBy("seq", "desc")
			.executeTakeFirst();
		expect(told).toMatchObject({ data: { command: "user.ended" }, actor: { userId: server.ids.adminId } });
	});

	it("went on ringing: it stops at once, and the customer goes on waiting", async () => {
		const call = await rung();
		expect(callOf(await agentIn(call)).state).toBe("alerting");
		await end(call.userId);
		await server.kernel.jobs.runDue();
		expect(callOf(await agentIn(call)).state).toBe("disconnected");
		await expectWaiting(call.conversationId);
	});

	it("stayed a member of queues, idle and on queue: total counted them", async () => {
		const { userId, queueId } = await rung();
		expect((await ask("GET", `/routing/queues/${queueId}/members`)).body.total).toBe(1);
		await end(userId);
		expect((await ask("GET", `/routing/queues/${queueId}/members`)).body).toMatchObject({ total: 0, entities: [] });
		expect((await ask("GET", `/routing/queues/${queueId}`)).body).toMatchObject({ memberCount: 0 });
		expect((await server.services.routingStatus.get(userId)).status).toBe("OFF_QUEUE");
		expect((await server.services.presence.get(userId)).definition.systemPresence).toBe("Offline");
	});

	it("could be rung by hand afterwards", async () => {
		const { userId } = await rung();
		await end(userId);
		await server.kernel.jobs.runDue();
		const refused = await ask("POST", `/conversations/${server.ids.conversationId}/assign`, { id: userId });
		expect(refused.status).toBe(400);
	});
});

const queuesOf = async (userId: string) => (await ask("GET", `/users/${userId}/queues`)).body.entities;

it("deactivated and activated again, a user had lost all queues though the console had said that they stay", async () => {
	const { userId, queueId } = await rung();
	const count = async () => (await ask("GET", `/routing/queues/${queueId}`)).body.memberCount;
	await ask("PATCH", `/users/${userId}`, { state: "inactive", version: 1 });
	expect(await queuesOf(userId)).toMatchObject([{ id: queueId, joined: true }]);
	expect(await count()).toBe(0);
	await ask("PATCH", `/users/${userId}`, { state: "active", version: 2 });
	expect(await queuesOf(userId)).toMatchObject([{ id: queueId, joined: true }]);
	expect(await count()).toBe(1);
	expect((await ask("GET", `/routing/queues/${queueId}/members`)).body.entities).toMatchObject([{ id: userId }]);
	const told = (await server.kernel.told()).filter(({ type }) => type === "queue.member.changed");
	expect(told.slice(-2).map(({ data }) => data)).toMatchObject([
		{ change: "removed", joined: false },
		{ change: "added", joined: true },
	]);
});

it("deleted while deactivated, a user is a member of nothing", async () => {
	const { userId } = await rung();
	await ask("PATCH", `/users/${userId}`, { state: "inactive", version: 1 });
	await ask("DELETE", `/users/${userId}`);
	const { db } = server.kernel.database;
	for (const [method, path, body] of [
		["POST", `/users/${userId}/routingskills`, { id: "any", proficiency: 1 }],
		["PUT", `/routing/users/${userId}/utilization`, { utilization: {} }],
		["PATCH", `/users/${userId}/presences/purecloud`, { message: "Still here" }],
		["PUT", `/users/${userId}/routingstatus`, { status: "IDLE" }],
	] as const)
		expect((await ask(method, path, body)).status, `changed all the same: ${path}`).toBe(404);
	const rows = await db.selectFrom("queue_members").selectAll().where("user_id", "=", userId).execute();
	expect(rows).toEqual([]);
});

it("a deleted user's panel was explained as if they still had one", async () => {
	const { users, deployments } = server.services;
	const { id } = await users.create({ name: "Gone Gus", email: "gus@example.com" });
	const deployment = await deployments.install({ name: "Explained", typeId: publicTypeId });
	const explained = () =>
		server.http.inject({
			method: "GET",
			url: `/api/inlay/v1/deployments/${deployment.id}/explained/${id}`,
			headers: { authorization: "Bearer admin" },
		});
	expect((await explained()).statusCode).toBe(200);
	await ask("DELETE", `/users/${id}`);
	expect((await explained()).json()).toMatchObject({ status: 404, entityName: "user", entityId: id });
});
