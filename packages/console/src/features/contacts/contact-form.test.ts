import { expect, it } from "vitest";
import { type Contact, contactBodyOf, contactFormOf, contactNameOf, contactProblems } from "./contact-form.ts";

const carol: Contact = {
	id: "c1",
	firstName: "Carol",
	lastName: "Ross",
	middleName: "M.",
	division: { id: "home" },
	cellPhone: { e164: "+4915155501001", display: "0151 55501001", acceptsSMS: true },
	externalOrganization: { id: "o1", name: "Ross Upholstery" },
};

it("a contact that was opened and saved lost what the form does not show", () => {
	expect(contactBodyOf(contactFormOf(carol), carol)).toMatchObject({
		...{ firstName: "Carol", lastName: "Ross", middleName: "M.", division: { id: "home" } },
		...{ cellPhone: carol.cellPhone, workPhone: null, externalOrganization: { id: "o1" } },
	});
});

it("a number that was typed anew kept what was known of the old one", () => {
	const body = contactBodyOf({ ...contactFormOf(carol), cellPhone: " 0151 2 " }, carol);
	expect(body).toMatchObject({ cellPhone: { userInput: "0151 2" } });
});

it("nobody was sent, to be refused; who has a number alone had no name", () => {
	const nobody: Contact = { id: "" };
	expect(contactProblems(contactFormOf(nobody))).toEqual(new Set(["lastName"]));
	expect(contactProblems({ ...contactFormOf(nobody), workPhone: "030 1" })).toEqual(new Set());
	expect(contactNameOf({ id: "c2", workPhone: { display: "030 1" } })).toBe("030 1");
});
