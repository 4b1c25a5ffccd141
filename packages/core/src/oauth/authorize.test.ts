import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient, seedUser } from "./seed.ts";

const crm = "https://crm.example";
const redirectUri = `${crm}/cb?from=inlay`;
const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const password = "correct horse";
/** Of the configured address. */
const ownHost = "localhost:8080";
const consoleUri = `http://${ownHost}/admin/`;

let people: TestPeople;
let panelId: string;
let implicitId: string;
let robotId: string;

beforeAll(async () => {
	const demoUsers = () => [{ name: "Bo <Admin>", role: { en: "Administrator" }, username: "bo@x.example", password }];
	people = await testPeople({ config: { demo: true }, ports: { demoUsers, mayFrame: async () => [crm] } });
	for (const [name, email] of [
		["Ann", "ann@x.example"],
		["Bo", "bo@x.example"],
		["Cy", "cy@x.example"],
	] as const) {
		await seedUser(people, { name, email, password, roles: ["agent"] });
	}
	const scopes = ["user-basic-info"];
	const shared = { redirectUris: [redirectUri, consoleUri], scopes };
	panelId = (await seedClient(people, { name: "Pan & el", grant: "CODE", ...shared })).client.id;
	implicitId = (await seedClient(people, { name: "Implicit", grant: "TOKEN", ...shared })).client.id;
	robotId = (await seedClient(people, { name: "Robot", grant: "CLIENT-CREDENTIALS", roles: ["agent"] })).client.id;
});

afterAll(() => people.close());

type Fields = Record<string, string>;

function authorizeUrl(change: Fields = {}): string {
	const fields: Fields = {
		client_id: panelId,
		redirect_uri: redirectUri,
		response_type: "code",
		code_challenge: challenge,
		code_challenge_method: "S256",
		state: "a state/1",
		...change,
	};
	const kept = Object.entries(fields).filter(([, value]) => value !== "");
	return `/oauth/authorize?${new URLSearchParams(kept)}`;
}

function open(change: Fields = {}, headers: Fields = {}) {
	return people.http.inject({ method: "GET", url: authorizeUrl(change), headers: { host: ownHost, ...headers } });
}

async function ticketOf(change: Fields = {}): Promise<string> {
	const page = await open(change);
	return /name="ticket" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
}

function submit(fields: Fields, headers: Fields = {}) {
	return people.http.inject({
		method: "POST",
		url: "/oauth/authorize",
		headers: { host: ownHost, "content-type": "application/x-www-form-urlencoded", ...headers },
		payload: new URLSearchParams(fields).toString(),
	});
}

async function signIn(change: Fields = {}, username = "ann@x.example") {
	return submit({ ticket: await ticketOf(change), username, password });
}

describe("the page", () => {
	test("names the client, escaped, and keeps itself out of the way of others", async () => {
		const page = await open();
		expect(page.statusCode).toBe(200);
		expect(page.body).toContain("to continue to Pan &amp; el");
		expect(page.body).toContain("Continue as Bo &lt;Admin&gt;");
		expect(page.body).not.toContain(password);
		const policy = String(page.headers["content-security-policy"]);
		expect(policy).toContain(`frame-ancestors ${crm}`);
		expect(policy).toContain(`form-action 'self' ${crm}`);
		expect(policy).not.toContain("unsafe");
		expect(page.headers["set-cookie"]).toBeUndefined();
		expect(page.headers["cache-control"]).toBe("no-store");
	});

	test("browsers asked for an icon, which the page's policy refused: it brings its own", async () => {
		const page = await open();
		expect(page.body).toContain('<link rel="icon" href="data:image/svg+xml,');
		expect(String(page.headers["content-security-policy"])).toContain("img-src data:");
	});

	test("speaks the browser's language", async () => {
		expect((await open({}, { "accept-language": "eo;q=0.9, de-AT;q=0.8" })).body).toContain(
			'<html lang="de" dir="ltr">',
		);
		expect((await open({}, { "accept-language": "ar-EG" })).body).toContain('<html lang="ar" dir="rtl">');
		expect((await open({}, { "accept-language": "eo" })).body).toContain('<html lang="en" dir="ltr">');
	});

	test("a link from any page signed its reader in as the demo's administrator: a hint fills in, and somebody clicks", async () => {
		expect((await open({ login_hint: 'a"b' })).body).toContain('value="a&quot;b"');
		const page = await open({ redirect_uri: consoleUri, login_hint: "bo@x.example" });
		expect(page.body).toContain("Continue as Bo");
		expect(page.body).not.toMatch(/data-auto|\.click\(\)/);
	});

	test("prompt=none showed the sign-in page to a client that wanted to be told that nobody is signed in", async () => {
		const answer = await open({ prompt: "none", login_hint: "bo@x.example" });
		expect(answer.statusCode).toBe(302);
		const back = new URL(String(answer.headers.location));
		expect(back.searchParams.get("error")).toBe("login_required");
		expect(back.searchParams.get("error_description")).not.toBe("");
		expect(back.searchParams.get("state")).not.toBe("");
		const mixed = await open({ prompt: "none login" });
		expect(new URL(String(mixed.headers.location)).searchParams.get("error")).toBe("invalid_request");
		expect((await open({ prompt: "select_account login" })).statusCode).toBe(200);
	});

	test("a script with nobody signed in became the administrator by a link: where scripts run, somebody has to click", async () => {
		const page = await open({ login_hint: "bo@x.example" });
		expect(page.body).toContain("Continue as Bo");
		expect(page.body).not.toContain(" data-auto>");
	});

	test("a name of somebody else's that leads to this machine is offered no demo user, and signs none in", async () => {
		expect((await open({}, { host: "evil.example:8080" })).body).not.toContain("Continue as");
		const ticket = await ticketOf();
		const rebound = { host: "evil.example:8080", origin: "http://evil.example:8080", "sec-fetch-site": "same-origin" };
		expect((await submit({ ticket, demo: "bo@x.example" }, rebound)).statusCode).toBe(403);
		const foreign = { origin: "http://localhost:8083" };
		expect((await submit({ ticket, demo: "bo@x.example" }, foreign)).statusCode).toBe(400);
	});
});

describe("what must not leave this server", () => {
	test.each([
		["an unknown client", { client_id: "nobody" }, "is not known"],
		["no client", { client_id: "" }, "is not known"],
		["another redirect URI", { redirect_uri: "https://evil.example/cb" }, "not registered"],
		["a longer redirect URI", { redirect_uri: `${redirectUri}&x=1` }, "not registered"],
		["no redirect URI", { redirect_uri: "" }, "not registered"],
	])("%s is a page, never a redirect", async (_what, change, text) => {
		const page = await open(change);
		expect(page.statusCode).toBe(400);
		expect(page.headers.location).toBeUndefined();
		expect(page.body).toContain(text);
	});

	test("a client of client credentials has no page", async () => {
		expect((await open({ client_id: robotId })).statusCode).toBe(400);
	});

	test("a parameter that comes twice is refused", async () => {
		const page = await people.call("GET", `${authorizeUrl()}&client_id=${implicitId}`);
		expect([page.statusCode, page.headers.location]).toEqual([400, undefined]);
	});

	test("a disabled client has no page, and its open pages sign nobody in", async () => {
		const made = await seedClient(people, { name: "Old", grant: "CODE", redirectUris: [redirectUri] });
		const ticket = await ticketOf({ client_id: made.client.id });
		await people.oauth.clients.update("server", made.client.id, { name: "Old", state: "disabled" });
		expect((await open({ client_id: made.client.id })).statusCode).toBe(400);
		expect((await submit({ ticket, username: "ann@x.example", password })).statusCode).toBe(400);
	});
});

describe("what the client is told", () => {
	test.each([
		[{ response_type: "" }, "invalid_request"],
		[{ response_mode: "fragment" }, "invalid_request"],
		[{ response_mode: "form_post" }, "invalid_request"],
		[{ response_type: "id_token" }, "unsupported_response_type"],
		[{ response_type: "token" }, "unauthorized_client"],
		[{ code_challenge_method: "plain" }, "invalid_request"],
		[{ code_challenge_method: "" }, "invalid_request"],
		[{ code_challenge: "short" }, "invalid_request"],
		[{ org: "acme", provider: "okta" }, "access_denied"],
	] as Array<[Fields, string]>)("%j goes back as %s", async (change, error) => {
		const answer = await open(change);
		expect(answer.statusCode).toBe(302);
		const location = new URL(String(answer.headers.location));
		const told = new URLSearchParams(change.response_type === "token" ? location.hash.slice(1) : location.search);
		expect(location.href.startsWith(redirectUri)).toBe(true);
		expect([told.get("error"), told.get("state")]).toEqual([error, "a state/1"]);
		expect(told.get("error_description")).toBeTruthy();
	});

	test("a client without secret must send a challenge", async () => {
		const change = { client_id: implicitId, code_challenge: "", code_challenge_method: "" };
		expect((await open(change)).headers.location).toContain("error=invalid_request");
	});
});

describe("signing in", () => {
	test("brings a code to the redirect URI, which is good for a token", async () => {
		const answer = await signIn();
		expect(answer.statusCode).toBe(303);
		const location = new URL(String(answer.headers.location));
		expect(location.origin + location.pathname).toBe(`${crm}/cb`);
		expect(location.searchParams.get("from")).toBe("inlay");
		expect(location.searchParams.get("state")).toBe("a state/1");
		const payload = {
			grant_type: "authorization_code",
			code: location.searchParams.get("code"),
			code_verifier: verifier,
			client_id: panelId,
			redirect_uri: redirectUri,
		};
		const token = await people.http.inject({ method: "POST", url: "/oauth/token", payload });
		const me = await people.call("GET", "/api/v2/users/me", { token: token.json().access_token });
		expect(me.json()).toMatchObject({ name: "Ann", username: "ann@x.example" });
	});

	test("brings a token in the fragment where the client is registered so", async () => {
		const change = { client_id: implicitId, response_type: "token", code_challenge: "", code_challenge_method: "" };
		const location = String((await signIn(change)).headers.location);
		const fragment = location.slice(location.indexOf("#") + 1);
		expect(fragment).toMatch(/^access_token=[\w-]{43}&expires_in=86400&token_type=bearer&state=a%20state%2F1$/);
		const token = /access_token=([\w-]+)/.exec(fragment)?.[1] ?? "";
		expect((await people.call("GET", "/api/v2/tokens/me", { token })).statusCode).toBe(200);
	});

	test("says the same for a wrong password and an unknown user", async () => {
		const ticket = await ticketOf();
		const wrong = await submit({ ticket, username: "cy@x.example", password: "wrong" });
		const unknown = await submit({ ticket, username: "nobody@x.example", password: "wrong" });
		expect([wrong.statusCode, unknown.statusCode]).toEqual([403, 403]);
		expect(wrong.headers.location).toBeUndefined();
		const problemOf = (body: string) => /id="problem">([^<]+)/.exec(body)?.[1];
		expect(problemOf(wrong.body)).toBe(problemOf(unknown.body));
		expect(wrong.body).toContain('value="cy@x.example"');
	});

	test("slows guessing down, also at the right password, and lets the user in after the wait", async () => {
		const ticket = await ticketOf();
		const guess = (word: string) => submit({ ticket, username: "CY@x.example", password: word });
		const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => guess(`guess ${i}`)));
		expect(answers.filter((answer) => answer.statusCode === 403).length).toBeLessThanOrEqual(5);
		const blocked = await guess(password);
		expect(blocked.statusCode).toBe(429);
		expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(0);
		expect(blocked.body).toContain("2 minutes");
		people.kernel.clock.advance(120_000);
		expect((await guess(password)).statusCode).toBe(303);
	});

	test("signs a demo user in without a password, and nobody else", async () => {
		const ticket = await ticketOf();
		expect((await submit({ ticket, demo: "bo@x.example" })).statusCode).toBe(303);
		expect((await submit({ ticket, demo: "ann@x.example" })).statusCode).toBe(403);
	});

	test("refuses a forged ticket, and asks again when the page was open for too long", async () => {
		const ticket = await ticketOf();
		const fields = { username: "ann@x.example", password };
		expect((await submit({ ...fields, ticket: `${ticket}x` })).statusCode).toBe(400);
		expect((await submit(fields)).statusCode).toBe(400);
		people.kernel.clock.advance(31 * 60_000);
		const late = await submit({ ...fields, ticket });
		expect([late.statusCode, late.headers.location]).toEqual([400, undefined]);
		expect(late.body).toContain("open for too long");
	});

	test("refuses a form that another site sends", async () => {
		const fields = { ticket: await ticketOf(), username: "ann@x.example", password };
		expect((await submit(fields, { "sec-fetch-site": "cross-site" })).statusCode).toBe(400);
		expect((await submit(fields, { origin: "https://evil.example" })).statusCode).toBe(400);
		expect((await submit(fields, { "sec-fetch-site": "same-origin" })).statusCode).toBe(303);
	});

	test("does not let a deactivated user in", async () => {
		const dora = await seedUser(people, { name: "Dora", email: "dora@x.example", password, roles: [] });
		await people.users.update(dora.id, { state: "inactive" });
		expect((await signIn({}, "dora@x.example")).statusCode).toBe(403);
	});
});

describe("signing out", () => {
	test("leads back to a registered address only", async () => {
		const query = (uri: string) => new URLSearchParams({ client_id: panelId, redirect_uri: uri });
		const good = await people.call("GET", `/logout?${query(redirectUri)}`);
		expect([good.statusCode, good.headers.location]).toEqual([302, redirectUri]);
		const evil = await people.call("GET", `/logout?${query("https://evil.example/")}`);
		expect([evil.statusCode, evil.headers.location]).toEqual([400, undefined]);
		expect((await people.call("GET", `/logout?client_id=${panelId}`)).body).toContain("You are signed out");
	});
});
