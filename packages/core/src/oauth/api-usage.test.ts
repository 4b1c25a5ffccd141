import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient, seedUser } from "./seed.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
});
afterAll(() => people.close());
beforeEach(async () => {
	admin = await givers.person([[["oauth:client:view"], "*"]]);
});

/** A client that has made these requests. */
async function clientThatAsked(...paths: string[]) {
	const name = `Usage ${Math.random()}`;
	const { client } = await seedClient(people, { name, grant: "CODE", scopes: ["users"] });
	const user = await seedUser(people, {
		name,
		email: `${client.id}@x.example`,
		password: "correct horse",
		roles: ["employee"],
	});
	const { accessToken: token } = await people.oauth.issueToken({ clientId: client.id, userId: user.id });
	for (const path of paths) await people.call("GET", path, { token });
	return { id: client.id, self: user.id };
}

async function resultOf(answer: { json(): { resultsUri: string } }) {
	expect(answer.json()).toHaveProperty("resultsUri");
	const { queryStatus, results } = (await admin.call("GET", answer.json().resultsUri)).json();
	expect(queryStatus).toBe("Complete");
	return results as Array<Record<string, unknown>>;
}

const paths = ["/api/v2/users/me", "/api/v2/users/nobody", "/api/v2/users/nobody-else", "/api/v2/oauth/clients"];
const today = () => people.kernel.clock.now().toISOString().slice(0, 10);

test("nobody knew which client called what", async () => {
	const { id } = await clientThatAsked(...paths);
	const interval = `${today()}T00:00:00.000Z/${today()}T23:00:00.000Z`;
	const path = `/api/v2/oauth/clients/${id}/usage/query`;
	const asked = await admin.call("POST", path, { interval, groupBy: ["TemplateUri", "HttpMethod"] });
	const rows = await resultOf(asked);
	expect(rows).toHaveLength(3);
	const shared = { clientId: id, httpMethod: "GET", date: `${today()}T00:00:00.000Z` };
	expect(rows[0]).toMatchObject({
		...shared,
		templateUri: "/api/v2/users/{userId}",
		requests: 2,
		status400: 2,
		status200: 0,
	});
	const me = rows.find((row) => row.templateUri === "/api/v2/users/me");
	expect(me).toMatchObject({ requests: 1, status400: 1 });

	const [sum] = await resultOf(await admin.call("POST", path, { interval, metrics: ["Requests"] }));
	expect(sum).toEqual({
		clientId: id,
		clientName: expect.any(String),
		organizationId: expect.any(String),
		requests: 4,
		date: shared.date,
	});
	expect(await resultOf(await admin.call("GET", `/api/v2/oauth/clients/${id}/usage/summary?days=3`))).toMatchObject([
		{ requests: 4 },
	]);
});

test("what was counted came back by nothing but a flush, and added up over days, weeks and months", async () => {
	const { id, self } = await clientThatAsked("/api/v2/users/me");
	await people.oauth.usage.flush();
	people.kernel.clock.advance(86_400_000);
	const again = await people.oauth.issueToken({ clientId: id, userId: self });
	await people.call("GET", "/api/v2/users/me", { token: again.accessToken });
	admin = await givers.person([[["oauth:client:view"], "*"]]);
	const now = people.kernel.clock.now().getTime();
	const interval = `${new Date(now - 3 * 86_400_000).toISOString()}/${new Date(now).toISOString()}`;
	const path = `/api/v2/oauth/clients/${id}/usage/query`;
	const counts = async (granularity: string) =>
		(await resultOf(await admin.call("POST", path, { interval, granularity }))).map((row) => row.requests);
	expect(await counts("Day")).toEqual([1, 1]);
	const sum = (list: unknown[]) => list.reduce<number>((total, each) => total + Number(each), 0);
	expect(sum(await counts("Week"))).toBe(2);
	expect(sum(await counts("Month"))).toBe(2);
});

test("a flush that failed lost what it had taken", async () => {
	const { id } = await clientThatAsked("/api/v2/users/me");
	const { database } = people.kernel;
	const { change } = database;
	database.change = () => Promise.reject(new Error("away"));
	await people.oauth.usage.flush();
	database.change = change;
	expect(await resultOf(await admin.call("GET", `/api/v2/oauth/clients/${id}/usage/summary`))).toMatchObject([
		{ requests: 1 },
	]);
});

test("usage is for who may see clients, and a query that says nothing is refused by name", async () => {
	const { id } = await clientThatAsked();
	const other = await givers.person([[["users:user:view"], "*"]]);
	const path = `/api/v2/oauth/clients/${id}/usage`;
	const refused = await other.call("GET", `${path}/summary`);
	expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.any.permissions"]);
	for (const interval of [
		"yesterday",
		"2026-01-02T00:00:00Z/2026-01-01T00:00:00Z",
		"2020-01-01T00:00:00Z/2026-01-01T00:00:00Z",
	])
		expect((await admin.call("POST", `${path}/query`, { interval })).statusCode).toBe(400);
	expect((await admin.call("GET", `${path}/summary?days=999`)).statusCode).toBe(400);
	for (const id of ["e30", "nothing", "2026-13-41_2026-01-01_Day__5"])
		expect((await admin.call("GET", `${path}/query/results/${id}`)).statusCode).toBe(404);
	expect((await admin.call("GET", "/api/v2/oauth/clients/nobody/usage/summary")).statusCode).toBe(404);
});
