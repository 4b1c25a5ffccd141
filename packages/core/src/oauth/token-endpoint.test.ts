import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { siblingPeople, type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import type { OAuthClient } from "./model.ts";
import { seedClient, seedUser } from "./seed.ts";

const redirectUri = "https://crm.example/cb";
const verifier = "v".repeat(64);
const challenge = createHash("sha256").update(verifier).digest("base64url");

let people: TestPeople;
let ann: User;
let panel: OAuthClient;
let panelSecret: string;
let implicit: OAuthClient;
let automation: OAuthClient;

beforeAll(async () => {
	people = await testPeople();
	ann = await seedUser(people, { name: "Ann", email: "ann@x.example", password: "correct horse", roles: ["agent"] });
	const made = await seedClient(people, {
		name: "Panel",
		grant: "CODE",
		redirectUris: [redirectUri],
		scopes: ["user-basic-info"],
		accessTokenValiditySeconds: 300,
	});
	panel = made.client;
	panelSecret = made.secret ?? "";
	implicit = (await seedClient(people, { name: "Implicit", grant: "TOKEN", redirectUris: [redirectUri] })).client;
	automation = (
		await seedClient(people, { name: "Robot", grant: "CLIENT-CREDENTIALS", roles: ["admin"], secret: "robot-secret" })
	).client;
});

afterAll(() => people.close());

function newCode(client = panel, withChallenge: string | null = challenge): Promise<string> {
	const wanted = { client, userId: ann.id, redirectUri, challenge: withChallenge };
	return people.kernel.database.change((trx) => people.oauth.tokens.issueCode(trx, wanted));
}

function post(fields: Record<string, string>, options: { basic?: string; json?: boolean } = {}) {
	return people.http.inject({
		method: "POST",
		url: "/oauth/token",
		headers: {
			...(options.basic ? { authorization: `Basic ${Buffer.from(options.basic).toString("base64")}` } : {}),
			...(options.json ? {} : { "content-type": "application/x-www-form-urlencoded" }),
		},
		payload: options.json ? fields : new URLSearchParams(fields).toString(),
	});
}

function pkce(code: string, change: Record<string, string> = {}) {
	return post({
		grant_type: "authorization_code",
		code,
		code_verifier: verifier,
		client_id: panel.id,
		redirect_uri: redirectUri,
		...change,
	});
}

function expectRefusal(answer: Awaited<ReturnType<typeof post>>, error: string) {
	const body = answer.json();
	expect([answer.statusCode, body.error]).toEqual([400, error]);
	expect(body.description).toBe(body.error_description);
	expect(body.description).not.toBe("");
	expect(answer.headers["cache-control"]).toBe("no-store");
}

async function works(token: string): Promise<boolean> {
	const answer = await people.call("GET", "/api/v2/tokens/me", { token });
	if (answer.statusCode >= 400 && answer.statusCode !== 401) throw new Error(answer.body);
	return answer.statusCode === 200;
}

describe("authorization code with PKCE", () => {
	test("brings a token that works, and a refresh token", async () => {
		const answer = await pkce(await newCode());
		expect(answer.statusCode).toBe(200);
		expect(answer.json()).toEqual({
			access_token: expect.stringMatching(/^[\w-]{43}$/),
			token_type: "bearer",
			expires_in: 300,
			refresh_token: expect.stringMatching(/^[\w-]{43}$/),
		});
		expect(await works(answer.json().access_token)).toBe(true);
	});

	const renew = (token: string, more: Record<string, string> = {}) =>
		post({ grant_type: "refresh_token", refresh_token: token, client_id: panel.id, ...more });

	test("a panel's token ran out, as only a client with a secret could renew one", async () => {
		const first = (await pkce(await newCode())).json();
		const second = (await renew(first.refresh_token)).json();
		expect(await works(second.access_token)).toBe(true);
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expectRefusal(await renew(second.refresh_token, { client_secret: "wrong" }), "invalid_client");
	});

	test("an answer that was lost on its way signed the agent out", async () => {
		const first = (await pkce(await newCode())).json();
		expect((await renew(first.refresh_token)).statusCode).toBe(200);
		people.kernel.clock.advance(59_000);
		const again = (await renew(first.refresh_token)).json();
		expect(await works(again.access_token)).toBe(true);
	});

	test("ends the whole family when a used one comes later than any lost answer", async () => {
		const first = (await pkce(await newCode())).json();
		const second = (await renew(first.refresh_token)).json();
		people.kernel.clock.advance(61_000);
		expectRefusal(await renew(first.refresh_token), "invalid_grant");
		expect(await works(second.access_token)).toBe(false);
	});

	test("brings none to a client of the implicit grant", async () => {
		const implicit = (await seedClient(people, { name: "Implicit", grant: "TOKEN", redirectUris: [redirectUri] }))
			.client;
		const answer = await pkce(await newCode(implicit), { client_id: implicit.id });
		expect(answer.json()).not.toHaveProperty("refresh_token");
	});

	test("takes a JSON body too", async () => {
		const fields = { grant_type: "authorization_code", code: await newCode(), code_verifier: verifier };
		const answer = await post({ ...fields, client_id: panel.id, redirect_uri: redirectUri }, { json: true });
		expect(answer.statusCode).toBe(200);
	});

	test("refuses a replayed code and ends the token that it brought", async () => {
		const code = await newCode();
		const token = (await pkce(code)).json().access_token;
		expect(await works(token)).toBe(true);
		expectRefusal(await pkce(code), "invalid_grant");
		expect(await works(token)).toBe(false);
	});

	test("redeems a code once when it comes ten times at once, on two servers", async () => {
		const other = await siblingPeople(people);
		const code = await newCode();
		const redemption = { client: panel, authenticated: false, code, redirectUri, verifier };
		const both = [people.oauth, other.oauth];
		const results = await Promise.all(Array.from({ length: 10 }, (_, i) => both[i % 2]?.tokens.redeemCode(redemption)));
		expect(results.filter((result) => result && "issued" in result)).toHaveLength(1);
		await other.close();
	});

	test("refuses an expired code", async () => {
		const code = await newCode();
		people.kernel.clock.advance(60_000);
		expectRefusal(await pkce(code), "invalid_grant");
	});

	test("refuses a wrong verifier, and the code is used up", async () => {
		const code = await newCode();
		expectRefusal(await pkce(code, { code_verifier: "w".repeat(64) }), "invalid_grant");
		expectRefusal(await pkce(code), "invalid_grant");
	});

	test("refuses another redirect URI", async () => {
		expectRefusal(await pkce(await newCode(), { redirect_uri: `${redirectUri}/` }), "invalid_grant");
	});

	test("refuses another client's code and leaves it good for its own", async () => {
		const code = await newCode();
		expectRefusal(await pkce(code, { client_id: implicit.id }), "invalid_grant");
		expect((await pkce(code)).statusCode).toBe(200);
	});

	test("refuses an unknown code", async () => {
		expectRefusal(await pkce("nonsense"), "invalid_grant");
	});

	test("refuses an unknown client", async () => {
		expectRefusal(await pkce(await newCode(), { client_id: "nobody" }), "invalid_client");
	});

	test("does not let a client skip the verifier by sending its secret", async () => {
		const fields = { grant_type: "authorization_code", code: await newCode(), redirect_uri: redirectUri };
		expectRefusal(await post(fields, { basic: `${panel.id}:${panelSecret}` }), "invalid_grant");
	});

	test("works for a client that is registered for the implicit grant", async () => {
		const code = await newCode(implicit);
		expect((await pkce(code, { client_id: implicit.id })).statusCode).toBe(200);
	});
});

describe("authorization code with secret", () => {
	async function redeem() {
		const fields = { grant_type: "authorization_code", code: await newCode(panel, null), redirect_uri: redirectUri };
		return post(fields, { basic: `${panel.id}:${panelSecret}` });
	}

	test("brings a refresh token", async () => {
		const answer = await redeem();
		expect(answer.statusCode).toBe(200);
		expect(answer.json().refresh_token).toMatch(/^[\w-]{43}$/);
	});

	test("refuses a wrong secret and leaves the code alone", async () => {
		const code = await newCode(panel, null);
		const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
		expectRefusal(await post(fields, { basic: `${panel.id}:wrong` }), "invalid_client");
		expect((await post({ ...fields, client_id: panel.id, client_secret: panelSecret })).statusCode).toBe(200);
	});

	test("refuses a code without challenge to who proves nothing", async () => {
		const code = await newCode(panel, null);
		expectRefusal(await pkce(code), "invalid_grant");
		const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, client_id: panel.id };
		expectRefusal(await post(fields), "invalid_client");
	});

	test("rotates refresh tokens, and a used one ends the whole family", async () => {
		const first = (await redeem()).json();
		const refresh = (token: string) =>
			post({ grant_type: "refresh_token", refresh_token: token }, { basic: `${panel.id}:${panelSecret}` });
		const second = (await refresh(first.refresh_token)).json();
		expect(await works(second.access_token)).toBe(true);
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expectRefusal(await refresh(first.refresh_token), "invalid_grant");
		expect(await works(second.access_token)).toBe(false);
		expectRefusal(await refresh(second.refresh_token), "invalid_grant");
	});

	test("does not refresh without the secret", async () => {
		const { refresh_token } = (await redeem()).json();
		expectRefusal(await post({ grant_type: "refresh_token", refresh_token, client_id: panel.id }), "invalid_client");
	});
});

describe("client credentials", () => {
	const grant = { grant_type: "client_credentials" };

	test("bring a token without a user, judged by roles", async () => {
		const token = (await post(grant, { basic: `${automation.id}:robot-secret` })).json().access_token;
		expect((await people.call("GET", "/api/v2/authorization/roles", { token })).statusCode).toBe(200);
		const me = await people.call("GET", "/api/v2/users/me", { token });
		expect([me.statusCode, me.json().code]).toEqual([400, "not.a.user"]);
	});

	test("refuse a wrong secret, no secret and an unknown client alike", async () => {
		const wrong = await post(grant, { basic: `${automation.id}:wrong` });
		const unknown = await post(grant, { basic: "nobody:wrong" });
		expectRefusal(wrong, "invalid_client");
		expect(unknown.json()).toEqual(wrong.json());
		expectRefusal(await post({ ...grant, client_id: automation.id }), "invalid_client");
		expectRefusal(await post(grant), "invalid_client");
	});

	test("are not for clients of another grant", async () => {
		expectRefusal(await post(grant, { basic: `${panel.id}:${panelSecret}` }), "unauthorized_client");
	});
});

describe("malformed requests", () => {
	test.each([
		[{}, "invalid_request"],
		[{ grant_type: "password" }, "unsupported_grant_type"],
		[{ grant_type: "authorization_code" }, "invalid_request"],
		[{ grant_type: "refresh_token" }, "invalid_request"],
	])("%j is refused as %s", async (fields, error) => {
		expectRefusal(await post(fields as Record<string, string>), error);
	});

	test("an Authorization header that is no Basic one is refused", async () => {
		const headers = { authorization: "Basic :::" };
		const answer = await people.http.inject({
			method: "POST",
			url: "/login/oauth/token",
			headers,
			payload: { grant_type: "client_credentials" },
		});
		expectRefusal(answer, "invalid_client");
	});
});

test("the login host describes itself", async () => {
	const answer = await people.call("GET", "/.well-known/oauth-authorization-server");
	expect(answer.json()).toMatchObject({
		token_endpoint: "http://localhost:8080/oauth/token",
		code_challenge_methods_supported: ["S256"],
	});
});
