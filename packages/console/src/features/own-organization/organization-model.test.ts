import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { countryChoices, languageName, OwnOrganizationModel, organizationProblems } from "./organization-model.ts";

const path = "/api/v2/organizations/me";
const stands = { version: 3, name: "Oakline", defaultLanguage: "en-us", defaultCountryCode: "US" };

it("the language and country of the organization were to be set by the API alone", async () => {
	const changed = { ...stands, version: 4, defaultLanguage: "de-at", defaultCountryCode: "AT" };
	const api = new FakeApi().on(`GET ${path}`, stands).on(`PUT ${path}`, changed);
	const model = new OwnOrganizationModel(api);
	await model.loaded.load();
	model.details.change({ defaultLanguage: " de-at ", defaultCountryCode: "AT" });
	expect(await model.save()).toBe(true);
	const [sent] = api.asked.filter(({ what }) => what.startsWith("PUT"));
	expect(sent?.body).toEqual({ ...stands, defaultLanguage: "de-at", defaultCountryCode: "AT" });
});

it("says what is no name and no language", () => {
	const wrong = { ...stands, name: " ", defaultLanguage: "no language" };
	expect(organizationProblems(wrong)).toEqual(new Set(["name", "defaultLanguage"]));
	expect(organizationProblems(stands)).toEqual(new Set());
	expect([languageName("de-at", "en"), languageName("", "en")]).toEqual(["Austrian German", undefined]);
});

it("offers countries by their names, without unions and those without numbers, which are refused, and keeps what stands", () => {
	const choices = countryChoices("de", "ZZ");
	expect(choices).toContainEqual({ value: "AT", text: "Österreich" });
	const codes = choices.map(({ value }) => value);
	expect(codes.filter((code) => ["EU", "UN", "DD", "SU", "XA", "AQ", "GS", "TF"].includes(code))).toEqual([]);
	expect(codes).toContain("ZZ");
	expect(codes.length).toBeGreaterThan(200);
});
