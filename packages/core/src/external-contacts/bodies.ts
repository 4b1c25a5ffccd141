import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { readPageAddress } from "../kernel/http/page-address.ts";
import { readName } from "../kernel/names.ts";
import type { ContactWish, OrganizationWish } from "./contacts.ts";
import {
	type ContactAddress,
	type ContactValue,
	emailFields,
	nameFields,
	type OrganizationValue,
	phoneFields,
} from "./model.ts";
import { readPhone } from "./phones.ts";

const nullable = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) =>
	Type.Optional(Type.Union([schema, Type.Null()]));
const text = (maxLength: number) => nullable(Type.String({ maxLength }));
const reference = nullable(Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }));

const phoneParts = Type.Object({
	display: text(100),
	e164: text(100),
	userInput: text(100),
	countryCode: text(2),
	extension: nullable(Type.Integer({ minimum: 0, maximum: 999_999_999 })),
	acceptsSMS: nullable(Type.Boolean()),
});
const phone = nullable(phoneParts);

const addressParts = Type.Object({
	address1: text(200),
	address2: text(200),
	city: text(200),
	state: text(200),
	postalCode: text(50),
	countryCode: text(2),
});
const address = nullable(addressParts);

/** `ExternalContact`, as far as it is kept. */
export const contactBody = Type.Object({
	firstName: text(200),
	middleName: text(200),
	lastName: text(200),
	salutation: text(100),
	title: text(200),
	workPhone: phone,
	cellPhone: phone,
	homePhone: phone,
	otherPhone: phone,
	workEmail: text(320),
	personalEmail: text(320),
	otherEmail: text(320),
	address,
	externalSystemUrl: text(2000),
	externalOrganization: reference,
	division: reference,
});
export type ContactBody = Static<typeof contactBody>;

/** The fields that a contact's field has within. */
export function fieldsWithin(name: string): string[] {
	if (phoneFields.some((one) => one === name)) return Object.keys(phoneParts.properties);
	return name === "address" ? Object.keys(addressParts.properties) : [];
}

/** `ExternalOrganization`, as far as it is kept. */
export const organizationBody = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 200 }),
	companyType: text(200),
	industry: text(200),
	address,
	phoneNumber: phone,
	faxNumber: phone,
	employeeCount: nullable(Type.Integer({ minimum: 0 })),
	tags: nullable(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })),
	websites: nullable(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 20 })),
	externalSystemUrl: text(2000),
	division: reference,
});
export type OrganizationBody = Static<typeof organizationBody>;

export const noteBody = Type.Object({ noteText: Type.String({ minLength: 1, maxLength: 10_000, pattern: "\\S" }) });

/**
 * A contact as it was sent: absent and empty fields are not there.
 * @param country of numbers that name none @param before what may stay as it was
 * @throws ApiError 400 naming the field
 */
export function readContact(sent: ContactBody, country: string, before?: ContactValue): ContactWish {
	const names = nameFields.flatMap((field) => {
		const name = sent[field] && readName(sent[field], { fieldName: field, before: before?.[field] });
		return name ? [[field, name] as const] : [];
	});
	const phones = phoneFields.flatMap((field) => {
		const number = readPhone(sent[field], field, country);
		return number ? [[field, number] as const] : [];
	});
	const mails = emailFields.flatMap((field) => (sent[field] ? [[field, readMail(sent[field], field)] as const] : []));
	const url = readUrl(sent.externalSystemUrl);
	return {
		value: {
			...Object.fromEntries([...names, ...phones, ...mails]),
			...addressIn(sent.address),
			...(url ? { externalSystemUrl: url } : {}),
		},
		...(sent.division ? { divisionId: sent.division.id } : {}),
		...(sent.externalOrganization ? { organizationId: sent.externalOrganization.id } : {}),
	};
}

/** @throws ApiError 400 naming the field */
export function readOrganization(sent: OrganizationBody, country: string, before?: { name: string }): OrganizationWish {
	const { companyType, industry, employeeCount, tags, websites } = sent;
	const [phoneNumber, faxNumber] = (["phoneNumber", "faxNumber"] as const).map((one) =>
		readPhone(sent[one], one, country),
	);
	const url = readUrl(sent.externalSystemUrl);
	const value: OrganizationValue = {
		...(companyType ? { companyType } : {}),
		...(industry ? { industry } : {}),
		...addressIn(sent.address),
		...(phoneNumber ? { phoneNumber } : {}),
		...(faxNumber ? { faxNumber } : {}),
		...(employeeCount === null || employeeCount === undefined ? {} : { employeeCount }),
		...(tags?.length ? { tags } : {}),
		...(websites?.length ? { websites } : {}),
		...(url ? { externalSystemUrl: url } : {}),
	};
	return {
		name: readName(sent.name, { before: before?.name }),
		value,
		...(sent.division ? { divisionId: sent.division.id } : {}),
	};
}

function addressIn(sent: ContactBody["address"]): { address?: ContactAddress } {
	const filled = Object.entries(sent ?? {}).filter(([, value]) => value);
	return filled.length > 0 ? { address: Object.fromEntries(filled) } : {};
}

function readMail(sent: string, fieldName: string): string {
	const mail = sent.trim();
	if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(mail)) return mail;
	throw badField(fieldName, `${fieldName} must be a mail address, such as carol@example.com.`);
}

/** A link that people press: nothing but a page. */
function readUrl(sent: string | null | undefined): string | undefined {
	return sent ? readPageAddress(sent, "externalSystemUrl") : undefined;
}
