import { createHash } from "node:crypto";
import { panelClientId, tokenExchange } from "@inlay/contract";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keptLog } from "../test-support/log-lines.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import { codeAt } from "../users/second-factor/totp.ts";
import type { RefusalReason } from "../users/sign-in/refusals.ts";
import type { OAuthClient } from "./model.ts";
import { seedClient, seedUser } from "./seed.ts";
import { Visitor } from "./test-support/visitor.ts";

const redirectUri = "https://crm.example/cb";
const password = "correct horse";
const verifier = "v".repeat(64);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const { log, lines } = keptLog();

let people: TestPeople;
let user: User;
let panel: OAuthClient;
let robot: OAuthClient;
let secret: string;
let count = 0;
/** Another one for each test: what one address is told singly is bounded. */
let address: string;

beforeAll(async () => {
	people = await testPeople({ log, config: { demo: true }, ports: { demoUsers: () => [] } });
});

afterAll(() => people.close());

beforeEach(async () => {
	await people.users.organization.updateSettings({ ipAddressAllowlist: [], multifactorAuthenticationRequired: false });
	people.kernel.clock.advance(3_600_000);
	address = `203.0.113.${++count}`;
	const email = `user${count}@x.example`;
	user = await seedUser(people, { name: `User ${count}`, email, password, roles: ["agent"] });
	const made = await seedClient(people, {
		name: `Panel ${count}`,
		grant: "CODE",
		redirectUris: [redirectUri],
		scopes: ["users"],
	});
	panel = made.client;
	secret = made.secret ?? "";
	robot = (await seedClient(people, { name: `Robot ${count}`, grant: "CLIENT-CREDENTIALS", roles: ["agent"] })).client;
	lines.length = 0;
});

const visitor = () => new Visitor(people, { clientId: panel.id, redirectUri }, address);

function authorize(change: Record<string, string>): Promise<LightMyRequestResponse> {
	const fields = { client_id: panel.id, redirect_uri: redirectUri, response_type: "code", ...change };
	return people.http.inject({ url: `/oauth/authorize?${new URLSearchParams(fields)}`, remoteAddress: address });
}

function token(
	fields: Record<string, string>,
	basic?: string,
	more: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
	const authorization = basic ? { authorization: `Basic ${Buffer.from(basic).toString("base64")}` } : {};
	return people.http.inject({
		method: "POST",
		url: "/oauth/token",
		remoteAddress: address,
		headers: { "content-type": "application/x-www-form-urlencoded", ...authorization, ...more },
		payload: new URLSearchParams(fields).toString(),
	});
}

function newCode(): Promise<string> {
	const wanted = { client: panel, userId: user.id, redirectUri, challenge };
	return people.kernel.database.change((trx) => people.oauth.tokens.issueCode(trx, wanted));
}

const redeem = (code: string, change: Record<string, string> = {}) =>
	token({
		grant_type: "authorization_code",
		client_id: panel.id,
		redirect_uri: redirectUri,
		code_verifier: verifier,
		code,
		...change,
	});

const renew = (refreshToken: string) =>
	token({ grant_type: "refresh_token", refresh_token: refreshToken }, `${panel.id}:${secret}`);

/** A refresh token of the user's. */
async function refreshToken(): Promise<string> {
	const fields = { grant_type: "authorization_code", redirect_uri: redirectUri, code_verifier: verifier };
	const answer = await token({ ...fields, code: await newCode() }, `${panel.id}:${secret}`);
	return answer.json().refresh_token;
}

/** Each way in which a sign-in is refused; those by identity providers are tried in `sso/`. A reason without a way does not compile. What is returned must not be in the log. */
const ways: Record<Exclude<RefusalReason, `sso-${string}` | "passwords-off">, () => Promise<unknown>> = {
	"unknown-user": () => visitor().signIn("nobody-typed-this", "hunter2"),
	"wrong-password": () => visitor().signIn(user.username, "hunter2"),
	"inactive-user": async () => {
		await people.users.update(user.id, { state: "inactive" });
		await visitor().signIn(user.username, password);
	},
	"wrong-code": async () => {
		await enrol();
		const visit = visitor();
		await visit.signIn(user.username, password);
		await visit.send({ code: "000000" });
	},
	"wrong-old-password": async () => {
		const { accessToken } = await people.oauth.tokens.issue(panel, user.id);
		const body = { oldPassword: "hunter2", newPassword: "battery staple" };
		await people.call("POST", "/api/v2/users/me/password", { token: accessToken, body });
		return accessToken;
	},
	"address-not-allowed": async () => {
		await people.users.organization.updateSettings({ ipAddressAllowlist: ["192.0.2.1"] });
		await visitor().signIn(user.username, password);
	},
	braked: async () => {
		for (let wrong = 0; wrong < 6; wrong++) await visitor().signIn(user.username, "hunter2");
	},
	busy: () => Promise.all(Array.from({ length: 60 }, () => visitor().signIn(user.username, "hunter2"))),
	"unknown-client": () => authorize({ client_id: "00000000-0000-4000-8000-00000000dead" }),
	"disabled-client": async () => {
		await people.oauth.clients.update("server", panel.id, { name: panel.name, state: "inactive" });
		await authorize({});
	},
	"wrong-grant": () => authorize({ client_id: robot.id }),
	"client-not-authorized": async () => {
		const { client } = await seedClient(people, { name: "Asking", grant: "CODE", redirectUris: [redirectUri] });
		const { db } = people.kernel.database;
		await db.updateTable("oauth_clients").set({ authorization_state: "Revoked" }).where("id", "=", client.id).execute();
		await new Visitor(people, { clientId: client.id, redirectUri }, address).signIn(user.username, password);
	},
	"unregistered-redirect": () => authorize({ redirect_uri: "https://crm.example/other?key=hunter2" }),
	"malformed-request": () => authorize({ response_type: "hunter2" }),
	"client-credentials": () => token({ grant_type: "client_credentials" }, `${robot.id}:hunter2`),
	"forged-form": () => visitor().send({ username: user.username, password }, "hunter2"),
	"expired-form": async () => {
		const visit = visitor();
		await visit.open();
		people.kernel.clock.advance(31 * 60_000);
		await visit.send({ username: user.username, password });
	},
	"outdated-proof": async () => {
		await enrol();
		const visit = visitor();
		await visit.signIn(user.username, password);
		await people.users.authentication.passwords.reset(user, "battery staple");
		await visit.send({ code: "000000" });
	},
	"no-demo-user": async () => {
		const visit = visitor();
		await visit.open();
		await visit.send({ demo: user.username });
	},
	"unknown-authorization-code": () => redeem("hunter2"),
	"used-authorization-code": async () => {
		const code = await newCode();
		await redeem(code);
		await redeem(code);
		return code;
	},
	"expired-authorization-code": async () => {
		const code = await newCode();
		people.kernel.clock.advance(61_000);
		await redeem(code);
		return code;
	},
	"other-redirect": async () => redeem(await newCode(), { redirect_uri: "https://crm.example/other" }),
	"wrong-verifier": async () => redeem(await newCode(), { code_verifier: "w".repeat(64) }),
	"unknown-refresh-token": () => renew("hunter2"),
	"used-refresh-token": async () => {
		const old = await refreshToken();
		await renew(old);
		await renew(old);
		return old;
	},
	"unfit-subject-token": async () => {
		const { accessToken } = await people.oauth.tokens.issue(panel, user.id);
		const fields = { subject_token: accessToken, subject_token_type: tokenExchange.accessToken };
		const { panelUrl: origin } = people.kernel.config;
		const sent = { grant_type: tokenExchange.grant, client_id: panelClientId, panel_verifier: "v".repeat(43) };
		await token({ ...sent, ...fields }, undefined, { origin });
		return accessToken;
	},
	"ended-session": async () => {
		const old = await refreshToken();
		people.kernel.clock.advance(31 * 86_400_000);
		await renew(old);
		return old;
	},
	"factor-demanded": async () => {
		const old = await refreshToken();
		await people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
		await renew(old);
		return old;
	},
};

async function enrol(): Promise<string> {
	const { secondFactor } = people.users.authentication;
	const offered = await secondFactor.offer(user);
	const code = codeAt(offered.secret, people.kernel.clock.now());
	await secondFactor.confirm(user, code, { address: "192.0.2.1" });
	people.kernel.clock.advance(30_000);
	return offered.secret;
}

test.each(Object.entries(ways))("an operator did not see a sign-in that was refused: %s", async (reason, refuse) => {
	const told = await refuse();
	const found = lines.filter((line) => line.event === "sign-in.refused" && line.reason === reason);
	expect(found.length, JSON.stringify(lines)).toBeGreaterThan(0);
	expect(found[0]).toMatchObject({ level: 40, address: reason === "wrong-old-password" ? "127.0.0.1" : address });
	const events = await people.kernel.told();
	expect(
		events.some(({ type, data }) => type === "signIn.refused" && (data as { reason: string }).reason === reason),
	).toBe(true);
	const text = JSON.stringify([lines, events.filter(({ type }) => type.startsWith("signIn."))]);
	for (const never of [password, "hunter2", verifier, secret, ...(typeof told === "string" ? [told] : [])])
		expect(text).not.toContain(never);
});

test.each([
	["unknown-client", () => token({ grant_type: "client_credentials" }, "nobody:hunter2")],
	["wrong-secret", () => token({ grant_type: "client_credentials" }, `${robot.id}:hunter2`)],
	["no-secret", () => token({ grant_type: "client_credentials", client_id: robot.id })],
	["no-client", () => token({ grant_type: "client_credentials" })],
	["nothing-sent", async () => redeem(await newCode(), { code_verifier: "" })],
	[
		"disabled-client",
		async () => {
			await people.oauth.clients.update("server", panel.id, { name: panel.name, state: "inactive" });
			await renew("hunter2");
		},
	],
])("a client that proves nothing is told the same each time, and the operator why: %s", async (detail, refuse) => {
	await refuse();
	expect(lines).toContainEqual(expect.objectContaining({ reason: "client-credentials", detail, address }));
	expect(JSON.stringify(lines)).not.toContain("hunter2");
});

test("whose code was stolen, and where somebody wanted to be sent, stand in the line", async () => {
	const code = await newCode();
	await redeem(code);
	await redeem(code);
	await authorize({ redirect_uri: "http://127.0.0.1:8083/crm/index.html?a=b" });
	expect(lines).toMatchObject([
		{ reason: "used-authorization-code", userId: user.id, clientId: panel.id },
		{ reason: "unregistered-redirect", clientId: panel.id, detail: "http://127.0.0.1:8083/crm/index.html" },
	]);
});

test("a sign-in did not tell by what it was proven, from where and to which client", async () => {
	await visitor().signIn(user.username, password);
	const seed = await enrol();
	const visit = visitor();
	await visit.signIn(user.username, password);
	await visit.send({ code: codeAt(seed, people.kernel.clock.now()) });
	const events = await people.kernel.told();
	const told = events.filter(({ type, entityId }) => type === "user.signedIn" && entityId === user.id);
	expect(told.map(({ data }) => data)).toEqual([
		{ factors: ["password"], address, clientId: panel.id },
		{ factors: ["password", "code"], address, clientId: panel.id },
	]);
});
