import { createHash } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import type { OAuthClient } from "./model.ts";
import { seedClient, seedUser } from "./seed.ts";

const panel = "http://localhost:8083";
const redirectUri = `${panel}/crm/index.html`;
const otherUri = `${panel}/crm/other.html`;
const password = "correct horse";
const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const scopes = ["user-basic-info", "users"];

let people: TestPeople;
let implicit: OAuthClient;
let second: OAuthClient;
let coded: OAuthClient;
let ann: User;
let robot: OAuthClient;
let admin: string;
let count = 0;

beforeAll(async () => {
	people = await testPeople({ config: { panelUrl: panel } });
	const shared = { redirectUris: [redirectUri, otherUri], scopes };
	implicit = (await seedClient(people, { name: "Implicit", grant: "TOKEN", ...shared })).client;
	second = (await seedClient(people, { name: "Second", grant: "TOKEN", ...shared })).client;
	coded = (await seedClient(people, { name: "Coded", grant: "CODE", ...shared })).client;
	robot = (await seedClient(people, { name: "Robot", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
});
afterAll(() => people.close());

beforeEach(async () => {
	ann = await newUser();
	admin = (await people.oauth.issueToken({ clientId: robot.id })).accessToken;
	await people.users.organization.updateSettings({ idleTokenTimeoutEnabled: false, sessionLimitSeconds: 30 * 86_400 });
});

function newUser(): Promise<User> {
	const email = `user${++count}@x.example`;
	return seedUser(people, { name: `User ${count}`, email, password, roles: ["agent"] });
}

/** A browser, as far as it keeps the session's cookie. */
class Browser {
	cookie = "";

	async open(change: Record<string, string> = {}): Promise<LightMyRequestResponse> {
		const fields = { client_id: implicit.id, redirect_uri: redirectUri, response_type: "token", state: "s", ...change };
		const code = fields.response_type === "code" && { code_challenge: challenge, code_challenge_method: "S256" };
		return this.ask("GET", `/oauth/authorize?${new URLSearchParams({ ...fields, ...code })}`);
	}

	/** By hand. @returns what the client is told */
	async signIn({ email }: User, change: Record<string, string> = {}): Promise<URLSearchParams> {
		const ticket = /name="ticket" value="([^"]+)"/.exec((await this.open(change)).body)?.[1] ?? "";
		return told(await this.ask("POST", "/oauth/authorize", { ticket, username: email, password }));
	}

	async silently(change: Record<string, string> = {}): Promise<URLSearchParams> {
		return told(await this.open({ ...change, prompt: "none" }));
	}

	/** As the panel's own page asks. */
	renew(token: string, origin = panel): Promise<LightMyRequestResponse> {
		return this.ask("POST", "/oauth/token", { grant_type: "urn:inlay:sign-in-session", token }, { origin });
	}

	async ask(method: "GET" | "POST", url: string, form?: Record<string, string>, extra: Record<string, string> = {}) {
		const headers = { ...extra, ...(this.cookie ? { cookie: this.cookie } : {}) };
		const type = { "content-type": "application/x-www-form-urlencoded" };
		const sent = form
			? { headers: { ...headers, ...type }, payload: new URLSearchParams(form).toString() }
			: { headers };
		const answer = await people.http.inject({ method, url, ...sent });
		const set = [answer.headers["set-cookie"] ?? []].flat().find((one) => one.startsWith("__Host-inlay-session="));
		if (set) this.cookie = set.split(";")[0] ?? "";
		return answer;
	}
}

function told(answer: LightMyRequestResponse): URLSearchParams {
	const { hash, search } = new URL(String(answer.headers.location));
	return new URLSearchParams(hash ? hash.slice(1) : search);
}

async function userOf(token: string | null): Promise<string | undefined> {
	return (await people.oauth.authenticate(token ?? ""))?.userId;
}

describe("prompt=none answered login_required to somebody who had just signed in", () => {
	test("so the implicit grant gets another token of the same sign-in, and the state comes back", async () => {
		const browser = new Browser();
		const first = (await browser.signIn(ann)).get("access_token");
		const answer = await browser.silently();
		expect([answer.get("state"), answer.get("token_type")]).toEqual(["s", "bearer"]);
		expect(answer.get("access_token")).not.toBe(first);
		expect(await userOf(answer.get("access_token"))).toBe(ann.id);
	});

	test("and the code grant gets a code, whose token keeps the sign-in's own end", async () => {
		const limit = { sessionLimitSeconds: 7_200 };
		const browser = new Browser();
		const change = { client_id: coded.id, response_type: "code" };
		await browser.signIn(ann, change);
		await people.users.organization.updateSettings(limit);
		people.kernel.clock.advance(3_600_000);
		const code = (await browser.silently(change)).get("code") ?? "";
		const answer = await redeem(code);
		expect(answer.statusCode).toBe(200);
		expect(answer.json().expires_in).toBeLessThanOrEqual(3_600);
	});

	test("and the panel's own page gets one by its token and the cookie, also when the token has run out", async () => {
		const browser = new Browser();
		const answer = await browser.signIn(ann);
		people.kernel.clock.advance((Number(answer.get("expires_in")) + 60) * 1000);
		const renewed = await browser.renew(answer.get("access_token") ?? "");
		expect(await userOf(renewed.json().access_token)).toBe(ann.id);
		expect(renewed.headers["access-control-allow-credentials"]).toBe("true");
		expect(renewed.headers["access-control-allow-origin"]).toBe(panel);
	});

	test("a browser that keeps no cookie in the frame is told so, and nobody else is troubled", async () => {
		const token = (await new Browser().signIn(ann)).get("access_token") ?? "";
		const browser = new Browser();
		expect((await browser.silently()).get("error")).toBe("login_required");
		const before = (await people.kernel.told()).length;
		expect((await browser.renew(token)).json().error).toBe("login_required");
		expect((await people.kernel.told()).length).toBe(before);
	});
});

describe("what ends a sign-in ended its tokens and left a way to have others", () => {
	const ends: Array<[string, (first: string) => Promise<unknown>]> = [
		["signing out", (token) => people.call("DELETE", "/api/v2/tokens/me", { token })],
		["being signed out by somebody", () => people.call("DELETE", `/api/v2/tokens/${ann.id}`, { token: admin })],
		["another password", () => people.users.authentication.passwords.reset(ann, "another correct horse")],
		["deactivation", () => people.users.update(ann.id, { state: "inactive" })],
		["the sign-in's own end", async () => void people.kernel.clock.advance(31 * 86_400_000)],
		["the client's end", () => endClient(second)],
	];
	test.each(ends)("%s", async (_what, end) => {
		const browser = new Browser();
		const first = (await browser.signIn(ann, { client_id: second.id })).get("access_token") ?? "";
		expect((await browser.silently({ client_id: second.id })).get("access_token")).not.toBeNull();
		await end(first);
		const answer = await browser.open({ client_id: second.id, prompt: "none" });
		expect(answer.headers.location ?? "").not.toContain("access_token");
		expect((await browser.renew(first)).statusCode).toBe(400);
	});

	test("the way out by /logout, which costs a token in use nothing", async () => {
		const browser = new Browser();
		const token = (await browser.signIn(ann)).get("access_token");
		const gone = await browser.ask(
			"GET",
			`/logout?${new URLSearchParams({ client_id: implicit.id, redirect_uri: redirectUri })}`,
		);
		expect([gone.headers.location, browser.cookie]).toEqual([redirectUri, "__Host-inlay-session="]);
		expect((await browser.silently()).get("error")).toBe("login_required");
		expect(await userOf(token)).toBe(ann.id);
	});

	test("nobody having used it for too long, although it was renewed all the while", async () => {
		await people.users.organization.updateSettings({ idleTokenTimeoutEnabled: true, idleTokenTimeoutSeconds: 600 });
		const browser = new Browser();
		await browser.signIn(ann);
		people.kernel.clock.advance(400_000);
		expect((await browser.silently()).get("access_token")).not.toBeNull();
		people.kernel.clock.advance(400_000);
		expect((await browser.silently()).get("error")).toBe("login_required");
	});

	test("signing out between a code and its redemption", async () => {
		const browser = new Browser();
		const change = { client_id: coded.id, response_type: "code" };
		const first = await redeem((await browser.signIn(ann, change)).get("code") ?? "");
		const code = (await browser.silently(change)).get("code") ?? "";
		await people.call("DELETE", "/api/v2/tokens/me", { token: first.json().access_token });
		expect((await redeem(code)).json().error).toBe("invalid_grant");
	});
});

describe("a session is never somebody else's", () => {
	test("two people in two tabs of one browser: the second's session renews nothing of the first's", async () => {
		const ben = await newUser();
		const browser = new Browser();
		const anns = (await browser.signIn(ann)).get("access_token") ?? "";
		await browser.signIn(ben);
		expect((await browser.renew(anns)).json().error).toBe("login_required");
		expect((await browser.silently({ login_hint: ann.email })).get("error")).toBe("login_required");
		const bens = await browser.silently({ login_hint: ben.email });
		expect(await userOf(bens.get("access_token"))).toBe(ben.id);
	});

	test("a client, or a redirect URI, to which nobody has signed in by hand gets nothing", async () => {
		const browser = new Browser();
		const token = (await browser.signIn(ann)).get("access_token") ?? "";
		expect((await browser.silently({ client_id: coded.id, response_type: "code" })).get("error")).toBe(
			"login_required",
		);
		expect((await browser.silently({ redirect_uri: otherUri })).get("error")).toBe("login_required");
		const foreign = await browser.open({ redirect_uri: "https://evil.example/cb", prompt: "none" });
		expect([foreign.statusCode, foreign.headers.location]).toEqual([400, undefined]);
		for (const origin of ["https://evil.example", "null", `${panel}.evil.example`]) {
			const answer = await browser.renew(token, origin);
			expect([answer.statusCode, answer.headers["access-control-allow-credentials"]]).toEqual([400, undefined]);
		}
	});

	test("a cookie that somebody planted is given up at the sign-in, and is worth nothing to them", async () => {
		const [attacker, victim] = [new Browser(), new Browser()];
		const mallory = await newUser();
		await attacker.signIn(mallory);
		victim.cookie = attacker.cookie;
		await victim.signIn(ann);
		expect(victim.cookie).not.toBe(attacker.cookie);
		expect((await attacker.silently()).get("error")).toBe("login_required");
		expect(await userOf((await victim.silently()).get("access_token"))).toBe(ann.id);
	});

	test("two clients in one browser keep each its own, and both go on", async () => {
		const browser = new Browser();
		await browser.signIn(ann);
		await browser.signIn(ann, { client_id: coded.id, response_type: "code" });
		expect((await browser.silently()).get("access_token")).not.toBeNull();
		expect((await browser.silently({ client_id: coded.id, response_type: "code" })).get("code")).not.toBeNull();
	});

	test("the cookie is for no script, no other host and no other site's frames", async () => {
		const browser = new Browser();
		const ticket = /name="ticket" value="([^"]+)"/.exec((await browser.open()).body)?.[1] ?? "";
		const answer = await browser.ask("POST", "/oauth/authorize", { ticket, username: ann.email, password });
		const cookie = [answer.headers["set-cookie"] ?? []].flat().find((one) => one.startsWith("__Host-inlay-session="));
		expect(cookie?.split("; ").slice(1)).toEqual(["Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned"]);
		// No sign-in happens by another site's form, so nobody is signed in as somebody else behind their back.
		const forged = await browser.ask(
			"POST",
			"/oauth/authorize",
			{ ticket, username: ann.email, password },
			{ "sec-fetch-site": "cross-site" },
		);
		expect([forged.statusCode, forged.headers["set-cookie"]]).toEqual([400, undefined]);
	});
});

function redeem(code: string) {
	const fields = { client_id: coded.id, redirect_uri: redirectUri, code_verifier: verifier };
	const payload = { grant_type: "authorization_code", code, ...fields };
	return people.http.inject({ method: "POST", url: "/oauth/token", payload });
}

async function endClient({ id }: OAuthClient): Promise<void> {
	await people.oauth.clients.update("server", id, { name: "Second", state: "disabled" });
}
