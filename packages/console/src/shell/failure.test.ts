import { language } from "@inlay/ui";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../session/api.ts";
import { divisions } from "../session/divisions.ts";
import { isAbout } from "../session/refusal.ts";
import { refuse } from "../test-support/fake-api.ts";
import { failureBeside, failureText, refusedFor } from "./failure.ts";

beforeEach(() => {
	divisions.value = [{ id: "d1", name: "North" }];
});

describe("a refusal in words", () => {
	it.each([
		["missing.permissions", 403, { permissions: "a:b:c" }, /needs the permission A > B > C/],
		["missing.any.permissions", 403, { permissions: "a:b:c, a:b:d" }, /A > B > C or A > B > D/],
		["missing.division.permission", 403, { permissions: "a:b:c", divisionId: "d1" }, /A > B > C in the division North/],
		["missing.division.permission", 403, { permissions: "a:b:c", divisionId: "*" }, /in every division/],
		[
			"missing.division.permission",
			403,
			{ permissions: "a:b:c", divisionId: "d1", more: "0" },
			/Only what you hold yourself .* A > B > C in the division North\./,
		],
		[
			"missing.division.permission",
			403,
			{ permissions: "a:b:c", divisionId: "*", more: "280" },
			/A > B > C and 280 more/,
		],
		["bad.client.role", 400, { permissions: "a:b:c", divisionId: "*", more: "0" }, /Only what you hold yourself/],
		["app.not.authorized.for.scope", 403, { scopes: "routing" }, /lacks a scope for this: routing/],
		["ip.not.authorized", 401, {}, /refused/],
		["last.administrator", 409, {}, /Master Admin in every division first/],
		["version.conflict", 409, {}, /Somebody else has saved this/],
		["http.412", 412, {}, /Somebody else has saved this/],
		["resource.already.exists", 409, { value: "Sales" }, /“Sales” is in use already/],
		["bundled.client", 400, {}, /comes with Inlay/],
		["group.in.use", 409, { deployments: "Panel" }, /Only this group may use Panel/],
		["group.in.use", 409, { deployments: "Panel", version: "7" }, /Only this group has version 7/],
		["group.without.roles", 409, { name: "Sales" }, /The group Sales may hold no roles/],
		["general.conflict", 409, { name: "CRM", users: "Panel" }, /CRM signs people in at Panel/],
		["general.conflict", 409, { name: "Customers", by: "Orders" }, /Customers is used by Orders/],
		["general.conflict", 409, { name: "A", by: "B and …", named: "B", hidden: "2" }, /used by B, and by .*: 2\./],
		["general.conflict", 409, { name: "A", by: "…", named: "", hidden: "2" }, /^A is used by things .*: 2\./],
		["general.conflict", 409, { name: "Orders", by: "calls that it makes: stop it" }, /Orders is calling. Stop it/],
		["general.conflict", 409, { numbers: "+31201234567" }, /Calls to \+31201234567 lead here/],
		["general.conflict", 409, { name: "Help", count: "2" }, /Interactions of Help are under way: 2/],
		["general.conflict", 409, { most: "100" }, /can be no more/],
		["email.dkim.unpublished", 409, { name: "k._domainkey.acme.test" }, /k\._domainkey\.acme\.test .* tell none/],
		["email.dkim.unpublished", 409, { name: "k", found: "v=DKIM1; p=old" }, /tell there: v=DKIM1; p=old/],
		["email.domain.inUse", 409, { id: "acme.test" }, /acme\.test has addresses/],
		["email.domain.sends", 409, { id: "acme.test", by: "other.test" }, /sends for other\.test/],
		["response.assets.size", 400, {}, /may have 10 MB together/],
		["emergency.number", 400, {}, /emergency number/],
		["too.many.numbers", 400, {}, /can be no more/],
		["import.tooMany", 409, { most: "5" }, /^5 of your files/],
		["second.factor.exists", 409, {}, /second factor already/],
		["client.needs.no.authorization", 400, {}, /Disable it/],
		["client.without.secret", 400, {}, /public client/],
		["auth.invalid.scope", 400, {}, /Add it to the client first/],
		["max.integrations.reached", 400, {}, /Delete one first/],
		["password.too.young", 400, {}, /too recently/],
		["storage.full", 507, {}, /disk is full/],
		["not.implemented", 501, {}, /does not offer this yet/],
		["not.supported", 400, { fields: "sortBy" }, /sortBy/],
		["too.many.requests", 429, { seconds: "30" }, /Wait 30 seconds/],
		["too.many.requests", 429, {}, /Wait a minute/],
		["outcome.unknown", 503, {}, /it may be saved or not/],
		["service.unavailable", 503, {}, /comes back by itself/],
		["internal", 500, {}, /went wrong on the server/],
		["network", 0, {}, /cannot be reached/],
		["not.found", 404, {}, /no longer exists/],
		["something.new", 400, {}, /The server refused: something\.new/],
	])("%s (%d, %o)", (code, status, params, words) => {
		expect(failureText(refuse(status, code, undefined, params))).toMatch(words);
	});

	it("names a division by its id where it is not known", () => {
		const error = refuse(403, "missing.division.permission", undefined, { permissions: "p", divisionId: "gone" });
		expect(failureText(error)).toContain("gone");
	});
});

describe("a refusal and its field", () => {
	const taken = refuse(409, "resource.already.exists", "name", { value: "Sales" });

	it("stands beside the field that it is about, in our words or the server's, and then not below the form", () => {
		expect(refusedFor(taken, "name")).toMatch(/in use already/);
		expect(refusedFor(taken, "email")).toBeUndefined();
		expect(failureBeside(taken, "name", "email")).toBeUndefined();
		expect(failureBeside(taken, "email")).toBe(taken);
		const unknown = new ApiError(400, {
			code: "invalid.value",
			message: "1 to 200.",
			details: [{ fieldName: "name" }],
		});
		expect(refusedFor(unknown, "name")).toBe("1 to 200.");
	});

	it("that names a field which no field shows was hidden where another one of its fields was shown", () => {
		const details = [{ fieldName: "name" }, { fieldName: "address.city" }];
		const error = new ApiError(400, { code: "invalid.value", message: "Not a text.", details });
		expect(failureBeside(error, "name")).toBe(error);
		expect(failureBeside(error, "name", "address")).toBeUndefined();
	});

	it("finds the field of a part of it, and none of a name that only begins alike", () => {
		const nested = refuse(400, "invalid.value", "passwordRequirements.minimumLength");
		expect(isAbout(nested, "passwordRequirements")).toBe(true);
		expect(isAbout(nested, "password")).toBe(false);
		expect(isAbout(undefined, "name")).toBe(false);
	});
});

it("a list that is full was told to who reads German as a name that takes other characters", () => {
	language.value = "de";
	const full = refuse(400, "too.many.trunks", "name");
	expect(refusedFor(full, "name")).toBe(failureText(full));
	expect(failureText(full)).not.toMatch(/refused this name/);
	expect(refusedFor(refuse(400, "something.new", "name"), "name")).toBe("something.new");
	expect(refusedFor(refuse(400, "invalid.value", "name"), "name")).toMatch(/refused this name/);
	language.value = "en";
});

it("a refusal named permissions as the API writes them, and those of which one does as if all were needed", () => {
	const text = (code: string) =>
		failureText(refuse(403, code, undefined, { permissions: "routing:queue:add, sso:provider:view" }));
	expect(text("missing.any.permissions")).toContain("Routing > Queue > Add or Single Sign-On > Provider > View.");
	expect(text("missing.permissions")).toContain("Routing > Queue > Add and Single Sign-On > Provider > View.");
	expect(text("missing.division.permission")).toContain("Routing > Queue > Add or Single");
});

it("a refused redirect URI was named to who reads English alone", () => {
	language.value = "de";
	const refused = new ApiError(400, {
		code: "invalid.value",
		message: 'The redirect URI "https://a.example/#x" must not have a fragment.',
		details: [{ fieldName: "registeredRedirectUri" }],
	});
	expect(refusedFor(refused, "registeredRedirectUri")).toMatch(/ https:\/\/a\.example\/#x$/);
	language.value = "en";
});

it("a refused list of origins was told by its raw field name, and in another language did not say which entry", () => {
	const refused = new ApiError(400, {
		code: "invalid.property",
		message:
			"properties.allowedOrigins: has entries that are not origins such as https://crm.example.com: crm.example/path, ftp://x.",
		details: [{ fieldName: "properties.allowedOrigins" }],
	});
	const told = () => refusedFor(refused, "properties.allowedOrigins");
	expect(told()).toMatch(/^The server refused one of these.*crm\.example\/path, ftp:\/\/x$/);
	expect(failureText(refused)).toBe(told());
	language.value = "de";
	expect(told()).toMatch(/crm\.example\/path, ftp:\/\/x$/);
	language.value = "en";
});

it("a refused field was told in English to who reads German", () => {
	const refused = refuse(400, "invalid.property", "properties.allowedOrigins");
	expect(refusedFor(refused, "properties.allowedOrigins")).toBe("invalid.property");
	language.value = "de";
	expect(refusedFor(refused, "properties.allowedOrigins")).toContain("https://crm.example.com");
	expect(refusedFor(refuse(400, "invalid.value", "other"), "other")).toBe("invalid.value");
	expect(failureText(refused), "nor in the bar with which the page is saved").toContain("https://crm.example.com");
	expect(failureText(refuse(400, "invalid.value", "other"))).toContain("invalid.value");
	language.value = "en";
});
