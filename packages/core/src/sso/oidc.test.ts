import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectIn, known, type OidcScene, oidcScene } from "./test-support/oidc-scene.ts";
import { alertOf } from "./test-support/scene.ts";

let scene: OidcScene;

beforeAll(async () => {
	scene = await oidcScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe("signing in by npm's oidc-provider", () => {
	test("an account is found by its verified address, then by who the provider knows, also after the address has moved", async () => {
		const user = await scene.person();
		const person = known(user.email.toUpperCase());
		const first = await scene.signIn(person);
		expectIn(first);
		expect((await scene.userOf(first)).id).toBe(user.id);
		const again = await scene.signIn({ ...person, email: "moved@acme.example" });
		expect((await scene.userOf(again)).id).toBe(user.id);
		const events = await scene.people.kernel.told();
		const told = events.filter(({ type, entityId }) => type === "user.signedIn" && entityId === user.id);
		expect(told[0]?.data).toMatchObject({
			factors: ["provider"],
			provider: scene.provider.name,
			clientId: scene.client.id,
		});
	});

	test("the sign-in page offers enabled providers, and a frame opens them in a window of its own", async () => {
		const browser = scene.browser();
		const page = await browser.inlay(scene.authorizePath());
		const [, href = ""] = /class="main way" href="([^"]+)">Continue with/.exec(page.body) ?? [];
		expect(href).toContain(`provider=${scene.provider.name}`);
		const framed = await browser.inlay(scene.authorizePath({ provider: scene.provider.name }), {
			headers: { "sec-fetch-dest": "iframe" },
		});
		expect([framed.statusCode, framed.headers["set-cookie"]]).toEqual([200, undefined]);
		expect(framed.body).toContain("data-blocked=");
		await scene.change({ shown: false });
		expect((await browser.inlay(scene.authorizePath())).body).not.toContain("main way");
	});

	test("a window beside the frame hands over what comes of it, and leads nowhere itself", async () => {
		const user = await scene.person();
		scene.idp.be(known(user.email));
		const browser = scene.browser();
		const answer = await browser.inlay(await scene.away(browser, { window: "1", state: "s1" }));
		expect(answer.statusCode).toBe(200);
		expect(answer.body).toMatch(/data-hand-over="https:\/\/crm\.example\/cb\?code=[\w-]+&amp;state=s1"/);
	});

	test("a refusal left the frame waiting for its window, or was called a success there", async () => {
		const notHere = await scene.leave({ window: "1", provider: "okta" });
		const longState = await scene.leave({ window: "1", state: "s".repeat(513) });
		const malformed = await scene.leave({ window: "1", response_mode: "fragment" });
		for (const answer of [notHere, longState, malformed]) {
			expect([answer.statusCode, answer.headers.location]).toEqual([200, undefined]);
			expect(answer.body).toMatch(/data-hand-over="https:\/\/crm\.example\/cb\?error=\w+&amp;error_description=/);
			expect(answer.body).toContain("<h1>Sign-in is not possible</h1>");
			expect(answer.body).not.toContain("You are signed in.");
		}
		expect(alertOf(notHere)).toBe("This server has no identity provider of that name.");
	});

	test("a script's provider that is none here, or of another organization, is refused by name at the client", async () => {
		const browser = scene.browser();
		const location = async (change: Record<string, string>) =>
			decodeURIComponent(String((await browser.inlay(scene.authorizePath(change))).headers.location));
		expect(await location({ provider: "okta" })).toContain("no identity provider of that name");
		expect(await location({ provider: scene.provider.name, org: "someone-else" })).toContain("access_denied");
		const { name } = await scene.people.users.organization.get();
		expect(await location({ provider: scene.provider.name.toUpperCase(), org: name })).toContain(scene.idp.issuer);
		expect(scene.refused().map(({ reason }) => reason)).toEqual(["sso-unknown-provider", "sso-other-organization"]);
	});

	test("the organization's second factor was asked of somebody whom their provider vouches for", async () => {
		const user = await scene.person();
		await scene.people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
		const answer = await scene.signIn(known(user.email));
		const { refresh_token: token = "" } = await scene.tokenOf(answer);
		const renewed = await scene.token({ grant_type: "refresh_token", refresh_token: token });
		await scene.people.users.organization.updateSettings({ multifactorAuthenticationRequired: false });
		expect(renewed.access_token).toBeTruthy();
	});

	test("signing out here signs out there, and comes back to the client", async () => {
		const user = await scene.person();
		await scene.change(scene.trusted({ endsSession: true }));
		const browser = scene.browser();
		expectIn(await scene.signIn(known(user.email), browser));
		const path = `/logout?client_id=${scene.client.id}&redirect_uri=${encodeURIComponent("https://crm.example/cb")}`;
		const left = await browser.inlay(path);
		const there = new URL(String(left.headers.location));
		expect([there.origin, there.pathname]).toEqual([scene.idp.issuer, "/session/end"]);
		expect(there.searchParams.get("id_token_hint")).toMatch(/^ey/);
		const back = await browser.inlay(`/oauth/sso/signed-out?state=${there.searchParams.get("state")}`);
		expect(back.headers.location).toBe("https://crm.example/cb");
		expect((await browser.inlay("/oauth/sso/signed-out?state=https://evil.example")).headers.location).toBeUndefined();
	});

	test("a provider that did not answer kept somebody signed in", async () => {
		const user = await scene.person();
		await scene.change(scene.trusted({ endsSession: true }));
		const browser = scene.browser();
		expectIn(await scene.signIn(known(user.email), browser));
		const sessions = () => scene.people.kernel.database.db.selectFrom("oauth_sign_in_sessions").selectAll().execute();
		const before = (await sessions()).length;
		scene.people.kernel.clock.advance(11 * 60_000);
		const asked = Promise.withResolvers<ServerResponse>();
		scene.idp.meddling.answer = (_request, response) => {
			asked.resolve(response);
			return true;
		};
		const leaving = browser.inlay(`/logout?client_id=${scene.client.id}`);
		const hanging = await asked.promise;
		expect(await sessions()).toHaveLength(before - 1);
		hanging.writeHead(503).end();
		const left = await leaving;
		scene.people.kernel.clock.step(-11 * 60_000);
		expect([left.statusCode, left.headers["set-cookie"]]).toEqual([200, expect.stringContaining("Max-Age=0")]);
		const [told] = scene.lines.filter(({ event }) => event === "sso.sign-out");
		expect(told).toMatchObject({ provider: scene.provider.name, detail: expect.stringContaining("discovery") });
	});

	test("an administrator tries a provider that is switched off: what came and what it would give, and nobody is signed in", async () => {
		const { users } = scene.people;
		const kind = { type: "official", visibility: "public", rulesVisible: true } as const;
		const group = await users.groups.create("server", { name: "Tried people", ...kind });
		const gifts = [{ group: "support", groupId: group.id }];
		await scene.change({ enabled: false, createsPeople: true, gifts });
		const browser = scene.browser();
		scene.idp.be(known("trial@acme.example", { groups: ["support"] }));
		const made = await scene.admin.call("POST", `/api/inlay/v1/identity-providers/${scene.provider.id}/trials`);
		const { pathname, search } = new URL(made.json().address);
		const begun = await browser.inlay(pathname + search);
		const page = await browser.inlay(await browser.provider(String(begun.headers.location)));
		expect(page.statusCode).toBe(200);
		for (const text of ["trial@acme.example", "Tried people", "A new one would be made."])
			expect(page.body).toContain(text);
		expect(await users.findBySignInName("trial@acme.example")).toBeUndefined();
		expect(page.headers["set-cookie"]).not.toContain("inlay-session");
	});
});

test("each of many who came asked a provider that was away", async () => {
	await scene.change(scene.trusted({ issuer: `${scene.idp.issuer}/away` }));
	let asked = 0;
	scene.idp.meddling.answer = (_request, response) => {
		asked++;
		return Boolean(response.writeHead(503).end());
	};
	const come = () => scene.leave();
	const codes = (await Promise.all([come(), come(), come()])).map(({ statusCode }) => statusCode);
	expect([...codes, (await come()).statusCode, asked]).toEqual([502, 502, 502, 502, 1]);
	scene.people.kernel.clock.advance(11_000);
	await come();
	scene.people.kernel.clock.step(-11_000);
	expect(asked).toBe(2);
});

test("a browser that had begun often carried more than servers in between take, and was let in nowhere", async () => {
	const { email } = await scene.person();
	scene.idp.be(known(email));
	const browser = scene.browser();
	const begun: string[] = [];
	for (let time = 0; time < 9; time++) {
		begun.push(await scene.away(browser, { state: "s".repeat(time < 6 ? 512 : 20) }));
		scene.people.kernel.clock.advance(1000);
	}
	expect(browser.cookies().match(/__Host-inlay-sso-/g)?.length).toBeLessThanOrEqual(5);
	expect(browser.cookies().length).toBeLessThan(8_000);
	scene.people.kernel.clock.step(-9000);
	const [first = "", last = ""] = [begun[0], begun[8]];
	expect((await browser.inlay(first)).statusCode).toBe(403);
	expectIn(await browser.inlay(last));
});

test("a state that no browser carries to a provider and back was taken along", async () => {
	const answer = await scene
		.browser()
		.inlay(scene.authorizePath({ provider: scene.provider.name, state: "s".repeat(513) }));
	expect([answer.statusCode, answer.headers["set-cookie"]]).toEqual([302, undefined]);
	const location = decodeURIComponent(String(answer.headers.location));
	expect(location).toContain("https://crm.example/cb?error=invalid_request");
	expect(location).toContain("state must have at most 512 characters");
});
