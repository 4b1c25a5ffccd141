import { afterAll, beforeAll, expect, test } from "vitest";
import { samlKeys } from "./test-support/saml-keys.ts";
import { type SsoScene, ssoScene } from "./test-support/scene.ts";

const path = "/api/v2/identityproviders";
const bare = (pem: string) => pem.replace(/-----.*-----|\s/g, "");
const certificate = bare(samlKeys.first.certificate);
const sent = {
	name: "Okta of Acme",
	issuerURI: "https://acme.okta.example",
	ssoTargetURI: "https://acme.okta.example/sso/saml",
	certificates: [certificate],
};

let scene: SsoScene;
beforeAll(async () => {
	scene = await ssoScene();
});
afterAll(() => scene.people.close());

const ask = (method: "GET" | "POST" | "PUT" | "DELETE", place: string, body?: object) =>
	scene.admin.call(method, `${path}${place}`, body);

test("a maker's provider is made by PUT, is ours under the same name, changes in part, and goes", async () => {
	const made = await ask("PUT", "/okta", { ...sent, endpointCompression: true, sloURI: "", signAuthnRequests: false });
	expect(made.statusCode, made.body).toBe(200);
	const { id } = made.json();
	expect(made.json()).toEqual({
		...{ id, ...sent, certificate, disabled: false, displayOnLogin: true, forceAuthn: false },
		selfUri: `${path}/okta`,
	});
	const ours = (await scene.admin.call("GET", `/api/inlay/v1/identity-providers/${id}`)).json();
	expect([ours.name, ours.label, ours.enabled, ours.saml.signInUrl]).toEqual([
		"okta",
		"Okta of Acme",
		true,
		sent.ssoTargetURI,
	]);
	// A client sends back what it has read.
	const changed = await ask("PUT", "/okta", { ...made.json(), disabled: true, relyingPartyIdentifier: "urn:inlay" });
	expect(changed.statusCode, changed.body).toBe(200);
	const read = (await ask("GET", `/${id}`)).json();
	expect([read.disabled, read.relyingPartyIdentifier]).toEqual([true, "urn:inlay"]);
	await ask("PUT", "/okta", { name: "Okta" });
	expect((await ask("GET", "/okta")).json()).toEqual({ ...read, name: "Okta" });
	expect((await ask("GET", "/adfs")).statusCode).toBe(404);
	expect((await ask("DELETE", "/okta")).statusCode).toBe(204);
	expect((await ask("GET", `/${id}`)).statusCode).toBe(404);
});

test("a certificate that was changed in the body as it was read was left as it was, without a word", async () => {
	const next = bare(samlKeys.second.certificate);
	const read = (await ask("PUT", "/adfs", sent)).json();
	const put = async (change: object) => {
		const answer = await ask("PUT", "/adfs", { ...read, ...change });
		const { certificates, details } = answer.json();
		return answer.statusCode === 200 ? certificates : [answer.statusCode, details[0].fieldName];
	};
	expect(await put({ certificate: next })).toEqual([next]);
	// What stands there now is the next one: what the client has read before is a change in both fields.
	expect(await put({})).toEqual([certificate]);
	expect(await put({ certificates: [next] })).toEqual([next]);
	expect(await put({ certificate: next, certificates: [certificate, next] })).toEqual([certificate, next]);
	expect(await put({ certificate: "none of the two" })).toEqual([400, "certificate"]);
	expect((await ask("DELETE", "/adfs")).statusCode).toBe(204);
	expect((await ask("POST", "", { ...sent, name: "Both", certificate: next })).statusCode).toBe(400);
});

test("all of them are listed, one of OpenID without its secret, which only what both kinds have changes", async () => {
	const oidc = { issuer: "https://login.example.com", clientId: "inlay", clientSecret: "kept-from-everybody" };
	const { id } = await scene.addProvider({ oidc });
	const { id: own } = (await ask("POST", "", { ...sent, name: "Our Own!", certificates: null, certificate })).json();
	const listed = await ask("GET", "?pageSize=1&pageNumber=1");
	expect([listed.json().total, listed.json().entities.length]).toEqual([2, 1]);
	const all = await ask("GET", "");
	expect(all.body).not.toContain("kept-from");
	const found = all.json().entities.find((one: { id: string }) => one.id === id);
	expect(found).toMatchObject({ disabled: false, issuerURI: oidc.issuer, selfUri: `${path}/${id}` });
	expect((await ask("PUT", `/${id}`, { displayOnLogin: false })).json().displayOnLogin).toBe(false);
	expect((await ask("PUT", `/${id}`, { ...found, name: "As read" })).json().name).toBe("As read");
	expect((await ask("PUT", `/${id}`, { issuerURI: "https://x.example" })).statusCode).toBe(400);
	const { name } = (await scene.admin.call("GET", `/api/inlay/v1/identity-providers/${own}`)).json();
	expect(name).toBe("our-own");
	expect((await ask("POST", "", { ...sent, name: "our own" })).statusCode).toBe(409);
});

test("what Inlay does not do is refused by name, and what is wrong by the name under which it was sent", async () => {
	for (const [change, code, field] of [
		[{ sloURI: "https://acme.okta.example/slo" }, "not.supported", "sloURI"],
		[{ signAuthnRequests: true }, "not.supported", "signAuthnRequests"],
		[{ ssoTargetURI: "http://acme.okta.example" }, "invalid.value", "ssoTargetURI"],
		[{ issuerURI: "" }, "invalid.value", "issuerURI"],
		[{ certificates: ["none"] }, "invalid.value", "certificates.0"],
		[{ certificates: [] }, "invalid.value", "certificates"],
	] as const) {
		const answer = await ask("PUT", "/ping", { ...sent, name: "Ping", ...change });
		expect([answer.statusCode, answer.json().code], answer.body).toEqual([400, code]);
		expect(answer.json().details[0].fieldName ?? answer.json().message).toContain(field);
		expect(answer.json().message).not.toContain("saml.");
	}
	expect((await ask("GET", "/ping")).statusCode).toBe(404);
});

test("less than everything everywhere made a provider, or switched one on, by the platform's operations", async () => {
	const manager = await scene.givers.person([[["sso:*:*", "directory:*:*", "authorization:*:*"], "*"]]);
	const refused = async (method: "POST" | "PUT", place: string, body: object) => {
		const answer = await manager.call(method, `${path}${place}`, body);
		expect([answer.statusCode, answer.json().code], answer.body).toEqual([403, "missing.division.permission"]);
	};
	await refused("PUT", "/generic", sent);
	await refused("POST", "", sent);
	const made = await ask("PUT", "/generic", { ...sent, name: "Generic", disabled: true });
	expect(made.statusCode, made.body).toBe(200);
	await refused("PUT", "/generic", { disabled: false });
	await refused("PUT", "/generic", { issuerURI: "https://mine.example.com" });
	expect((await manager.call("PUT", `${path}/generic`, { name: "Ours" })).json().name).toBe("Ours");
	const reader = await scene.givers.person([[["directory:*:*"], "*"]]);
	expect((await reader.call("GET", path)).statusCode).toBe(403);
});
