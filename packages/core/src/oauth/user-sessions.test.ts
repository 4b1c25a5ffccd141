import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient } from "./seed.ts";

let people: TestPeople;
let givers: Givers;
let clientId: string;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	clientId = (await seedClient(people, { name: "CRM", grant: "CODE", scopes: ["users", "user-basic-info"] })).client.id;
});

afterAll(() => people.close());

const path = (userId: string, sessionId = "") => `/api/inlay/v1/users/${userId}/sessions${sessionId}`;

async function signedInTwice() {
	const { user } = await givers.person([]);
	const before = (await people.oauth.sessionsOf(user.id)).map((session) => session.familyId);
	const tokens = [
		await people.oauth.issueToken({ clientId, userId: user.id }),
		await people.oauth.issueToken({ clientId, userId: user.id }),
	];
	return { user, tokens, before };
}

const familyOf = async (userId: string) => (await people.oauth.sessionsOf(userId))[0]?.familyId;

const living = async (tokens: ReadonlyArray<{ tokenHash: string }>) =>
	(await people.oauth.livingTokens(tokens.map((token) => token.tokenHash))).size;

describe("where a user is signed in", () => {
	test("is told by application, and one of it can be ended", async () => {
		const { user, tokens, before } = await signedInTwice();
		const admin = await givers.person([[["oauth:token:delete"], "*"]]);
		const { entities } = (await admin.call("GET", path(user.id))).json();
		const own = entities.filter((one: { id: string }) => !before.includes(one.id));
		expect(own).toHaveLength(2);
		expect(own[0]).toMatchObject({ client: { id: clientId, name: "CRM" }, current: false });
		expect(Date.parse(own[0].expires)).toBeGreaterThan(Date.parse(own[0].since));
		expect((await admin.call("DELETE", path(user.id, `/${own[0].id}`))).statusCode).toBe(204);
		expect(await living(tokens)).toBe(1);
	});

	test("was hidden from the person themself: one's own are seen and ended without a permission, nobody else's", async () => {
		const { user, tokens } = await signedInTwice();
		const [mine = { accessToken: "", tokenHash: "" }] = tokens;
		const call = (method: string, url: string) => people.call(method, url, { token: mine.accessToken });
		const { entities } = (await call("GET", path(user.id))).json();
		const other = entities.find((one: { current: boolean }) => !one.current);
		expect(entities.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
		expect((await call("DELETE", path(user.id, `/${other.id}`))).statusCode).toBe(204);
		expect((await people.oauth.sessionsOf(user.id)).map((one) => one.familyId)).not.toContain(other.id);
		const foreign = await signedInTwice();
		for (const id of [foreign.user.id, "nobody"]) {
			const refused = await call("GET", path(id));
			expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.permissions"]);
		}
	});

	test("says which one asks", async () => {
		const admin = await givers.person([[["oauth:token:delete"], "*"]]);
		const { entities } = (await admin.call("GET", path(admin.user.id))).json();
		expect(entities.map((one: { current: boolean }) => one.current)).toEqual([true]);
	});

	test("with oauth:token:delete alone the administrator was signed out again and again", async () => {
		const where = await givers.division();
		const admin = await givers.person([[["*:*:*"], "*"]], where);
		const [session] = await people.oauth.sessionsOf(admin.user.id);
		for (const rights of [where, "*"]) {
			const weak = await givers.person([[["oauth:token:delete"], rights]], where);
			for (const url of [`/api/v2/tokens/${admin.user.id}`, path(admin.user.id, `/${session?.familyId}`)]) {
				const answer = await weak.call("DELETE", url);
				expect([answer.statusCode, answer.json().code]).toEqual([403, "missing.division.permission"]);
				expect(answer.json().message).toContain("Only what one holds can be taken away.");
			}
			expect((await weak.call("DELETE", path(weak.user.id, `/${await familyOf(weak.user.id)}`))).statusCode).toBe(204);
		}
		expect((await admin.call("GET", "users/me")).statusCode).toBe(200);
	});

	test("one's own were kept from who may end sessions in another division only", async () => {
		const other = await givers.division();
		const one = await givers.person([[["oauth:token:delete"], other]]);
		expect((await one.call("DELETE", `tokens/${one.user.id}`)).statusCode).toBe(204);
		expect(await people.oauth.sessionsOf(one.user.id)).toEqual([]);
	});

	test("an administrator's end of sessions was told as the person's own: why it ended is said", async () => {
		const { user } = await signedInTwice();
		const admin = await givers.person([[["oauth:token:delete"], "*"]]);
		const reasons = async () =>
			(await people.kernel.told())
				.filter(({ type, data }) => type === "token.revoked" && (data as { userId?: string }).userId === user.id)
				.map(({ data }) => (data as { reason?: string }).reason);
		await admin.call("DELETE", path(user.id, `/${await familyOf(user.id)}`));
		expect(await reasons()).toEqual(["ENDED_ONE"]);
		await admin.call("DELETE", `/api/v2/tokens/${user.id}`);
		expect(new Set((await reasons()).slice(1))).toEqual(new Set(["ENDED_FOR_USER"]));
	});

	test("ends no session of another user under this user's name", async () => {
		const { user, tokens } = await signedInTwice();
		const other = await signedInTwice();
		const admin = await givers.person([[["oauth:token:delete"], "*"]]);
		const [session] = await people.oauth.sessionsOf(user.id);
		const answer = await admin.call("DELETE", path(other.user.id, `/${session?.familyId}`));
		expect([answer.statusCode, answer.json().code]).toEqual([404, "not.found"]);
		expect(await living(tokens)).toBe(2);
	});
});
