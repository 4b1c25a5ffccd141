import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "./kernel/database/database.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

/** The tests' pool has eight connections, and refuses whatever asks for a second one inside a change. */
let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

async function ask(as: string, method: "POST" | "PATCH", path: string, payload: object): Promise<number> {
	const headers = { authorization: `Bearer ${as}` };
	return (await server.http.inject({ method, url: `/api/v2${path}`, headers, payload })).statusCode;
}

const times = (count: number, one: (index: number) => Promise<number>) =>
	Promise.all(Array.from({ length: count }, (_, index) => one(index)));

it("many assigned one call by hand at once, each waited for a second connection, and 15 of 24 got 503: nobody does", async () => {
	const { users, presence, authorization, phones } = server.services;
	const agents = await Promise.all(
		["one", "two"].map(async (name) => {
			const { id } = await users.create({ name, email: `${name}@example.com` });
			await authorization.grant(id, (await authorization.defaultRole("agent")).id, "*", "PC_USER");
			await presence.set(id, "On Queue", { actor: {} });
			phones.add({ userId: id } as never);
			return id;
		}),
	);
	const assign = (index: number) =>
		ask("admin", "POST", `/conversations/${server.ids.conversationId}/assign`, { id: agents[index % 2] });
	const [answers, bystander] = await Promise.all([
		times(24, assign),
		ask("admin", "PATCH", `/users/${server.ids.userId}/presences/purecloud`, { message: "lunch" }),
	]);
	expect(bystander).toBe(200);
	expect(answers.filter((one) => one === 202)).toHaveLength(1);
	expect(answers.filter((one) => one >= 500)).toEqual([]);
});

it("sixty changes of rights waited for one lock with all connections in hand: a bystander's presence was held up", async () => {
	const { users } = server.services;
	const owner = await users.create({ name: "Owner", email: "owner@example.com" });
	const team = { name: "Own team", type: "official", visibility: "public", rulesVisible: true };
	const { id } = await users.groups.create("server", { ...team, ownerIds: [owner.id] });
	server.admit("owner", { userId: owner.id, grants: [] });
	const other = openDatabase(server.kernel.databaseUrl, { poolSize: 1 });
	const held = Promise.withResolvers<void>();
	const letGo = Promise.withResolvers<void>();
	const holder = other.change(async (trx) => {
		await sql`select pg_advisory_xact_lock(hashtextextended('inlay.rights', 0))`.execute(trx);
		held.resolve();
		await letGo.promise;
	});
	await held.promise;
	const crowd = times(60, () => ask("owner", "POST", `/groups/${id}/members`, { memberIds: [owner.id] }));
	// Answered while the whole crowd waits.
	const presence = `/users/${server.ids.userId}/presences/purecloud`;
	expect(await ask("admin", "PATCH", presence, { message: "back soon" })).toBe(200);
	letGo.resolve();
	await holder;
	await other.close();
	expect((await crowd).filter((status) => status !== 202)).toEqual([]);
});
