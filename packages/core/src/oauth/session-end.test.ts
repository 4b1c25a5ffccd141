import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import { settingsOfDemand } from "../users/second-factor/demand.ts";
import type { OAuthClient } from "./model.ts";
import { hashSecret } from "./secrets.ts";
import { seedClient, seedUser } from "./seed.ts";

const redirectUri = "https://crm.example/cb";
const password = "correct horse";
const dayMs = 86_400_000;
const scopes = ["user-basic-info", "users", "organization"];

let people: TestPeople;
let app: OAuthClient;
let user: User;
let robot: OAuthClient;
let admin: string;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	const wanted = { name: "App", grant: "CODE" as const, secret: "app-secret", redirectUris: [redirectUri], scopes };
	app = (await seedClient(people, wanted)).client;
	robot = (await seedClient(people, { name: "Robot", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
});

afterAll(() => people.close());

beforeEach(async () => {
	admin = (await people.oauth.issueToken({ clientId: robot.id })).accessToken;
	const email = `user${++count}@x.example`;
	user = await seedUser(people, { name: `User ${count}`, email, password, roles: ["agent"] });
	await people.users.organization.updateSettings({ idleTokenTimeoutEnabled: false, sessionLimitSeconds: 30 * 86_400 });
	await people.users.organization.updateSettings({ universalLogout: false });
});

interface Session {
	token: string;
	refreshToken: string;
}

function post(fields: Record<string, string>) {
	const payload = { client_id: app.id, client_secret: "app-secret", ...fields };
	return people.http.inject({ method: "POST", url: "/oauth/token", payload });
}

async function newCode(): Promise<string> {
	const wanted = { client: app, userId: user.id, redirectUri, challenge: null };
	return people.kernel.database.change((trx) => people.oauth.tokens.issueCode(trx, wanted));
}

/** Signs the user in with a client that gets refresh tokens. */
async function session(): Promise<Session> {
	const answer = await post({ grant_type: "authorization_code", code: await newCode(), redirect_uri: redirectUri });
	return { token: answer.json().access_token, refreshToken: answer.json().refresh_token };
}

async function renew({ refreshToken }: Session): Promise<Session | undefined> {
	const answer = await post({ grant_type: "refresh_token", refresh_token: refreshToken });
	if (answer.statusCode !== 200) return undefined;
	return { token: answer.json().access_token, refreshToken: answer.json().refresh_token };
}

async function isGood({ token }: Session): Promise<boolean> {
	return (await people.oauth.authenticate(token, { preserveIdle: true })) !== undefined;
}

/** Announced ends of the user's tokens, from now on: what is open for them closes by these. */
function ends(): { users: unknown[]; stop: () => void } {
	const seen: unknown[] = [];
	const stop = people.kernel.feed.subscribe((event) => {
		const of = event.type === "token.revoked" && (event.data as { userId?: string }).userId;
		if (of === user.id) seen.push(of);
	});
	return { users: seen, stop };
}

describe("a changed password left everything else open", () => {
	test("so the session that changed it stays, and all others end with their refresh tokens, and say so", async () => {
		const [own, lost, other] = [await session(), await session(), await session()];
		const announced = ends();
		const body = { oldPassword: password, newPassword: "battery staple" };
		const answer = await people.call("POST", "/api/v2/users/me/password", { token: own.token, body });
		expect(answer.statusCode).toBe(204);
		expect([await isGood(own), await isGood(lost), await isGood(other)]).toEqual([true, false, false]);
		expect(await renew(lost)).toBeUndefined();
		expect(await renew(own)).toBeDefined();
		await vi.waitFor(() => expect(announced.users).toEqual([user.id, user.id]));
		announced.stop();
	});

	test("four changes at once were all answered 204, and three of the new passwords never signed in", async () => {
		const own = await session();
		const all = await Promise.all(
			["one", "two", "three", "four"].map(async (word) => {
				const body = { oldPassword: password, newPassword: `battery staple ${word}` };
				const answer = await people.call("POST", "/api/v2/users/me/password", { token: own.token, body });
				return { answer, signsIn: () => people.users.verifyPassword(user.username, body.newPassword) };
			}),
		);
		const told = all.map(({ answer }) => (answer.statusCode === 204 ? "done" : answer.json().code));
		expect(told.toSorted()).toEqual(["done", ...Array(3).fill("invalid.old.password")]);
		const [done] = all.filter(({ answer }) => answer.statusCode === 204);
		expect((await done?.signsIn())?.id).toBe(user.id);
	});

	test("so nobody with a taken token made an account of it by setting their own password as an administrator", async () => {
		const boss = await seedUser(people, { name: "Boss", email: `boss${count}@x.example`, password, roles: ["admin"] });
		const { accessToken: token } = await people.oauth.issueToken({ clientId: app.id, userId: boss.id });
		const body = { newPassword: "battery staple" };
		const answer = await people.call("POST", `/api/v2/users/${boss.id}/password`, { token, body });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "own.password"]);
	});

	test("so an administrator's ends them all, and codes that wait to be redeemed", async () => {
		const open = await session();
		const code = await newCode();
		const body = { newPassword: "set by the boss" };
		expect((await people.call("POST", `/api/v2/users/${user.id}/password`, { token: admin, body })).statusCode).toBe(
			204,
		);
		expect(await isGood(open)).toBe(false);
		expect(await renew(open)).toBeUndefined();
		const late = await post({ grant_type: "authorization_code", code, redirect_uri: redirectUri });
		expect([late.statusCode, late.json().error]).toEqual([400, "invalid_grant"]);
	});

	test("and a wrong old password changes nothing, signs nobody in and is braked", async () => {
		const own = await session();
		const body = { oldPassword: "wrong", newPassword: "battery staple" };
		const change = () => people.call("POST", "/api/v2/users/me/password", { token: own.token, body });
		for (let i = 0; i < 5; i++) expect((await change()).json().code).toBe("invalid.old.password");
		const braked = await change();
		expect([braked.statusCode, braked.json().code]).toEqual([429, "too.many.requests"]);
		expect((await people.users.get(user.id)).dateLastLogin).toBeNull();
	});
});

test("a demanded second factor never reached who was signed in already: their sessions were renewed without one", async () => {
	const open = await session();
	await people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
	const answer = await post({ grant_type: "refresh_token", refresh_token: open.refreshToken });
	expect([answer.statusCode, answer.json().error]).toEqual([400, "invalid_grant"]);
	expect(answer.json().error_description).toContain("second factor");
	await people.users.organization.updateSettings({ multifactorAuthenticationRequired: false });
});

test("a second factor that was demanded meanwhile took the token that was still good, in the middle of a call", async () => {
	const open = await session();
	await people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
	expect(await renew(open)).toBeUndefined();
	expect(await isGood(open)).toBe(true);
	await people.users.organization.updateSettings({ multifactorAuthenticationRequired: false });
	expect(await renew(open), "and goes on once nothing is asked for").toBeDefined();
});

test("a second factor asked of administrators alone holds for whom a role makes one while they are signed in", async () => {
	const open = await session();
	await people.users.organization.updateSettings(settingsOfDemand("administrators"));
	const renewed = await renew(open);
	if (!renewed) throw new Error("Somebody who is no administrator was asked for a second factor.");
	const role = await people.authorization.seedRole({
		name: "Clients",
		description: "",
		permissions: ["oauth:client:edit"],
	});
	await people.authorization.grant(user.id, role.id, "*");
	const answer = await post({ grant_type: "refresh_token", refresh_token: renewed.refreshToken });
	expect([answer.statusCode, answer.json().error_description]).toEqual([400, expect.stringContaining("second factor")]);
	await people.authorization.grants.revoke("server", { subjectId: user.id, roleId: role.id, divisionId: "*" });
	await people.users.organization.updateSettings(settingsOfDemand("nobody"));
});

test("a deactivated user came back with an old refresh token", async () => {
	const open = await session();
	await people.users.update(user.id, { state: "inactive" });
	expect(await isGood(open)).toBe(false);
	await people.users.update(user.id, { state: "active" });
	expect(await isGood(open)).toBe(false);
	expect(await renew(open)).toBeUndefined();
});

describe("refresh tokens had no absolute end", () => {
	test("so however often one is renewed, after thirty days its user signs in again", async () => {
		let open = await session();
		for (let day = 0; day < 29; day++) {
			people.kernel.clock.advance(dayMs);
			const next = await renew(open);
			if (!next) throw new Error(`It ended on day ${day + 1}.`);
			open = next;
		}
		people.kernel.clock.advance(dayMs);
		expect(await renew(open)).toBeUndefined();
		expect(await isGood(open)).toBe(false);
	});

	test("so no access token outlives the session, and a lower limit holds for sessions that are open", async () => {
		const open = await session();
		await people.users.organization.updateSettings({ sessionLimitSeconds: 7_200 });
		people.kernel.clock.advance(3_600_000);
		const answer = await post({ grant_type: "refresh_token", refresh_token: open.refreshToken });
		expect(answer.json().expires_in).toBe(3_600);
		people.kernel.clock.advance(3_600_000);
		expect(await renew({ token: "", refreshToken: answer.json().refresh_token })).toBeUndefined();
	});

	test("and one that comes a second time ends the family", async () => {
		const stolen = await session();
		const renewed = await renew(stolen);
		expect(await renew(stolen)).toBeUndefined();
		expect(renewed && (await isGood(renewed))).toBe(false);
		expect(renewed && (await renew(renewed))).toBeUndefined();
	});
});

test("what an agent sees ended because their panel had the next token, and only the end of the sign-in ends it", async () => {
	const { sessions } = people.oauth;
	const first = await session();
	const hash = hashSecret(first.token);
	people.kernel.clock.advance(43_200_000);
	const second = await renew(first);
	people.kernel.clock.advance(43_201_000);
	expect(await sessions.goodUntil(hash)).toBeUndefined();
	expect(await sessions.signInGoodUntil(hash)).toEqual(await sessions.goodUntil(hashSecret(second?.token ?? "")));
	expect(await sessions.signInGoodUntil(hash)).toBeDefined();
	await people.call("DELETE", "/api/v2/tokens/me", { token: second?.token ?? "" });
	expect(await sessions.signInGoodUntil(hash)).toBeUndefined();
});

describe("the idle timeout could not be set", () => {
	const timeout = "/api/v2/tokens/timeout";

	test("so it can, read back, and holds for tokens, their refresh tokens and what is open for them", async () => {
		const body = { idleTokenTimeoutSeconds: 600, enableIdleTokenTimeout: true };
		expect((await people.call("PUT", timeout, { token: admin, body })).json()).toEqual(body);
		expect((await people.call("GET", timeout, { token: admin })).json()).toEqual(body);
		const [idle, busy] = [await session(), await session()];
		const me = (await people.call("GET", "/api/v2/tokens/me", { token: idle.token })).json();
		expect(new Date(me.dateTokenIdles).getTime()).toBe(people.kernel.clock.now().getTime() + 600_000);
		for (let minute = 0; minute < 12; minute += 4) {
			people.kernel.clock.advance(4 * 60_000);
			expect((await people.call("GET", "/api/v2/users/me", { token: busy.token })).statusCode).toBe(200);
			// What only asks whether the token is still good does not keep it alive.
			await people.call("GET", "/api/v2/tokens/me?preserveIdleTTL=true", { token: idle.token });
			await people.call("HEAD", "/api/v2/tokens/me?preserveIdleTTL=true", { token: idle.token });
		}
		expect([await isGood(idle), await isGood(busy)]).toEqual([false, true]);
		await people.oauth.sessions.flush();
		const announced = ends();
		await people.oauth.tokens.endIdle();
		await vi.waitFor(() => expect(announced.users).toEqual([user.id]));
		announced.stop();
		expect(await renew(idle)).toBeUndefined();
		expect(await renew(busy)).toBeDefined();
	});

	test("was undone by the refresh token, which brought a fresh session after the end", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 600, idleTokenTimeoutEnabled: true });
		const idle = await session();
		people.kernel.clock.advance(601_000);
		expect(await isGood(idle)).toBe(false);
		const answer = await post({ grant_type: "refresh_token", refresh_token: idle.refreshToken });
		expect([answer.statusCode, answer.json().error]).toEqual([400, "invalid_grant"]);
		const announced = ends();
		await people.oauth.tokens.endIdle();
		announced.stop();
		expect(await people.oauth.sessionsOf(user.id)).toEqual([]);
	});

	test("was undone by renewing in time: asking for another token is no use of a session", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 600, idleTokenTimeoutEnabled: true });
		let open = await session();
		people.kernel.clock.advance(400_000);
		open = (await renew(open)) ?? open;
		people.kernel.clock.advance(201_000);
		expect([await isGood(open), await renew(open)]).toEqual([false, undefined]);
		let used = await session();
		for (let i = 0; i < 3; i++) {
			people.kernel.clock.advance(400_000);
			used = (await renew(used)) ?? used;
			expect((await people.call("GET", "/api/v2/users/me", { token: used.token })).statusCode).toBe(200);
		}
	});

	test("so it can be switched off again without being forgotten", async () => {
		await people.call("PUT", timeout, {
			token: admin,
			body: { idleTokenTimeoutSeconds: 900, enableIdleTokenTimeout: true },
		});
		const off = await people.call("PUT", timeout, { token: admin, body: { enableIdleTokenTimeout: false } });
		expect(off.json()).toEqual({ idleTokenTimeoutSeconds: 900, enableIdleTokenTimeout: false });
		const open = await session();
		people.kernel.clock.advance(3_600_000);
		expect(await isGood(open)).toBe(true);
	});

	test.each([
		[{ idleTokenTimeoutSeconds: 299 }, "idleTokenTimeoutSeconds"],
		[{ idleTokenTimeoutSeconds: 28_801 }, "idleTokenTimeoutSeconds"],
		[{ inactivityTimeoutGroupsEnabled: true }, "inactivityTimeoutGroupsEnabled"],
		[{ inactivityTimeoutGroupBundles: [{}] }, "inactivityTimeoutGroupBundles"],
		[{ inactivityTimeoutUnit: "MINUTES" }, "inactivityTimeoutUnit"],
	])("%j is refused by name", async (body, fieldName) => {
		const answer = await people.call("PUT", timeout, { token: admin, body });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, fieldName]);
	});

	test("and a program's token does not idle out: only people leave their desks", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 300, idleTokenTimeoutEnabled: true });
		const { accessToken } = await people.oauth.issueToken({ clientId: robot.id });
		people.kernel.clock.advance(3_600_000);
		await people.oauth.tokens.endIdle();
		expect(await people.oauth.authenticate(accessToken)).toBeDefined();
	});
});

describe("a rotated secret left the client's tokens open", () => {
	test("so they end, and their refresh tokens, but for the session that has rotated it", async () => {
		const wanted = { name: "Leaky", grant: "CODE" as const, redirectUris: [redirectUri], scopes: ["oauth"] };
		const { client } = await seedClient(people, wanted);
		const boss = await seedUser(people, { name: "Boss", email: `boss${count}@x.example`, password, roles: ["admin"] });
		await people.authorization.grant(boss.id, (await people.authorization.defaultRole("admin")).id, "*");
		const own = (await people.oauth.issueToken({ clientId: client.id, userId: boss.id })).accessToken;
		const other = (await people.oauth.issueToken({ clientId: client.id, userId: user.id })).accessToken;
		const elsewhere = await session();
		const answer = await people.call("POST", `/api/v2/oauth/clients/${client.id}/secret`, { token: own });
		expect([answer.statusCode, typeof answer.json().secret]).toEqual([200, "string"]);
		expect(await isGood({ token: other, refreshToken: "" })).toBe(false);
		expect(await isGood({ token: own, refreshToken: "" })).toBe(true);
		expect(await isGood(elsewhere)).toBe(true);
	});

	test("and a client that is switched off and on again has lost them", async () => {
		const wanted = { name: "Switched", grant: "CLIENT-CREDENTIALS" as const, roles: ["agent"] };
		const { client } = await seedClient(people, wanted);
		const token = (await people.oauth.issueToken({ clientId: client.id })).accessToken;
		for (const state of ["disabled", "active"]) {
			await people.oauth.clients.update("server", client.id, { name: "Switched", state });
		}
		expect(await isGood({ token, refreshToken: "" })).toBe(false);
	});
});

test("a refresh token that is used and ended at the same moment leaves nothing behind", async () => {
	for (let round = 0; round < 10; round++) {
		const open = await session();
		const [renewed] = await Promise.all([renew(open), people.oauth.revokeUserTokens(user.id)]);
		expect(renewed && (await isGood(renewed))).toBeFalsy();
		expect(renewed && (await renew(renewed))).toBeFalsy();
	}
});

test("signing out of one client signs out of all, where the organization says so", async () => {
	const [one, other] = [await session(), await session()];
	await people.call("DELETE", "/api/v2/tokens/me", { token: one.token });
	expect([await isGood(one), await isGood(other)]).toEqual([false, true]);
	await people.users.organization.updateSettings({ universalLogout: true });
	const third = await session();
	await people.call("DELETE", "/api/v2/tokens/me", { token: third.token });
	expect([await isGood(third), await isGood(other)]).toEqual([false, false]);
});

test("the limit of sessions is read and set, within bounds", async () => {
	const limit = "/api/inlay/v1/sessions/limit";
	const set = (sessionLimitSeconds: number) =>
		people.call("PUT", limit, { token: admin, body: { sessionLimitSeconds } });
	expect((await set(86_400)).json()).toEqual({ sessionLimitSeconds: 86_400 });
	expect((await people.call("GET", limit, { token: admin })).json()).toEqual({ sessionLimitSeconds: 86_400 });
	expect((await set(60)).json().details[0].fieldName).toBe("sessionLimitSeconds");
});
