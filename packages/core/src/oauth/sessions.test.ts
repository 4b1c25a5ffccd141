import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { siblingPeople, type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import type { OAuthClient } from "./model.ts";
import { hashSecret } from "./secrets.ts";
import { seedClient, seedUser } from "./seed.ts";
import { postgresTokenStore } from "./store.ts";

let people: TestPeople;
let other: TestPeople;
let panel: OAuthClient;
let user: User;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	other = await siblingPeople(people);
	const scopes = ["user-basic-info", "users:readonly"];
	panel = (await seedClient(people, { name: "Panel", grant: "CODE", redirectUris: ["https://a.example/cb"], scopes }))
		.client;
});

afterAll(async () => {
	await other.close();
	await people.close();
});

beforeEach(async () => {
	count++;
	const email = `user${count}@x.example`;
	user = await seedUser(people, { name: `User ${count}`, email, password: "correct horse", roles: ["agent"] });
});

async function newToken(client = panel): Promise<string> {
	return (await people.oauth.issueToken({ clientId: client.id, userId: user.id })).accessToken;
}

/** Known on both servers, so that each has it in memory. */
async function knownToken(): Promise<string> {
	const token = await newToken();
	expect(await people.oauth.authenticate(token)).toBeDefined();
	expect(await other.oauth.authenticate(token)).toBeDefined();
	return token;
}

async function endsEverywhere(token: string): Promise<void> {
	expect(await people.oauth.authenticate(token)).toBeUndefined();
	await vi.waitFor(async () => expect(await other.oauth.authenticate(token)).toBeUndefined());
}

describe("a token is good until", () => {
	test("it expires", async () => {
		const token = await knownToken();
		people.kernel.clock.advance(86_399_000);
		expect(await people.oauth.authenticate(token)).toBeDefined();
		people.kernel.clock.advance(1_000);
		await endsEverywhere(token);
	});

	test("it is revoked by its holder, on every server", async () => {
		const token = await knownToken();
		const answer = await people.call("DELETE", "/api/v2/tokens/me", { token });
		expect(answer.statusCode).toBe(200);
		await endsEverywhere(token);
		const again = await people.call("GET", "/api/v2/tokens/me", { token });
		expect([again.statusCode, again.json().code]).toEqual([401, "bad.credentials"]);
	});

	test("an administrator signs the user out, and that is announced", async () => {
		const token = await knownToken();
		const seen: unknown[] = [];
		const stop = people.kernel.feed.subscribe((event) => {
			if (event.type === "token.revoked") seen.push(event.data);
		});
		const admin = (await people.oauth.issueToken({ clientId: await robotId() })).accessToken;
		expect((await people.call("DELETE", `/api/v2/tokens/${user.id}`, { token: admin })).statusCode).toBe(204);
		await endsEverywhere(token);
		await vi.waitFor(() => expect(seen).toContainEqual(expect.objectContaining({ userId: user.id })));
		stop();
	});

	test("its user is deactivated", async () => {
		const token = await knownToken();
		await people.users.update(user.id, { state: "inactive" });
		await vi.waitFor(async () => expect(await people.oauth.authenticate(token)).toBeUndefined());
		await endsEverywhere(token);
	});

	test("its client is disabled", async () => {
		const wanted = { name: "Other", grant: "CODE" as const, redirectUris: ["https://b.example/cb"] };
		const client = (await seedClient(people, wanted)).client;
		const token = await newToken(client);
		expect(await people.oauth.authenticate(token)).toBeDefined();
		expect(await people.oauth.redirectOrigins()).toContain("https://b.example");
		await people.oauth.clients.update("server", client.id, { name: "Other", state: "disabled" });
		await endsEverywhere(token);
		expect(await people.oauth.redirectOrigins()).not.toContain("https://b.example");
	});

	test("it has idled for too long, where the organization says so", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 600 });
		const token = await newToken();
		for (let i = 0; i < 3; i++) {
			people.kernel.clock.advance(599_000);
			expect(await people.oauth.authenticate(token)).toBeDefined();
		}
		people.kernel.clock.advance(400_000);
		expect(await people.oauth.authenticate(token, { preserveIdle: true })).toBeDefined();
		people.kernel.clock.advance(201_000);
		expect(await people.oauth.authenticate(token)).toBeUndefined();
	});

	test("times of last use that could not be written were lost, and agents at work were signed out as idle", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 600 });
		const token = await newToken();
		people.kernel.clock.advance(500_000);
		expect(await people.oauth.authenticate(token)).toBeDefined();
		const { used } = postgresTokenStore;
		postgresTokenStore.used = () => Promise.reject(new Error("away"));
		expect(await people.oauth.sessions.flush()).toBe(false);
		postgresTokenStore.used = used;
		expect(await people.oauth.sessions.flush()).toBe(true);
		people.kernel.clock.advance(300_000);
		await people.oauth.tokens.endIdle();
		expect(await people.oauth.authenticate(token)).toBeDefined();
	});
});

async function robotId(): Promise<string> {
	const robot = { id: "robot", name: "Robot", grant: "CLIENT-CREDENTIALS" as const, roles: ["admin"] };
	return (await seedClient(people, robot)).client.id;
}

describe("what a token may do", () => {
	test("follows a changed role at once, on every server in the end", async () => {
		const token = await knownToken();
		const role = await people.authorization.seedRole({
			name: "Creators",
			description: "",
			permissions: ["oauth:client:add"],
		});
		const holdsIt = async (at: TestPeople) =>
			(await at.oauth.authenticate(token))?.grants.some((grant) => grant.permission === "oauth:client:add") ?? false;
		expect(await holdsIt(people)).toBe(false);
		await people.authorization.grant(user.id, role.id, "*");
		expect(await holdsIt(people)).toBe(true);
		await vi.waitFor(async () => expect(await holdsIt(other)).toBe(true));
		await people.authorization.grants.revoke("server", { subjectId: user.id, roleId: role.id, divisionId: "*" });
		expect(await holdsIt(people)).toBe(false);
	});

	test("is bounded by the client's scopes", async () => {
		const token = await newToken();
		expect((await people.call("GET", "/api/v2/users", { token })).statusCode).toBe(200);
		const write = await people.call("PATCH", `/api/v2/users/${user.id}`, { token, body: { version: 1, name: "X" } });
		expect([write.statusCode, write.json().code]).toEqual([403, "app.not.authorized.for.scope"]);
		expect((await people.users.get(user.id)).name).toBe(user.name);
	});

	test("is bounded by the user's permissions", async () => {
		const scopes = ["oauth"];
		const wide = (
			await seedClient(people, { name: "Wide", grant: "CODE", redirectUris: ["https://a.example/cb"], scopes })
		).client;
		const token = await newToken(wide);
		const answer = await people.call("POST", "/api/v2/oauth/clients", { token, body: { name: "X" } });
		expect([answer.statusCode, answer.json().code]).toEqual([403, "missing.permissions"]);
		expect(answer.json().messageParams.permissions).toBe("oauth:client:add");
	});
});

test("no token, or nonsense for one, is 401", async () => {
	expect((await people.call("GET", "/api/v2/tokens/me")).json().code).toBe("authentication.required");
	expect((await people.call("GET", "/api/v2/tokens/me", { token: "nonsense" })).json().code).toBe("bad.credentials");
});

test("tokens/me tells organization, scopes and client, without the secret", async () => {
	const answer = (await people.call("GET", "/api/v2/tokens/me", { token: await newToken() })).json();
	expect(answer).toMatchObject({
		organization: { id: expect.any(String), name: "Inlay" },
		authorizedScope: ["user-basic-info", "users:readonly"],
		OAuthClient: { id: panel.id, name: "Panel", authorizedGrantType: "CODE", state: "active" },
	});
	expect(JSON.stringify(answer)).not.toContain("secret");
	expect(answer).not.toHaveProperty("inlayEndsEverySession");
});

test("a panel promised that the other tab goes on, where the organization ends every session at once", async () => {
	await people.users.organization.updateSettings({ universalLogout: true });
	const answer = (await people.call("GET", "/api/v2/tokens/me", { token: await newToken() })).json();
	expect(answer.inlayEndsEverySession).toBe(true);
	await people.users.organization.updateSettings({ universalLogout: false });
});

describe("a token that runs out in a call", () => {
	const dayMs = 86_400_000;
	let inCall = true;
	const isGood = async (token: string) => (await people.oauth.authenticate(token)) !== undefined;

	beforeEach(() => {
		inCall = true;
		people.oauth.useCalls(async (userId) => userId === user.id && inCall);
	});
	afterEach(() => people.oauth.useCalls(async () => false));

	test("took hold, mute and hang-up away in the middle of the call", async () => {
		const token = await newToken();
		people.kernel.clock.advance(dayMs + 14 * 60_000);
		expect(await isGood(token)).toBe(true);
		expect(await people.oauth.sessions.goodUntil(hashSecret(token))).toEqual(
			new Date(people.kernel.clock.now().getTime() + 15_000),
		);
		inCall = false;
		expect(await isGood(token), "it ends with the call").toBe(false);
		expect(await people.oauth.sessions.whyOver(hashSecret(token))).toBe("EXPIRED");
	});

	test("ends after a fair time all the same, and is no help to a client or another user", async () => {
		const token = await newToken();
		people.kernel.clock.advance(dayMs + 15 * 60_000);
		expect(await isGood(token)).toBe(false);
	});

	test("a deactivated account was signed out elsewhere: its sessions say what ended them", async () => {
		await newToken();
		await people.users.update(user.id, { state: "inactive" });
		const ends = (await people.kernel.told()).filter(({ type }) => type === "token.revoked");
		expect(ends.at(-1)?.data).toMatchObject({ userId: user.id, reason: "USER_INACTIVE" });
	});

	test("a long call without a click was idleness", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutEnabled: true, idleTokenTimeoutSeconds: 300 });
		const token = await newToken();
		expect(await isGood(token)).toBe(true);
		people.kernel.clock.advance(3_600_000);
		await people.oauth.tokens.endIdle();
		expect(await isGood(token)).toBe(true);
		inCall = false;
		people.kernel.clock.advance(301_000);
		expect(await isGood(token)).toBe(false);
		expect(await people.oauth.sessions.whyOver(hashSecret(token))).toBe("IDLE");
		await people.users.organization.updateSettings({ idleTokenTimeoutEnabled: false });
	});
});
