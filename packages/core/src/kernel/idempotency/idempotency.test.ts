import { sql } from "kysely";
import { Type } from "typebox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../test-support/fake-clock.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { ApiError } from "../http/api-error.ts";
import { noPermission, type Route, route, writeScope } from "../http/route.ts";
import { writeLater } from "../sql/transaction.ts";
import { Idempotency } from "./idempotency.ts";

let kernel: TestKernel<FakeClock>;
let api: TestApi;
/** Lets the handler of `slow` go on. */
let release: () => void;
const released = new Promise<void>((resolve) => {
	release = resolve;
});

const path = "/api/v2/things";
/** The server goes between one change and what comes after it. */
let killed = false;
/** What was asked of somebody else, who keeps no book of it here. */
const outside: string[] = [];

function mayBeKilled(): void {
	if (killed) throw new Error("killed");
}

beforeAll(async () => {
	kernel = await testKernel({ clock: new FakeClock() });
	await kernel.database.change((trx) => trx.schema.createTable("things").addColumn("name", "text").execute());
	api = await testApi(routes(), people, { idempotency: kernel.idempotency });
});
beforeEach(async () => {
	await kernel.database.change((trx) => sql`truncate things, idempotency_keys`.execute(trx));
});
afterAll(async () => {
	await api.close();
	await kernel.close();
});

const people = { anna: testPrincipal({ userId: "anna" }), ben: testPrincipal({ userId: "ben" }) };

function routes(): Route[] {
	const create = { method: "POST" as const, permission: noPermission, scope: writeScope(), summary: "" };
	const body = Type.Object({ name: Type.String() });
	return [
		route({
			...create,
			path,
			operationId: "postThings",
			body,
			success: { status: 201 },
			handler: ({ body: { name } }) => add(name),
		}),
		route({
			...create,
			path: `${path}/slow`,
			operationId: "postSlow",
			body,
			success: { status: 201 },
			async handler({ body: { name } }) {
				await released;
				return add(name);
			},
		}),
		route({
			...create,
			path: `${path}/secret`,
			operationId: "postSecret",
			body,
			success: { status: 201 },
			holdsSecret: true,
			handler: async ({ body: { name } }) => ({ ...(await add(name)), secret: "x" }),
		}),
		route({
			...create,
			path: `${path}/refused`,
			operationId: "postRefused",
			body,
			success: { status: 201 },
			async handler({ body: { name } }) {
				await add(`attempt at ${name}`);
				if ((await names()).length < 2) throw new ApiError(400, "not.yet", "Ask again.");
				return add(name);
			},
		}),
		route({
			...create,
			path: `${path}/after-a-look`,
			operationId: "postAfterALook",
			body,
			success: { status: 201 },
			async handler({ body: { name } }) {
				await kernel.database.change(async (trx) => {
					await sql`select name from things for update`.execute(trx);
					await sql`update things set name = name where name = 'nobody'`.execute(trx);
				});
				mayBeKilled();
				return add(name);
			},
		}),
		route({
			...create,
			path: `${path}/outside`,
			operationId: "postOutside",
			body,
			success: { status: 200 },
			actsOutside: true,
			async handler({ body: { name } }) {
				if (name === "unknown") throw new ApiError(404, "not.found", "Ask for another.");
				outside.push(name);
				mayBeKilled();
				if (name === "slow") throw new ApiError(409, "too.slow", "It did not answer.", { mayBeDone: true });
				return { name };
			},
		}),
		route({
			...create,
			path: `${path}/unseen/within`,
			operationId: "postUnseenWithin",
			body,
			success: { status: 201 },
			async handler({ body: { name } }) {
				await kernel.database.change((trx) =>
					sql`with made as (insert into things values (${name}) returning name) select name from made`.execute(trx),
				);
				mayBeKilled();
				return { name };
			},
		}),
		route({
			...create,
			path: `${path}/unseen/later`,
			operationId: "postUnseenLater",
			body,
			success: { status: 201 },
			async handler({ body: { name } }) {
				await kernel.database.change((trx) =>
					writeLater(trx, trx.insertInto("things" as never).values({ name } as never)),
				);
				mayBeKilled();
				return { name };
			},
		}),
	];
}

async function add(name: string): Promise<{ name: string; count: number }> {
	const { rows } = await kernel.database.change(async (trx) => {
		await trx
			.insertInto("things" as never)
			.values({ name } as never)
			.execute();
		return {
			rows: (await trx
				.selectFrom("things" as never)
				.selectAll()
				.execute()) as unknown[],
		};
	});
	return { name, count: rows.length };
}

async function names(): Promise<string[]> {
	const rows = await kernel.database.db
		.selectFrom("things" as never)
		.selectAll()
		.execute();
	return (rows as Array<{ name: string }>).map(({ name }) => name);
}

function post(key: string | undefined, name: string, { as = "anna", url = path } = {}) {
	return api.call("POST", url, { as, body: { name }, headers: key === undefined ? {} : { "idempotency-key": key } });
}

describe("a request that is sent again with its Idempotency-Key", () => {
	it("is done once and gets the first answer, also from another process", async () => {
		const first = await post("k1", "a");
		const second = await post("k1", "a");
		const other = await testApi(routes(), people, {
			idempotency: new Idempotency({ database: kernel.database, clock: kernel.clock, jobs: kernel.jobs }),
		});
		const third = await other.call("POST", path, {
			as: "anna",
			body: { name: "a" },
			headers: { "idempotency-key": "k1" },
		});
		await other.close();
		expect([first, second, third].map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
		expect([second.json(), third.json()]).toEqual([first.json(), first.json()]);
		expect([first, second, third].map(({ headers }) => headers["idempotent-replayed"])).toEqual([
			undefined,
			"true",
			"true",
		]);
		expect(await names()).toEqual(["a"]);
	});

	it("waits for the first one, where that is under way", async () => {
		const both = [post("k1", "a", { url: `${path}/slow` }), post("k1", "a", { url: `${path}/slow` })];
		release();
		const [first, second] = await Promise.all(both);
		expect([first?.json(), second?.json()]).toEqual([
			{ name: "a", count: 1 },
			{ name: "a", count: 1 },
		]);
		expect(await names()).toEqual(["a"]);
	});

	it("is done again after a day, without a key, by somebody else, and with another key", async () => {
		await post("k1", "a");
		await post("k1", "b", { as: "ben" });
		await post("k2", "c");
		await post(undefined, "d");
		await post(undefined, "d");
		kernel.clock.advance(24 * 3_600_000 + 1);
		await post("k1", "a");
		expect(await names()).toEqual(["a", "b", "c", "d", "d", "a"]);
	});

	it("is refused when it asks for something else", async () => {
		await post("k1", "a");
		const other = await post("k1", "b");
		expect([other.statusCode, other.json().code]).toEqual([409, "idempotency.key.reused"]);
		expect(await names()).toEqual(["a"]);
	});

	it("is told that it was done where the server was killed before it answered, and not done again", async () => {
		await post("k1", "a");
		await kernel.database.change((trx) => trx.updateTable("idempotency_keys").set({ answer: null }).execute());
		const again = await post("k1", "a");
		expect([again.statusCode, again.json().code]).toEqual([409, "idempotency.answer.lost"]);
		expect(await names()).toEqual(["a"]);
	});

	it("was told that it was done where only a look before the change was, when the server was killed", async () => {
		const url = `${path}/after-a-look`;
		killed = true;
		expect((await post("k1", "a", { url })).statusCode).toBe(500);
		expect(await names()).toEqual([]);
		killed = false;
		const both = [await post("k1", "a", { url }), await post("k1", "a", { url })];
		expect(both.map(({ statusCode, headers }) => [statusCode, headers["idempotent-replayed"]])).toEqual([
			[201, undefined],
			[201, "true"],
		]);
		expect(await names()).toEqual(["a"]);
	});

	it("was done where it wrote within a question, or waited for nothing of it, when the server was killed", async () => {
		for (const how of ["within", "later"]) {
			const url = `${path}/unseen/${how}`;
			killed = true;
			expect((await post(how, how, { url })).statusCode).toBe(500);
			killed = false;
			expect((await post(how, how, { url })).json().code).toBe("idempotency.answer.lost");
		}
		expect(await names()).toEqual(["within", "later"]);
	});

	it("asked somebody else twice, as nothing of it was written here", async () => {
		const url = `${path}/outside`;
		const [first, second] = [await post("k1", "a", { url }), await post("k1", "a", { url })];
		expect([first.json(), second.json(), second.headers["idempotent-replayed"]]).toEqual([
			{ name: "a" },
			{ name: "a" },
			"true",
		]);
		killed = true;
		expect((await post("k2", "killed", { url })).statusCode).toBe(500);
		killed = false;
		expect((await post("k2", "killed", { url })).json().code).toBe("idempotency.answer.lost");
		expect((await post("k3", "slow", { url })).json().code).toBe("too.slow");
		expect((await post("k3", "slow", { url })).json().code).toBe("idempotency.answer.lost");
		expect(outside).toEqual(["a", "killed", "slow"]);
		// Refused before anybody was asked: the key is free.
		expect((await post("k4", "unknown", { url })).statusCode).toBe(404);
		expect((await post("k4", "b", { url })).statusCode).toBe(200);
	});

	it("gets no secret a second time, and none is kept", async () => {
		const url = `${path}/secret`;
		expect((await post("k1", "a", { url })).json().secret).toBe("x");
		expect((await post("k1", "a", { url })).json().code).toBe("idempotency.answer.lost");
		const kept = await kernel.database.db.selectFrom("idempotency_keys").select("answer").execute();
		expect(kept).toEqual([{ answer: null }]);
	});

	it("was refused and had nothing done but a count: the key is free", async () => {
		const url = `${path}/refused`;
		expect((await post("k1", "a", { url })).json().code).toBe("not.yet");
		expect((await post("k1", "a", { url })).statusCode).toBe(201);
		expect(await names()).toEqual(["attempt at a", "attempt at a", "a"]);
	});
});

it.each(["", "a b", "x".repeat(256), "ü"])("the key %j is refused by name", async (key) => {
	const { statusCode, body } = await api.call("POST", path, {
		as: "anna",
		body: { name: "a" },
		headers: { "idempotency-key": key },
	});
	expect([statusCode, JSON.parse(body).details?.[0]?.fieldName]).toEqual([400, "Idempotency-Key"]);
	expect(await names()).toEqual([]);
});

it("what is older than a day is forgotten", async () => {
	await kernel.idempotency.start();
	await post("k1", "a");
	kernel.clock.advance(25 * 3_600_000);
	await kernel.jobs.runDue();
	expect(await kernel.database.db.selectFrom("idempotency_keys").select("key").execute()).toEqual([]);
});
