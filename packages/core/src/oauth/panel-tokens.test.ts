import { createHash, randomUUID } from "node:crypto";
import { agentScopes, bundledClientId, panelClientId, panelScopes, tokenExchange } from "@inlay/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import type { OAuthClient } from "./model.ts";
import { seedClient, seedUser } from "./seed.ts";

const panel = "http://localhost:8083";
const redirectUri = `${panel}/crm/index.html`;
const elsewhere = "https://customer.example/back";
const password = "correct horse";
const proof = "p".repeat(43);
const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

let people: TestPeople;
let customers: OAuthClient;
let robot: OAuthClient;
let ann: User;
let count = 0;

beforeAll(async () => {
	people = await testPeople({ config: { panelUrl: panel } });
	const redirectUris = [redirectUri, elsewhere];
	customers = (await seedClient(people, { name: "CRM", grant: "TOKEN", redirectUris, scopes: agentScopes })).client;
	robot = (await seedClient(people, { name: "Robot", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
	await seedClient(people, {
		id: bundledClientId,
		name: "Inlay",
		grant: "TOKEN",
		redirectUris,
		scopes: ["oauth", "users", "conversations", "user-basic-info"],
	});
});
afterAll(() => people.close());

beforeEach(async () => {
	ann = await newUser();
	await people.users.organization.updateSettings({ enforceScopes: true, idleTokenTimeoutEnabled: false });
});

function newUser(): Promise<User> {
	const email = `panel${++count}@x.example`;
	return seedUser(people, { name: `Panel ${count}`, email, password, roles: ["agent"] });
}

/** As {@link signIn}, without the pages: a password takes its time to check. */
async function signedIn(
	user: User,
	{ clientId = customers.id, to = redirectUri, challenge = challengeOf(proof) } = {},
): Promise<string> {
	const client = await people.oauth.clients.get(clientId);
	const owner = { userId: user.id, familyId: randomUUID(), signedInAt: people.kernel.clock.now() };
	const issued = await people.kernel.database.change(async (trx) => {
		await people.oauth.panelTokens.bind(trx, { client, redirectUri: to, owner, challenge });
		return people.oauth.tokens.issueIn(trx, client, owner);
	});
	return issued.accessToken;
}

/** The deployment's token of somebody who has signed in at the panel's page by hand. */
async function signIn(user: User, panelChallenge = challengeOf(proof), clientId = customers.id): Promise<string> {
	const fields = { client_id: clientId, redirect_uri: redirectUri, response_type: "token", state: "s" };
	const query = new URLSearchParams({ ...fields, ...(panelChallenge ? { panel_challenge: panelChallenge } : {}) });
	const page = await people.http.inject({ url: `/oauth/authorize?${query}` });
	const ticket = /name="ticket" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
	const answer = await people.http.inject({
		method: "POST",
		url: "/oauth/authorize",
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: new URLSearchParams({ ticket, username: user.email, password }).toString(),
	});
	const token = new URLSearchParams(new URL(String(answer.headers.location)).hash.slice(1)).get("access_token");
	return token ?? expect.fail(String(answer.headers.location));
}

async function exchange(
	subject: string,
	change: Record<string, string | undefined> = {},
	origin: string | undefined = panel,
) {
	const fields = {
		grant_type: tokenExchange.grant,
		client_id: panelClientId,
		subject_token: subject,
		subject_token_type: tokenExchange.accessToken,
		panel_verifier: proof,
		...change,
	};
	const sent = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
	const answer = await people.http.inject({
		method: "POST",
		url: "/oauth/token",
		headers: { "content-type": "application/x-www-form-urlencoded", ...(origin === "none" ? {} : { origin }) },
		payload: new URLSearchParams(sent).toString(),
	});
	return { status: answer.statusCode, body: answer.json() as Record<string, string | number> };
}

async function exchanged(subject: string): Promise<string> {
	const { body } = await exchange(subject);
	return String(body.access_token);
}

const principalOf = (token: string) => people.oauth.authenticate(token);

describe("the panel could do no more than a customer's script, whose client has the guide's fourteen scopes", () => {
	test("so it exchanges the deployment's token for one of its own, of the same user and the same session", async () => {
		const subject = await signIn(ann);
		const { status, body } = await exchange(subject);
		expect([status, body.token_type, body.issued_token_type]).toEqual([200, "bearer", tokenExchange.accessToken]);
		expect(body).not.toHaveProperty("refresh_token");
		const own = await principalOf(String(body.access_token));
		expect(own).toMatchObject({ userId: ann.id, clientId: panelClientId, scopes: panelScopes });
		expect((await principalOf(subject))?.scopes).toEqual(agentScopes);
		expect(await people.oauth.sessionsOf(ann.id)).toMatchObject([{ clientId: customers.id }]);
	});

	test("the token of the client that comes with Inlay was wider than the guide's, and scripts got it", async () => {
		const subject = await signedIn(ann, { clientId: bundledClientId });
		expect((await principalOf(subject))?.scopes).toEqual(agentScopes);
		const unproven = await signIn(ann, "", bundledClientId);
		expect((await principalOf(unproven))?.scopes, "a page that sends no challenge is the panel's all the same").toEqual(
			agentScopes,
		);
		expect((await exchange(unproven)).status).toBe(400);
		const console = await people.oauth.issueToken({ clientId: bundledClientId, userId: ann.id });
		expect((await principalOf(console.accessToken))?.scopes).toContain("oauth");
	});
});

describe("a token was exchanged for a wider one by somebody who is not the panel", () => {
	const refusals: Array<[string, string, () => Promise<{ status: number; body: Record<string, string | number> }>]> = [
		["another page", "unauthorized_client", async () => exchange(await signedIn(ann), {}, "https://customer.example")],
		[
			"a customer's server, which sends no origin",
			"unauthorized_client",
			async () => exchange(await signedIn(ann), {}, "none"),
		],
		[
			"a server that says it is the panel, without what the page has kept",
			"invalid_grant",
			async () => exchange(await signedIn(ann), { panel_verifier: "q".repeat(43) }),
		],
		[
			"who sends no proof at all",
			"invalid_request",
			async () => exchange(await signedIn(ann), { panel_verifier: undefined }),
		],
		["another client", "unauthorized_client", async () => exchange(await signedIn(ann), { client_id: customers.id })],
		["who asks for scopes", "invalid_request", async () => exchange(await signedIn(ann), { scope: "oauth" })],
		[
			"who wants a refresh token",
			"invalid_request",
			async () =>
				exchange(await signedIn(ann), { requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token" }),
		],
		["who acts for somebody", "invalid_request", async () => exchange(await signedIn(ann), { actor_token: "x" })],
		[
			"a sign-in that led to the customer's own page",
			"invalid_grant",
			async () => exchange(await signedIn(ann, { to: elsewhere })),
		],
		[
			"a sign-in without a challenge",
			"invalid_grant",
			async () => exchange((await people.oauth.issueToken({ clientId: customers.id, userId: ann.id })).accessToken),
		],
		[
			"a program with client credentials",
			"invalid_grant",
			async () => exchange((await people.oauth.issueToken({ clientId: robot.id })).accessToken),
		],
		["who has a token of the panel's own", "invalid_grant", async () => exchange(await exchanged(await signedIn(ann)))],
		["nobody's token", "invalid_grant", async () => exchange("x".repeat(43))],
	];
	test.each(refusals)("%s is refused", async (_who, error, attempt) => {
		const { status, body } = await attempt();
		expect([status, body.error]).toEqual([400, error]);
		expect(body).not.toHaveProperty("access_token");
	});

	test("one's own proof opens nobody else's token", async () => {
		const other = await signedIn(await newUser(), { challenge: challengeOf("o".repeat(43)) });
		expect((await exchange(other)).body.error).toBe("invalid_grant");
	});

	test("a client whose administrator has taken the panel's address from it", async () => {
		const { client } = await seedClient(people, {
			name: `CRM ${count}`,
			grant: "TOKEN",
			redirectUris: [redirectUri],
			scopes: agentScopes,
		});
		const subject = await signedIn(ann, { clientId: client.id });
		const before = await exchange(subject);
		await people.oauth.clients.update("server", client.id, { name: client.name, registeredRedirectUri: [elsewhere] });
		expect([before.status, (await exchange(subject)).body.error]).toEqual([200, "invalid_grant"]);
	});

	test("a challenge that is none is refused before anybody signs in", async () => {
		await expect(signIn(ann, "short")).rejects.toThrow();
	});
});

describe("the panel's own token outlived what it was exchanged for", () => {
	const ends: Array<[string, (subject: string) => Promise<unknown>]> = [
		["signing out", async (subject) => people.call("DELETE", "/api/v2/tokens/me", { token: subject })],
		["the user's deactivation", async () => people.users.update(ann.id, { state: "inactive" })],
		["another password", async () => people.users.authentication.passwords.reset(ann, "battery staple 9")],
		["the end of all of the user's sessions", async () => people.oauth.revokeUserTokens(ann.id)],
		[
			"the end of the token itself",
			async () => people.kernel.clock.advance((customers.accessTokenValiditySeconds + 1) * 1000),
		],
	];
	test.each(ends)("%s ends it, and nothing is exchanged any more", async (_what, end) => {
		const subject = await signedIn(ann);
		const own = await exchanged(subject);
		expect(await principalOf(own)).toBeDefined();
		await end(subject);
		expect(await principalOf(own)).toBeUndefined();
		expect((await exchange(subject)).body.error).toBe("invalid_grant");
	});

	test("the deployment's client out of use, or revoked, ends it", async () => {
		for (const end of ["disable", "revoke"] as const) {
			const wanted = { name: `CRM ${end}`, grant: "TOKEN", redirectUris: [redirectUri], scopes: agentScopes } as const;
			const { client } = await seedClient(people, wanted);
			const own = await exchanged(await signedIn(ann, { clientId: client.id }));
			expect(await principalOf(own)).toBeDefined();
			const boss =
				(await principalOf((await people.oauth.issueToken({ clientId: robot.id })).accessToken)) ?? expect.fail();
			if (end === "revoke") await people.oauth.clients.revoke(boss, client.id);
			else await people.oauth.clients.update("server", client.id, { name: client.name, state: "inactive" });
			expect(await principalOf(own)).toBeUndefined();
		}
	});

	test("signing out in the panel ends the script's token too", async () => {
		const subject = await signedIn(ann);
		await people.call("DELETE", "/api/v2/tokens/me", { token: await exchanged(subject) });
		expect(await principalOf(subject)).toBeUndefined();
	});

	test("it ends no later than the other, and a later one is had only by a renewed one", async () => {
		const subject = await signedIn(ann);
		people.kernel.clock.advance(3_600_000);
		const { body } = await exchange(subject);
		expect(Number(body.expires_in)).toBeLessThanOrEqual(customers.accessTokenValiditySeconds - 3_600);
	});
});

test("a script's token went idle while its agent worked with the panel's own", async () => {
	await people.users.organization.updateSettings({ idleTokenTimeoutSeconds: 300, idleTokenTimeoutEnabled: true });
	const subject = await signedIn(ann);
	const own = await exchanged(subject);
	for (let minute = 0; minute < 8; minute++) {
		people.kernel.clock.advance(60_000);
		expect(await principalOf(own)).toBeDefined();
	}
	expect(await principalOf(subject)).toBeDefined();
	people.kernel.clock.advance(301_000);
	expect([await principalOf(subject), await principalOf(own)]).toEqual([undefined, undefined]);
});

test("where scopes are not enforced both may do what their user may", async () => {
	await people.users.organization.updateSettings({ enforceScopes: false });
	const subject = await signedIn(ann);
	expect((await principalOf(subject))?.scopes).toBeNull();
	expect((await principalOf(await exchanged(subject)))?.scopes).toBeNull();
});
