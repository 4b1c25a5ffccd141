import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientId, jwt } from "./test-support/oidc-idp.ts";
import { expectIn, known, type OidcScene, oidcScene } from "./test-support/oidc-scene.ts";
import { alertOf } from "./test-support/scene.ts";

let scene: OidcScene;

beforeAll(async () => {
	scene = await oidcScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

/** Has the token endpoint answer with this ID token. @param told what the provider tells of the person beside it (userinfo) */
function answerWith(token: (nonce: string) => string, told?: object): void {
	let nonce = "";
	scene.idp.meddling.answer = (request: IncomingMessage, response: ServerResponse) => {
		const url = new URL(request.url ?? "", scene.idp.issuer);
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
		const sound = { iss: scene.idp.issuer, aud: clientId, sub: "forged", iat: now, exp: now + 60, nonce };
		const told = { ...sound, email: "victim@acme.example", email_verified: true, groups: [], ...claims };
		const signing = key === "none" ? undefined : key === "other" ? otherKey : scene.idp.privateKey;
		return jwt({ alg: "RS256", kid: "k1", ...header }, told, signing);
	};
}

describe("what does not prove who somebody is lets nobody in", () => {
	test("a token that is sound is taken, so that the others are refused for what is wrong with them", async () => {
		const user = await scene.person("victim@acme.example", "Victim");
		answerWith(forged({}));
		expect((await scene.userOf(await scene.signIn(known("x@acme.example")))).id).toBe(user.id);
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
		const answer = await scene.signIn(known("x@acme.example"));
		expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
		expect(alertOf(answer)).toContain("does not prove who you are");
		expect(answer.body).toContain("Try again");
		expect(scene.refused()).toMatchObject([{ reason: "sso-not-proven", clientId: scene.client.id }]);
		expect(scene.refused()[0]?.detail).toMatch(/^idp-\d+: ./);
	});

	test("a token that ended within the clocks' difference was refused", async () => {
		answerWith(forged({ claims: { iat: now() - 400, exp: now() - 40 } }));
		expectIn(await scene.signIn(known("x@acme.example")));
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
		await scene.change({ claims: { address } });
		answerWith(forged({ claims: { sub: "forged", ...claims } }), told);
		await scene.people.kernel.database.db.deleteFrom("user_identities").where("subject", "=", "forged").execute();
		expect((await scene.signIn(known("x@acme.example"))).statusCode).toBe(403);
		expect(scene.refused()).toMatchObject([{ reason: "sso-address-unverified" }]);
	});

	test("address and mark both stood in the user info, and were refused", async () => {
		const { email } = await scene.person();
		answerWith(forged({ claims: { sub: "forged", email: undefined, email_verified: undefined } }), {
			...{ email, email_verified: true },
		});
		await scene.people.kernel.database.db.deleteFrom("user_identities").where("subject", "=", "forged").execute();
		expectIn(await scene.signIn(known("x@acme.example")));
	});
});

let kims = 0;

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
	const { email } = await scene.person(`kim${++kims}@acme.example`, "Kim");
	await scene.change({ createsPeople: true });
	const answer = await scene.signIn(known("", { email: told(email) }));
	expect([answer.statusCode, alertOf(answer)]).toEqual([403, expect.stringContaining("no confirmed e-mail address")]);
	expect(scene.refused()).toMatchObject([{ reason: "sso-address-missing" }]);
	expect(scene.refused()[0]?.detail).toContain("email is not one plain address");
});
