import { expect, it } from "vitest";
import { bodyOf, formOf, freshProvider, type Provider, problemsOf, rowText } from "./provider-form.ts";

const oidc: Provider = {
	...freshProvider(),
	id: "p1",
	name: "okta",
	label: "Okta",
	oidc: {
		...{ issuer: "https://acme.okta.example", clientId: "inlay", scopes: ["openid", "email"] },
		...{ acceptsUnmarkedAddresses: false, endsSession: true },
	},
	claims: { address: "email", name: "name", groups: "groups" },
	gifts: [
		{ group: "support", groupId: "g1" },
		{ roleId: "r1", divisionId: "*" },
	],
	version: 3,
};

it("sends what it was filled from, and no secret that was not typed", () => {
	const { id: _id, version: _version, kind: _kind, ...sent } = oidc;
	expect(bodyOf(formOf(oidc))).toEqual({ ...sent, divisionId: null });
	expect(bodyOf({ ...formOf(oidc), clientSecret: "s" }).oidc).toMatchObject({ clientSecret: "s" });
});

it("takes certificates one below the other, and bare ones", () => {
	const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
	const saml = { ...formOf(oidc), kind: "saml" as const };
	expect(bodyOf({ ...saml, certificates: `${pem}\n${pem}` }).saml?.certificates).toEqual([pem, pem]);
	expect(bodyOf({ ...saml, certificates: " AAAA " }).saml?.certificates).toEqual(["AAAA"]);
});

it("names what cannot be sent", () => {
	const form = formOf(oidc);
	expect([...problemsOf(form)]).toEqual([]);
	expect([...problemsOf({ ...form, name: "My Okta", issuer: " " })]).toEqual(["issuer", "name"]);
	expect([...problemsOf({ ...form, groupsClaim: "" })]).toEqual(["groupsClaim"]);
	const unfinished = rowText({ group: "", what: "", divisionId: "" });
	expect([...problemsOf({ ...form, gifts: [unfinished] })]).toEqual(["gifts"]);
	expect([...problemsOf({ ...form, kind: "saml" })]).toEqual(["signInUrl", "certificates"]);
});
