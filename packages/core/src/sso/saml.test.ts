import { generateKeyPairSync } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestBrowser } from "./test-support/browser.ts";
import { altered, answerOf, type Otherwise, type SamlPerson, samlIssuer } from "./test-support/saml-idp.ts";
import { samlKeys } from "./test-support/saml-keys.ts";
import { alertOf, type SsoScene, ssoScene } from "./test-support/scene.ts";

let scene: SsoScene;
let provider: { id: string; name: string } & Record<string, unknown>;
let people = 0;

const trust = { issuer: samlIssuer, signInUrl: "https://idp.acme.example/login", forceAuthn: false };

beforeAll(async () => {
	scene = await ssoScene();
	provider = await scene.addProvider({
		saml: { ...trust, certificates: [samlKeys.first.certificate] },
		claims: { address: "email", name: "name", groups: "groups" },
	});
});

afterAll(() => scene.people.close());

beforeEach(() => {
	scene.lines.length = 0;
});

function person(email: string, more: Record<string, unknown> = {}): SamlPerson {
	return { nameId: `persistent-${++people}`, attributes: { email, name: "Sam Agent", groups: ["support"], ...more } };
}

/** From the sign-in page to the provider. */
async function away(browser: TestBrowser): Promise<string> {
	const answer = await browser.inlay(scene.authorizePath({ provider: provider.name }));
	expect(answer.statusCode, answer.body).toBe(302);
	return String(answer.headers.location);
}

const post = (browser: TestBrowser, form: Record<string, string>) =>
	browser.inlay("/oauth/sso/acs", {
		form,
		headers: { "sec-fetch-site": "cross-site", origin: "https://idp.acme.example" },
	});

async function signIn(who: SamlPerson, otherwise?: Otherwise): Promise<LightMyRequestResponse> {
	const browser = scene.browser();
	return post(browser, await answerOf(await away(browser), who, otherwise));
}

describe("signing in by npm's samlp", () => {
	test("an account is found by its address, then by its NameID, and an answer that is signed as a whole does as well", async () => {
		const user = await scene.person();
		const who = person(user.email);
		const first = await signIn(who);
		expect(first.statusCode, `${first.body} ${JSON.stringify(scene.refused())}`).toBe(303);
		expect((await scene.userOf(first)).id).toBe(user.id);
		const moved = { ...who, attributes: { ...who.attributes, email: "moved@acme.example" } };
		expect((await scene.userOf(await signIn(moved, { signResponse: true }))).id).toBe(user.id);
	});

	test("a NameID that only looks like an address, as one with a scope does, found somebody's account", async () => {
		const { email } = await scene.person();
		const refused = await signIn({ nameId: email, attributes: { name: "Sam Agent" } });
		expect([refused.statusCode, scene.refused().at(-1)?.reason]).toEqual([403, "sso-address-missing"]);
	});

	test("a transient NameID was bound to an account, and nobody was let in ever after", async () => {
		const { id, email } = await scene.person();
		const refused = await signIn({ ...person(email), nameIdFormat: "transient" });
		expect([refused.statusCode, alertOf(refused)]).toEqual([403, expect.stringContaining("persistent NameID")]);
		expect(scene.refused()).toMatchObject([{ reason: "sso-transient-name" }]);
		expect((await scene.userOf(await signIn(person(email)))).id).toBe(id);
	});

	test("who was to sign in anew came back as who they were", async () => {
		const asked = async (more: Record<string, string>) => {
			const answer = await scene.browser().inlay(scene.authorizePath({ provider: provider.name, ...more }));
			const sent = new URL(String(answer.headers.location)).searchParams.get("SAMLRequest") ?? "";
			return inflateRawSync(Buffer.from(sent, "base64")).toString();
		};
		expect(await asked({})).not.toContain('ForceAuthn="true"');
		expect(await asked({ prompt: "login" })).toContain('ForceAuthn="true"');
	});

	test("metadata tell a provider where answers go, and that assertions are to be signed", async () => {
		const answer = await scene.browser().inlay(`/oauth/sso/metadata/${provider.id}`);
		expect(answer.headers["content-type"]).toContain("samlmetadata+xml");
		expect(answer.body).toContain(`Location="${scene.people.kernel.config.publicUrl}/oauth/sso/acs"`);
		expect(answer.body).toContain('WantAssertionsSigned="true"');
		expect(answer.body).toContain(`entityID="${String(provider.entityId)}"`);
	});

	test("a provider that renews its certificate has two for a while", async () => {
		const user = await scene.person();
		const by = (pair: { key: string; certificate: string }) => signIn(person(user.email), { signedBy: pair });
		expect((await by(samlKeys.second)).statusCode).toBe(403);
		const certificates = [samlKeys.first.certificate, samlKeys.second.certificate];
		await scene.changeProvider(provider.id, { saml: { certificates } });
		expect((await by(samlKeys.second)).statusCode).toBe(303);
		await scene.changeProvider(provider.id, { saml: { certificates: [samlKeys.first.certificate] } });
	});

	test("what is no certificate is refused with the field named", async () => {
		const answer = await scene.changeProvider(provider.id, { saml: { certificates: ["hello"] } });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, "saml.certificates.0"]);
	});
});

const { privateKey: strangerKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = {
	key: strangerKey.export({ type: "pkcs8", format: "pem" }).toString(),
	certificate: samlKeys.first.certificate,
};

/** The attacker's own unsigned assertion, made of the signed one. */
const evilOf = (assertion: string) =>
	assertion
		.replace(/<Signature[\s\S]*?<\/Signature>/, "")
		.replace(/ID="[^"]+"/, 'ID="_evil"')
		.replace(/victim-[\w@.-]+/g, "admin@acme.example");
const assertionOf = (xml: string) => /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? "";

/** Signature wrapping (XSW): the signed part is in the answer, and something else is where it is looked for. */
const wrappings: Record<string, (xml: string) => string> = {
	"the evil one before the signed one": (xml) => {
		const signed = assertionOf(xml);
		return xml.replace(signed, evilOf(signed) + signed);
	},
	"the evil one after the signed one": (xml) => {
		const signed = assertionOf(xml);
		return xml.replace(signed, signed + evilOf(signed));
	},
	"the signed one within the evil one": (xml) => {
		const signed = assertionOf(xml);
		return xml.replace(signed, evilOf(signed).replace("</saml:Assertion>", `${signed}</saml:Assertion>`));
	},
	"the signed one within the evil one's signature": (xml) => {
		const signed = assertionOf(xml);
		const signature = /<Signature[\s\S]*?<\/Signature>/.exec(signed)?.[0] ?? "";
		const holding = signature.replace("</Signature>", `<Object>${signed}</Object></Signature>`);
		return xml.replace(signed, evilOf(signed).replace(/(<saml:Issuer>[\s\S]*?<\/saml:Issuer>)/, `$1${holding}`));
	},
	"the signed one in an extension": (xml) => {
		const signed = assertionOf(xml);
		const extension = `<samlp:Extensions>${signed}</samlp:Extensions>`;
		return xml.replace(signed, evilOf(signed)).replace("<samlp:Status>", `${extension}<samlp:Status>`);
	},
	"the text of the address is split by a comment": (xml) =>
		xml.replace(/victim-([\w.-]+)@acme\.example/, "admin@acme.example<!---->.victim-$1@acme.example"),
};

/** Each answer that does not prove who somebody is. */
const forgeries: Record<string, (email: string) => Promise<LightMyRequestResponse>> = {
	"nothing is signed": (email) => signIn(person(email), { signAssertion: false }),
	"only the envelope is signed": (email) => signIn(person(email), { signAssertion: false, signResponse: true }),
	"signed by another key under the right certificate": (email) => signIn(person(email), { signedBy: stranger }),
	"signed by a certificate that is not the provider's": (email) => signIn(person(email), { signedBy: samlKeys.second }),
	"signed by SHA-1": (email) => signIn(person(email), { algorithm: "sha1" }),
	"for another audience": (email) => signIn(person(email), { audience: "https://somebody.else.example" }),
	"sent to another address": (email) => signIn(person(email), { recipient: "https://somebody.else.example/acs" }),
	"of another issuer": (email) => signIn(person(email), { issuer: "https://evil.example" }),
	"an answer to another request": (email) => signIn(person(email), { inResponseTo: "_another" }),
	"an answer that nobody has asked for": (email) => signIn(person(email), { inResponseTo: " " }),
	"a good assertion in an answer that was sent to another address": async (email) => {
		const browser = scene.browser();
		const answer = await answerOf(await away(browser), person(email));
		return post(
			browser,
			altered(answer, (xml) => xml.replace(/Destination="[^"]+"/, 'Destination="https://evil.example/acs"')),
		);
	},
	"altered after it was signed": async (email) => {
		const browser = scene.browser();
		const answer = await answerOf(await away(browser), person(email));
		return post(
			browser,
			altered(answer, (xml) => xml.replaceAll(email, "admin@acme.example")),
		);
	},
	"with a document type": async (email) => {
		const browser = scene.browser();
		const answer = await answerOf(await away(browser), person(email));
		return post(
			browser,
			altered(answer, (xml) => `<!DOCTYPE r [<!ENTITY x "y">]>${xml}`),
		);
	},
	"expired beyond the clocks' difference": async (email) => {
		const browser = scene.browser();
		const answer = await answerOf(await away(browser), person(email));
		const { clock } = scene.people.kernel;
		const ahead = Date.now() - clock.now().getTime() + 182_000;
		clock.step(ahead);
		const refused = await post(browser, answer);
		clock.step(-ahead);
		return refused;
	},
	"not good yet beyond the clocks' difference": async (email) => {
		const browser = scene.browser();
		const answer = await answerOf(await away(browser), person(email));
		const { clock } = scene.people.kernel;
		const ahead = clock.now().getTime() - Date.now() + 75_000;
		clock.step(-ahead);
		const refused = await post(browser, answer);
		clock.step(ahead);
		return refused;
	},
	...Object.fromEntries(
		Object.entries(wrappings).map(([what, wrap]) => [
			`wrapped: ${what}`,
			async (email: string) => {
				const browser = scene.browser();
				return post(browser, altered(await answerOf(await away(browser), person(email)), wrap));
			},
		]),
	),
};

test.each(Object.entries(forgeries))("an answer that proves nothing lets nobody in: %s", async (_what, way) => {
	const user = await scene.person(`victim-${++people}@acme.example`);
	const answer = await way(user.email);
	expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
	expect(alertOf(answer)).toContain("does not prove who you are");
	expect(scene.refused()).toMatchObject([{ reason: "sso-not-proven", clientId: scene.client.id }]);
	expect(String(scene.refused()[0]?.detail)).toMatch(/^idp-\d+: ./);
});

describe("an answer counts once, and in the browser that asked", () => {
	test("the same answer comes again", async () => {
		const user = await scene.person();
		const browser = scene.browser();
		const form = await answerOf(await away(browser), person(user.email));
		expect((await post(browser, form)).statusCode).toBe(303);
		expect((await post(browser, form)).statusCode).toBe(403);
		expect(scene.refused()).toMatchObject([{ reason: "sso-other-browser" }]);
	});

	test("the same assertion comes again with the cookie that was kept", async () => {
		const user = await scene.person();
		const [browser, twin] = [scene.browser(), scene.browser()];
		const address = await away(browser);
		twin.takeCookiesOf(browser);
		const form = await answerOf(address, person(user.email));
		expect((await post(browser, form)).statusCode).toBe(303);
		expect((await post(twin, form)).statusCode).toBe(403);
		expect(scene.refused()).toMatchObject([{ reason: "sso-not-proven" }]);
		expect(String(scene.refused()[0]?.detail)).toContain("used before");
	});

	test("it comes in another browser, or RelayState is an address", async () => {
		const user = await scene.person();
		const browser = scene.browser();
		const form = await answerOf(await away(browser), person(user.email));
		expect((await post(scene.browser(), form)).statusCode).toBe(403);
		const led = await post(browser, { ...form, RelayState: "https://evil.example/" });
		expect([led.statusCode, led.headers.location]).toEqual([403, undefined]);
		expect(scene.refused().map(({ reason }) => reason)).toEqual(["sso-other-browser", "sso-other-browser"]);
	});

	test("a good assertion let somebody in whom the answer's status refuses", async () => {
		const { email } = await scene.person();
		const answer = await signIn(person(email), { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" });
		expect([answer.statusCode, answer.headers.location]).toEqual([403, undefined]);
		expect(scene.refused()).toMatchObject([{ reason: "sso-provider-refused" }]);
		expect(scene.refused()[0]?.detail).toContain("the status of the answer is not Success");
	});

	test("the provider itself says no", async () => {
		const browser = scene.browser();
		const form = await answerOf(await away(browser), person("x@acme.example"), {
			status: "urn:oasis:names:tc:SAML:2.0:status:Responder",
		});
		const bare = altered(form, (xml) => xml.replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, ""));
		const answer = await post(browser, bare);
		expect(alertOf(answer)).toContain("has not signed you in");
		expect(scene.refused()).toMatchObject([{ reason: "sso-provider-refused" }]);
	});
});
