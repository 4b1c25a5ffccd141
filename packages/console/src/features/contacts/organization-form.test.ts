import { expect, it } from "vitest";
import {
	type ExternalOrganization,
	organizationBodyOf,
	organizationFormOf,
	organizationProblems,
} from "./organization-form.ts";

const acme: ExternalOrganization = {
	id: "o1",
	name: "Acme",
	employeeCount: 40,
	tags: ["vip", "north"],
	address: { city: "Kiel" },
	division: { id: "home" },
	phoneNumber: { e164: "+493012345", display: "030 12345", extension: 7 },
};

it("an organization that was opened and saved lost what the form does not show", () => {
	expect(organizationBodyOf(organizationFormOf(acme), acme)).toMatchObject({
		...{ name: "Acme", employeeCount: 40, division: { id: "home" }, tags: ["vip", "north"], websites: [] },
		...{ phoneNumber: acme.phoneNumber, faxNumber: null, industry: null, address: { city: "Kiel", state: null } },
	});
});

it("a number that was typed anew kept what was known of the old one; empty lines were sent as tags", () => {
	const form = { ...organizationFormOf(acme), phoneNumber: " 030 9 ", tags: " vip \n\n", employeeCount: "" };
	expect(organizationBodyOf(form, acme)).toMatchObject({
		...{ phoneNumber: { userInput: "030 9" }, tags: ["vip"], employeeCount: null },
	});
});

it("a name of spaces and half an employee were sent, to be refused", () => {
	const form = organizationFormOf(acme);
	expect(organizationProblems({ ...form, name: " ", employeeCount: "4.5" })).toEqual(
		new Set(["name", "employeeCount"]),
	);
	expect(organizationProblems({ ...form, employeeCount: "" })).toEqual(new Set());
});
