import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestBrowser } from "./test-support/browser.ts";
import { clientId, clientSecret, jwt, type Known, type OidcIdp, startOidcIdp } from "./test-support/oidc-idp.ts";
import { alertOf, type SsoScene, ssoScene } from "./test-support/scene.ts";

let scene: SsoScene;
let idp: OidcIdp;
let provider: { id: string; name: string };
let subjects = 0;

beforeAll(async () => {
	scene = await ssoScene();
	const { publicUrl } = scene.people.kernel.config;
	idp = await startOidcIdp([`${publicUrl}/oauth/sso/callback`], [`${publicUrl}/oauth/sso/signed-out`]);
	provider = await scene.addProvider(trusted());
});

afterAll(async () => {
	await idp.close();
	await scene.people.close();
});

beforeEach(async () => {
	delete idp.meddling.answer;
	await scene.changeProvider(provider.id, { ...untouched, oidc: trusted().oidc });
	scene.lines.length = 0;
});

const untouched = {
	enabled: true,
	shown: true,
	createsPeople: false,
	gifts: [],
	allowedGroups: [],
	claims: { address: "email", name: "name", groups: "groups" },
};

function trusted(change: object = {}) {
	const oidc = { issuer: idp.issuer, clientId, clientSecret, acceptsUnmarkedAddresses: false, endsSession: false };
	return { oidc: { ...oidc, ...change }, claims: untouched.claims };
}

function known(email: string, more: Record<string, unknown> = {}): Known {
	return { sub: `sub-${++subjects}`, email, email_verified: true, name: "Ada Agent", groups: [], ...more };
}

/** From the sign-in page to the provider, and with its answer to where it leads. */
async function away(browser: TestBrowser, change: Record<string, string> = {}): Promise<string> {
	const answer = await browser.inlay(scene.authorizePath({ provider: provider.name, ...change }));
	expect(answer.statusCode, answer.body).toBe(302);
	return browser.provider(String(answer.headers.location));
}

async function signIn(person: Known | undefined, browser = scene.browser()): Promise<LightMyRequestResponse> {
	idp.be(person);
	return browser.inlay(await away(browser));
}

const expectIn = (answer: LightMyRequestResponse) =>
	expect([answer.statusCode, String(answer.headers.location).slice(0, 28)], answer.body).toEqual([
		303,
		"https://crm.example/cb?code=",
	]);

describe("signing in by npm's oidc-provider", () => {
	test("an account is found by its verified address, then by who the provider knows, also after the address has moved", async () => {
		const user = await scene.person();
		const person = known(user.email.toUpperCase());
		const first = await signIn(person);
		expectIn(first);
		expect((await scene.userOf(first)).id).toBe(user.id);
		const again = await signIn({ ...person, email: "moved@acme.example" });
		expect((await scene.userOf(again)).id).toBe(user.id);
		const events = await scene.people.kernel.told();
		const told = events.filter(({ type, entityId }) => type === "user.signedIn" && entityId === user.id);
		expect(told[0]?.data).toMatchObject({ factors: ["provider"], provider: provider.name, clientId: scene.client.id });
	});

	test("the sign-in page offers enabled providers, and a frame opens them in a window of its own", async () => {
		const browser = scene.browser();
		const page = await browser.inlay(scene.authorizePath());
		const [, href = ""] = /class="main way" href="([^"]+)">Continue with/.exec(page.body) ?? [];
		expect(href).toContain(`provider=${provider.name}`);
		const framed = await browser.inlay(scene.authorizePath({ provider: provider.name }), {
			headers: { "sec-fetch-dest": "iframe" },
		});
		expect([framed.statusCode, framed.headers["set-cookie"]]).toEqual([200, undefined]);
		expect(framed.body).toContain("data-blocked=");
		await scene.changeProvider(provider.id, { shown: false });
		expect((await browser.inlay(scene.authorizePath())).body).not.toContain("main way");
	});

	test("a window beside the frame hands over what comes of it, and leads nowhere itself", async () => {
		const user = await scene.person();
		idp.be(known(user.email));
		const browser = scene.browser();
		const answer = await browser.inlay(await away(browser, { window: "1", state: "s1" }));
		expect(answer.statusCode).toBe(200);
		expect(answer.body).toMatch(/data-hand-over="https:\/\/crm\.example\/cb\?code=[\w-]+&amp;state=s1"/);
	});

	test("a script's provider that is none here, or of another organization, is refused by name at the client", async () => {
		const browser = scene.browser();
		const location = async (change: Record<string, string>) =>
			decodeURIComponent(String((await browser.inlay(scene.authorizePath(change))).headers.location));
		expect(await location({ provider: "okta" })).toContain("no identity provider of that name");
		expect(await location({ provider: provider.name, org: "someone-else" })).toContain("access_denied");
		const { name } = await scene.people.users.organization.get();
		expect(await location({ provider: provider.name.toUpperCase(), org: name })).toContain(idp.issuer);
		expect(scene.refused().map(({ reason }) => reason)).toEqual(["sso-unknown-provider", "sso-other-organization"]);
	});

	test("the organization's second factor was asked of somebody whom their provider vouches for", async () => {
		const user = await scene.person();
		await scene.people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
		const answer = await signIn(known(user.email));
		const { refresh_token: token = "" } = await scene.tokenOf(answer);
		const renewed = await scene.token({ grant_type: "refresh_token", refresh_token: token });
		await scene.people.users.organization.updateSettings({ multifactorAuthenticationRequired: false });
		expect(renewed.access_token).toBeTruthy();
	});

	test("signing out here signs out there, and comes back to the client", async () => {
		const user = await scene.person();
		await scene.changeProvider(provider.id, trusted({ endsSession: true }));
		const browser = scene.browser();
		expectIn(await signIn(known(user.email), browser));
		const path = `/logout?client_id=${scene.client.id}&redirect_uri=${encodeURIComponent("https://crm.example/cb")}`;
		const left = await browser.inlay(path);
		const there = new URL(String(left.headers.location));
		expect([there.origin, there.pathname]).toEqual([idp.issuer, "/session/end"]);
		expect(there.searchParams.get("id_token_hint")).toMatch(/^ey/);
		const back = await browser.inlay(`/oauth/sso/signed-out?state=${there.searchParams.get("state")}`);
		expect(back.headers.location).toBe("https://crm.example/cb");
		expect((await browser.inlay("/oauth/sso/signed-out?state=https://evil.example")).headers.location).toBeUndefined();
	});

	test("an administrator tries a provider that is switched off: what came and what it would give, and nobody is signed in", async () => {
		const { users } = scene.people;
		const kind = { type: "official", visibility: "public", rulesVisible: true } as const;
		const group = await users.groups.create("server", { name: "Tried people", ...kind });
		const gifts = [{ group: "support", groupId: group.id }];
		await scene.changeProvider(provider.id, { enabled: false, createsPeople: true, gifts });
		const browser = scene.browser();
		idp.be(known("trial@acme.example", { groups: ["support"] }));
		const made = await scene.admin.call("POST", `/api/inlay/v1/identity-providers/${provider.id}/trials`);
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

/** Has the token endpoint answer with this ID token. @param told what the provider tells of the person beside it (userinfo) */
function answerWith(token: (nonce: string) => string, told?: object): void {
	let nonce = "";
	idp.meddling.answer = (request: IncomingMessage, response: ServerResponse) => {
		const url = new URL(request.url ?? "", idp.issuer);
		if (url.pathname === "/auth" && url.searchParams.has("nonce")) nonce = url.searchParams.get("nonce") ?? "";
		const isUserInfo = url.pathname === "/me" && told !== undefined;
		if (url.pathname !== "/token" && !isUserInfo) return false;
		const tokens = () => ({ access_token: "a", token_type: "Bearer", expires_in: 60, id_token: token(nonce) });
		const body = isUserInfo ? { sub: "forged", ...told } : tokens();
		response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
		return true;
	};
}

interface Forgery {
	header?: object;
	claims?: Record<string, unknown>;
	key?: "other" | "none";
}

const { privateKey: otherKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Sound but for what a case changes. */
function forged({ header = {}, claims = {}, key }: Forgery): (nonce: string) => string {
	return (nonce) => {
		const now = Math.floor(Date.now() / 1000);
		const sound = { iss: idp.issuer, aud: clientId, sub: "forged", iat: now, exp: now + 60, nonce };
		const told = { ...sound, email: "victim@acme.example", email_verified: true, groups: [], ...claims };
		const signing = key === "none" ? undefined : key === "other" ? otherKey : idp.privateKey;
		return jwt({ alg: "RS256", kid: "k1", ...header }, told, signing);
	};
}

describe("what does not prove who somebody is lets nobody in", () => {
	test("a token that is sound is taken, so that the others are refused for what is wrong with them", async () => {
		const user = await scene.person("victim@acme.example", "Victim");
		answerWith(forged({}));
		expect((await scene.userOf(await signIn(known("x@acme.example")))).id).toBe(user.id);
	});

	const now = () => Math.floor(scene.people.kernel.clock.now().getTime() / 1000);
	test.each<[string, () => Forgery]>([
		["signed by another key", () => ({ key: "other" })],
		["not signed, and says so (alg none)", () => ({ header: { alg: "none" }, key: "none" })],
		["not signed", () => ({ key: "none" })],
		["of another issuer", () => ({ claims: { iss: "https://evil.example" } })],
		["for another audience", () => ({ claims: { aud: "somebody-else" } })],
		["for several, given to another", () => ({ claims: { aud: [clientId, "other"], azp: "other" } })],
		["for another sign-in (nonce)", () => ({ claims: { nonce: "another" } })],
		["expired beyond the clocks' difference", () => ({ claims: { iat: now() - 400, exp: now() - 62 } })],
		["not good yet beyond the clocks' difference", () => ({ claims: { nbf: now() + 90 } })],
	])("%s", async (_what, forgery) => {
		answerWith(forged(forgery()));
		const answer = await signIn(known("x@acme.example"));
		expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
		expect(alertOf(answer)).toContain("does not prove who you are");
		expect(answer.body).toContain("Try again");
		expect(scene.refused()).toMatchObject([{ reason: "sso-not-proven", clientId: scene.client.id }]);
		expect(scene.refused()[0]?.detail).toMatch(/^idp-\d+: ./);
	});

	test("a token that ended within the clocks' difference was refused", async () => {
		answerWith(forged({ claims: { iat: now() - 400, exp: now() - 40 } }));
		expectIn(await signIn(known("x@acme.example")));
	});
});

describe("an address counts by the mark that was told of it, with it", () => {
	const victim = "victim@acme.example";
	test.each<[string, string, object, object | undefined]>([
		[
			"of another claim's address",
			"upn",
			{ upn: victim, email: "attacker@evil.example", email_verified: true },
			undefined,
		],
		[
			"in the ID token of an address in the user info",
			"email",
			{ email: undefined, email_verified: true },
			{ email: victim },
		],
		[
			"in the user info of an address in the ID token",
			"email",
			{ email: victim, email_verified: undefined, groups: undefined },
			{ email: "attacker@evil.example", email_verified: true, groups: [] },
		],
	])("the mark was taken %s", async (_what, address, claims, told) => {
		if (!(await scene.people.users.findBySignInName(victim))) await scene.person(victim, "Victim");
		await scene.changeProvider(provider.id, { claims: { address } });
		answerWith(forged({ claims: { sub: "forged", ...claims } }), told);
		await scene.people.kernel.database.db.deleteFrom("user_identities").where("subject", "=", "forged").execute();
		expect((await signIn(known("x@acme.example"))).statusCode).toBe(403);
		expect(scene.refused()).toMatchObject([{ reason: "sso-address-unverified" }]);
	});

	test("address and mark both stood in the user info, and were refused", async () => {
		const { email } = await scene.person();
		answerWith(forged({ claims: { sub: "forged", email: undefined, email_verified: undefined } }), {
			...{ email, email_verified: true },
		});
		await scene.people.kernel.database.db.deleteFrom("user_identities").where("subject", "=", "forged").execute();
		expectIn(await signIn(known("x@acme.example")));
	});
});

test.each<[string, (email: string) => unknown]>([
	["a Kelvin sign for a K", (email) => email.replace("k", "\u212a")],
	["a mark without width before it", (email) => `\ufeff${email}`],
	["a hard space after it", (email) => `${email}\u00a0`],
	["a space around it", (email) => ` ${email} `],
	["a NUL in it", (email) => email.replace("@", "\u0000@")],
	["letters of full width", (email) => email.replace("k", "\uff4b")],
	["several addresses", (email) => [email, "attacker@evil.example"]],
	["no address", () => "kim"],
	["something else", () => ({ toString: "kim" })],
])("an address that only looks like somebody's let in who told it: %s", async (_what, told) => {
	const { email } = await scene.person(`kim${++subjects}@acme.example`, "Kim");
	await scene.changeProvider(provider.id, { createsPeople: true });
	const answer = await signIn(known("", { email: told(email) }));
	expect([answer.statusCode, alertOf(answer)]).toEqual([403, expect.stringContaining("no confirmed e-mail address")]);
	expect(scene.refused()).toMatchObject([{ reason: "sso-address-missing" }]);
	expect(scene.refused()[0]?.detail).toContain("email is not one plain address");
});

/** Goes to a provider that says so of itself. */
async function withDiscovery(path: string, told: object): Promise<LightMyRequestResponse> {
	const issuer = `${idp.issuer}/${path}`;
	await scene.changeProvider(provider.id, trusted({ issuer }));
	idp.meddling.answer = (request, response) => {
		if (!request.url?.includes(`/${path}/.well-known/`)) return false;
		const sound = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` };
		response.writeHead(200, { "content-type": "application/json" });
		return Boolean(response.end(JSON.stringify({ ...sound, ...told })));
	};
	return scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
}

test("each of many who came asked a provider that was away", async () => {
	await scene.changeProvider(provider.id, trusted({ issuer: `${idp.issuer}/away` }));
	let asked = 0;
	idp.meddling.answer = (_request, response) => {
		asked++;
		return Boolean(response.writeHead(503).end());
	};
	const come = () => scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
	const codes = (await Promise.all([come(), come(), come()])).map(({ statusCode }) => statusCode);
	expect([...codes, (await come()).statusCode, asked]).toEqual([502, 502, 502, 502, 1]);
	scene.people.kernel.clock.advance(11_000);
	await come();
	scene.people.kernel.clock.step(-11_000);
	expect(asked).toBe(2);
});

test("a browser that had begun often carried more than servers in between take, and was let in nowhere", async () => {
	const { email } = await scene.person();
	idp.be(known(email));
	const browser = scene.browser();
	const begun: string[] = [];
	for (let time = 0; time < 9; time++) {
		begun.push(await away(browser, { state: "s".repeat(time < 6 ? 512 : 20) }));
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
	const answer = await scene.browser().inlay(scene.authorizePath({ provider: provider.name, state: "s".repeat(513) }));
	expect([answer.statusCode, answer.headers["set-cookie"]]).toEqual([302, undefined]);
	const location = decodeURIComponent(String(answer.headers.location));
	expect(location).toContain("https://crm.example/cb?error=invalid_request");
	expect(location).toContain("state must have at most 512 characters");
});

/** Each reason for which somebody whom the provider knows, or another page, is not let in: what they do, and what they read. */
const refusals: Record<string, { reason: string; reads: string; way: () => Promise<LightMyRequestResponse> }> = {
	"the answer comes back in another browser": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			idp.be(known((await scene.person()).email));
			const address = await away(scene.browser());
			return scene.browser().inlay(address);
		},
	},
	"the same answer comes again": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await away(browser);
			expectIn(await browser.inlay(address));
			return browser.inlay(address);
		},
	},
	"the answer carries another state": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await away(browser);
			return browser.inlay(address.replace(/state=[^&]+/, `state=${"s".repeat(43)}`));
		},
	},
	"it took too long": {
		reason: "sso-other-browser",
		reads: "too long ago",
		way: async () => {
			idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await away(browser);
			scene.people.kernel.clock.advance(16 * 60_000);
			const answer = await browser.inlay(address);
			scene.people.kernel.clock.step(-16 * 60_000);
			return answer;
		},
	},
	"the person cancels at the provider": {
		reason: "sso-provider-refused",
		reads: "has not signed you in",
		way: () => signIn(undefined),
	},
	"the provider is not there": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.changeProvider(provider.id, trusted({ issuer: "http://127.0.0.1:9" }));
			return scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
		},
	},
	"the provider leads into the own network": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.changeProvider(provider.id, trusted({ issuer: "http://localhost:9" }));
			return scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
		},
	},
	"the provider answers with a redirect": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.changeProvider(provider.id, trusted({ issuer: `${idp.issuer}/elsewhere` }));
			idp.meddling.answer = (_request, response) => Boolean(response.writeHead(302, { location: "/" }).end());
			return scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
		},
	},
	"the provider answers without end": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.changeProvider(provider.id, trusted({ issuer: `${idp.issuer}/large` }));
			idp.meddling.answer = (_request, response) => Boolean(response.writeHead(200).end("x".repeat(600_000)));
			return scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
		},
	},
	"the provider's sign-in page is a script": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: () => withDiscovery("script", { authorization_endpoint: "javascript:alert(1)" }),
	},
	"the provider has no sign-in page": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: () => withDiscovery("nowhere", { authorization_endpoint: undefined }),
	},
	"the client's secret is wrong": {
		reason: "sso-not-proven",
		reads: "does not prove who you are",
		way: async () => {
			await scene.changeProvider(provider.id, trusted({ clientSecret: "another" }));
			return signIn(known((await scene.person()).email));
		},
	},
	"the address is not verified": {
		reason: "sso-address-unverified",
		reads: "no confirmed e-mail address",
		way: async () => signIn(known((await scene.person()).email, { email_verified: false })),
	},
	"the address is not marked as verified": {
		reason: "sso-address-unverified",
		reads: "no confirmed e-mail address",
		way: async () => signIn(known((await scene.person()).email, { email_verified: undefined })),
	},
	"no address is told": {
		reason: "sso-address-missing",
		reads: "no confirmed e-mail address",
		way: () => signIn(known("", { email: undefined })),
	},
	"nobody has the address here": {
		reason: "sso-no-account",
		reads: "no account for your e-mail address",
		way: () => signIn(known("nobody@acme.example")),
	},
	"the address is one that another person of the provider signs in with": {
		reason: "sso-address-taken",
		reads: "knows as somebody else",
		way: async () => {
			const user = await scene.person();
			expectIn(await signIn(known(user.email)));
			return signIn(known(user.email));
		},
	},
	"the address is another account's user name": {
		reason: "sso-no-account",
		reads: "no account for your e-mail address",
		way: async () => {
			await scene.changeProvider(provider.id, { createsPeople: true });
			const name = `login${++subjects}@acme.example`;
			await scene.people.users.create({ name: "Other", email: `o${subjects}@acme.example`, username: name });
			return signIn(known(name));
		},
	},
	"they are in no group that may": {
		reason: "sso-not-allowed",
		reads: "in no group that may sign in here",
		way: async () => {
			await scene.changeProvider(provider.id, { allowedGroups: ["support"] });
			return signIn(known((await scene.person()).email, { groups: ["sales"] }));
		},
	},
	"their account is out of use": {
		reason: "inactive-user",
		reads: "out of use",
		way: async () => {
			const user = await scene.person();
			await scene.people.users.update(user.id, { state: "inactive" });
			return signIn(known(user.email));
		},
	},
	"the provider was switched off meanwhile": {
		reason: "sso-unknown-provider",
		reads: "no identity provider of that name",
		way: async () => {
			idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await away(browser);
			await scene.changeProvider(provider.id, { enabled: false });
			return browser.inlay(address);
		},
	},
	"a trial's address is not of this server's making": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: () => scene.browser().inlay("/oauth/sso/try?ticket=abc"),
	},
};

test.each(Object.entries(refusals))(
	"nobody is let in, and person and operator learn why: %s",
	async (_what, { reason, reads, way }) => {
		const answer = await way();
		expect([answer.statusCode >= 400, answer.headers.location], answer.body).toEqual([true, undefined]);
		expect(alertOf(answer)).toContain(reads);
		expect(scene.refused().map((line) => line.reason)).toEqual([reason]);
		const events = await scene.people.kernel.told();
		expect(events.findLast(({ type }) => type === "signIn.refused")?.data).toMatchObject({ reason });
		expect(JSON.stringify(scene.lines)).not.toContain(clientSecret);
	},
);

test("from an address that the organization does not let in, nobody leaves for a provider", async () => {
	await scene.people.users.organization.updateSettings({ ipAddressAllowlist: ["192.0.2.1"] });
	const answer = await scene.browser().inlay(scene.authorizePath({ provider: provider.name }));
	await scene.people.users.organization.updateSettings({ ipAddressAllowlist: [] });
	expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
	expect(scene.refused()).toMatchObject([{ reason: "address-not-allowed" }]);
});

describe("who has no account, and what groups give", () => {
	const kind = { type: "official", visibility: "public", rulesVisible: true } as const;
	let names = 0;

	async function things() {
		const { users, authorization } = scene.people;
		const group = await users.groups.create("server", { name: `Mapped ${++names}`, ...kind });
		const roleId = await scene.givers.role("conversation:call:add");
		return { group, roleId, home: await authorization.homeDivisionId() };
	}

	async function heldBy(userId: string) {
		const { users, authorization } = scene.people;
		const roles = (await authorization.grants.own(userId)).map(({ roleId, divisionId }) => `${roleId}@${divisionId}`);
		return { groups: await users.groups.groupsOf(userId), roles };
	}

	test("an account is made with what everybody and what their groups get", async () => {
		const { group, roleId, home } = await things();
		const division = await scene.givers.division();
		const gifts = [{ groupId: group.id }, { group: "support", roleId, divisionId: home }];
		const changed = await scene.changeProvider(provider.id, { createsPeople: true, divisionId: division, gifts });
		expect(changed.statusCode, changed.body).toBe(200);
		const answer = await signIn(known(`new${++names}@acme.example`, { name: "New\u0000 Person", groups: ["support"] }));
		const made = await scene.userOf(answer);
		expect(made).toMatchObject({ email: `new${names}@acme.example`, name: "New Person" });
		expect((await scene.people.users.get(made.id)).divisionId).toBe(division);
		expect(await heldBy(made.id)).toEqual({ groups: [group.id], roles: [`${roleId}@${home}`] });
		const told = (await scene.people.kernel.told()).findLast(({ type }) => type === "user.identity.told");
		expect(told).toMatchObject({ entityId: made.id, data: { provider: provider.name, created: true, bound: true } });
	});

	test("what a group gives goes with it, what one had from elsewhere stays, and silence takes nothing", async () => {
		const { group, roleId, home } = await things();
		const own = await scene.givers.role("conversation:call:view");
		const gifts = [
			{ group: "support", groupId: group.id },
			{ group: "support", roleId, divisionId: home },
			{ group: "support", roleId: own, divisionId: home },
		];
		await scene.changeProvider(provider.id, { gifts });
		const user = await scene.person();
		await scene.people.authorization.grant(user.id, own, home);
		const person = known(user.email, { groups: "support" });
		expectIn(await signIn(person));
		const all = { groups: [group.id], roles: [`${own}@${home}`, `${roleId}@${home}`].sort() };
		expect({ ...(await heldBy(user.id)), roles: (await heldBy(user.id)).roles.sort() }).toEqual(all);
		expectIn(await signIn({ ...person, groups: undefined }));
		expect((await heldBy(user.id)).groups).toEqual([group.id]);
		expectIn(await signIn({ ...person, groups: [] }));
		expect(await heldBy(user.id)).toEqual({ groups: [], roles: [`${own}@${home}`] });
		expectIn(await signIn(person));
		expect((await heldBy(user.id)).groups).toEqual([group.id]);
	});

	test("a provider took the last administrator's rights", async () => {
		const { authorization, users } = scene.people;
		const admin = await authorization.defaultRole("admin");
		const gifts = [{ group: "bosses", roleId: admin.id, divisionId: "*" }];
		await scene.changeProvider(provider.id, { gifts });
		const boss = await scene.givers.person([]);
		const person = known(boss.user.email, { groups: ["bosses"] });
		expectIn(await signIn(person));
		const own = (await authorization.grants.own(scene.admin.user.id))[0];
		if (!own) throw new Error("The administrator holds nothing.");
		const { roleId, divisionId } = own;
		await authorization.grants.revoke("server", { subjectId: scene.admin.user.id, roleId, divisionId });
		expectIn(await signIn({ ...person, groups: [] }));
		expect(await authorization.hasAdministrator()).toBe(true);
		expect(scene.lines).toContainEqual(expect.objectContaining({ event: "sso.last-administrator" }));
		await authorization.grant(scene.admin.user.id, roleId, divisionId);
		expectIn(await signIn({ ...person, groups: [] }));
		expect((await heldBy(boss.user.id)).roles).toEqual([]);
		await users.remove(boss.user.id);
	});

	test("who was deleted here had the provider's person for ever", async () => {
		const first = await scene.person();
		const person = known(first.email);
		expectIn(await signIn(person));
		await scene.people.users.remove(first.id);
		const second = await scene.person(first.email, "Again");
		expect((await scene.userOf(await signIn(person))).id).toBe(second.id);
	});
});
