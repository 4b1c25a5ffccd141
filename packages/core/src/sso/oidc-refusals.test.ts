import type { ServerResponse } from "node:http";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isAway, isJudgement, ProviderAway } from "./causes.ts";
import { clientSecret } from "./test-support/oidc-idp.ts";
import { expectIn, known, type OidcScene, oidcScene } from "./test-support/oidc-scene.ts";
import { alertOf } from "./test-support/scene.ts";

let scene: OidcScene;

beforeAll(async () => {
	scene = await oidcScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

/** Goes to a provider that says so of itself. */
async function withDiscovery(path: string, told: object): Promise<LightMyRequestResponse> {
	const issuer = `${scene.idp.issuer}/${path}`;
	await scene.change(scene.trusted({ issuer }));
	scene.idp.meddling.answer = (request, response) => {
		if (!request.url?.includes(`/${path}/.well-known/`)) return false;
		const sound = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` };
		response.writeHead(200, { "content-type": "application/json" });
		return Boolean(response.end(JSON.stringify({ ...sound, ...told })));
	};
	return scene.leave();
}

/** Somebody signs in at a provider whose token endpoint answers so. */
async function withTokenEndpoint(answer: (response: ServerResponse) => unknown): Promise<LightMyRequestResponse> {
	scene.idp.meddling.answer = (request, response) => {
		if (!request.url?.startsWith("/token")) return false;
		answer(response);
		return true;
	};
	return scene.signIn(known((await scene.person()).email));
}

/** Each reason for which somebody whom the provider knows, or another page, is not let in: what they do, and what they read. */
const refusals: Record<string, { reason: string; reads: string; way: () => Promise<LightMyRequestResponse> }> = {
	"the answer comes back in another browser": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			scene.idp.be(known((await scene.person()).email));
			const address = await scene.away(scene.browser());
			return scene.browser().inlay(address);
		},
	},
	"the same answer comes again": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			scene.idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await scene.away(browser);
			expectIn(await browser.inlay(address));
			return browser.inlay(address);
		},
	},
	"the answer carries another state": {
		reason: "sso-other-browser",
		reads: "not begun in this browser",
		way: async () => {
			scene.idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await scene.away(browser);
			return browser.inlay(address.replace(/state=[^&]+/, `state=${"s".repeat(43)}`));
		},
	},
	"it took too long": {
		reason: "sso-other-browser",
		reads: "too long ago",
		way: async () => {
			scene.idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await scene.away(browser);
			scene.people.kernel.clock.advance(16 * 60_000);
			const answer = await browser.inlay(address);
			scene.people.kernel.clock.step(-16 * 60_000);
			return answer;
		},
	},
	"the person cancels at the provider": {
		reason: "sso-provider-refused",
		reads: "has not signed you in",
		way: () => scene.signIn(undefined),
	},
	"the provider is not there": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.change(scene.trusted({ issuer: "http://127.0.0.1:9" }));
			return scene.leave();
		},
	},
	"the provider leads into the own network": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.change(scene.trusted({ issuer: "http://localhost:9" }));
			return scene.leave();
		},
	},
	"the provider answers with a redirect": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.change(scene.trusted({ issuer: `${scene.idp.issuer}/elsewhere` }));
			scene.idp.meddling.answer = (_request, response) => Boolean(response.writeHead(302, { location: "/" }).end());
			return scene.leave();
		},
	},
	"the provider answers without end": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: async () => {
			await scene.change(scene.trusted({ issuer: `${scene.idp.issuer}/large` }));
			scene.idp.meddling.answer = (_request, response) => Boolean(response.writeHead(200).end("x".repeat(600_000)));
			return scene.leave();
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
	"the provider's error page stands where its tokens should be": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: () => withTokenEndpoint((response) => response.writeHead(503).end("away")),
	},
	"the provider hangs up as it is asked for tokens": {
		reason: "sso-unreachable",
		reads: "does not answer as it should",
		way: () => withTokenEndpoint((response) => response.destroy()),
	},
	"the client's secret is wrong": {
		reason: "sso-not-proven",
		reads: "does not prove who you are",
		way: async () => {
			await scene.change(scene.trusted({ clientSecret: "another" }));
			return scene.signIn(known((await scene.person()).email));
		},
	},
	"the address is not verified": {
		reason: "sso-address-unverified",
		reads: "no confirmed e-mail address",
		way: async () => scene.signIn(known((await scene.person()).email, { email_verified: false })),
	},
	"the address is not marked as verified": {
		reason: "sso-address-unverified",
		reads: "no confirmed e-mail address",
		way: async () => scene.signIn(known((await scene.person()).email, { email_verified: undefined })),
	},
	"no address is told": {
		reason: "sso-address-missing",
		reads: "no confirmed e-mail address",
		way: () => scene.signIn(known("", { email: undefined })),
	},
	"nobody has the address here": {
		reason: "sso-no-account",
		reads: "no account for your e-mail address",
		way: () => scene.signIn(known("nobody@acme.example")),
	},
	"the address is one that another person of the provider signs in with": {
		reason: "sso-address-taken",
		reads: "knows as somebody else",
		way: async () => {
			const user = await scene.person();
			expectIn(await scene.signIn(known(user.email)));
			return scene.signIn(known(user.email));
		},
	},
	"the address is another account's user name": {
		reason: "sso-no-account",
		reads: "no account for your e-mail address",
		way: async () => {
			await scene.change({ createsPeople: true });
			const name = "login@acme.example";
			await scene.people.users.create({ name: "Other", email: "other@acme.example", username: name });
			return scene.signIn(known(name));
		},
	},
	"they are in no group that may": {
		reason: "sso-not-allowed",
		reads: "in no group that may sign in here",
		way: async () => {
			await scene.change({ allowedGroups: ["support"] });
			return scene.signIn(known((await scene.person()).email, { groups: ["sales"] }));
		},
	},
	"their account is out of use": {
		reason: "inactive-user",
		reads: "out of use",
		way: async () => {
			const user = await scene.person();
			await scene.people.users.update(user.id, { state: "inactive" });
			return scene.signIn(known(user.email));
		},
	},
	"the provider was switched off meanwhile": {
		reason: "sso-unknown-provider",
		reads: "no identity provider of that name",
		way: async () => {
			scene.idp.be(known((await scene.person()).email));
			const browser = scene.browser();
			const address = await scene.away(browser);
			await scene.change({ enabled: false });
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

test("an operator was not told what had led to a refusal, or was told a secret of it", async () => {
	const error = { error: "invalid_grant", error_description: "of a secret of the answer" };
	await withTokenEndpoint((response) =>
		response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(error)),
	);
	const causes = scene.lines.filter(({ event }) => event === "sso.cause");
	const { name: provider } = scene.provider;
	expect(causes).toMatchObject([
		{ provider, reason: "sso-not-proven", causes: [expect.stringMatching(/^Resp\w+ OAUTH_/)] },
	]);
	expect(JSON.stringify(scene.lines)).not.toMatch(/secret of the answer|code=|eyJ/);
});

test("a mistake of this server's own was called a provider that does not answer", () => {
	const mistake = new TypeError("undefined is not a function");
	expect([isAway(mistake), isJudgement(mistake)]).toEqual([false, false]);
	expect(isAway(new Error("something went wrong", { cause: new ProviderAway(mistake) }))).toBe(true);
});

test("from an address that the organization does not let in, nobody leaves for a provider", async () => {
	await scene.people.users.organization.updateSettings({ ipAddressAllowlist: ["192.0.2.1"] });
	const answer = await scene.leave();
	await scene.people.users.organization.updateSettings({ ipAddressAllowlist: [] });
	expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
	expect(scene.refused()).toMatchObject([{ reason: "address-not-allowed" }]);
});
