/** A phone number of a contact or organization: as it is called, and as it was written. */
export interface ContactPhone {
	/** With its country code. */
	e164: string;
	/** As people read it. */
	display: string;
	userInput?: string;
	/** ISO 3166. */
	countryCode?: string;
	extension?: number;
	acceptsSMS?: boolean;
}

export interface ContactAddress {
	address1?: string;
	address2?: string;
	city?: string;
	state?: string;
	postalCode?: string;
	countryCode?: string;
}

export const nameFields = ["firstName", "middleName", "lastName", "salutation", "title"] as const;
export const phoneFields = ["workPhone", "cellPhone", "homePhone", "otherPhone"] as const;
export const emailFields = ["workEmail", "personalEmail", "otherEmail"] as const;

/** What is known of somebody outside (`ExternalContact`, platform-api 5.21). */
export type ContactValue = Partial<Record<(typeof nameFields)[number], string>> &
	Partial<Record<(typeof phoneFields)[number], ContactPhone>> &
	Partial<Record<(typeof emailFields)[number], string>> & {
		address?: ContactAddress;
		/** The contact's page in another system; http or https. */
		externalSystemUrl?: string;
	};

interface Kept {
	id: string;
	divisionId: string;
	/** Grows with every change. */
	version: number;
	createdAt: Date;
	modifiedAt: Date;
}

export interface Contact extends Kept {
	value: ContactValue;
	organization?: { id: string; name: string };
}

/** What is known of a company (`ExternalOrganization`). */
export interface OrganizationValue {
	companyType?: string;
	industry?: string;
	address?: ContactAddress;
	phoneNumber?: ContactPhone;
	faxNumber?: ContactPhone;
	employeeCount?: number;
	tags?: string[];
	websites?: string[];
	externalSystemUrl?: string;
}

export interface Organization extends Kept {
	name: string;
	value: OrganizationValue;
}

export interface Note {
	id: string;
	contactId: string;
	text: string;
	/** Who wrote it; absent for a client without a user. */
	userId?: string;
	createdAt: Date;
	modifiedAt: Date;
}

/** A contact as conversations name them. */
export interface Known {
	id: string;
	name: string;
	organizationId: string | null;
}

/** How people call the contact: by name, else by what there is. */
export function contactName(value: ContactValue): string {
	const { firstName, middleName, lastName } = value;
	const name = [firstName, middleName, lastName].filter(Boolean).join(" ");
	return name || mailsOf(value)[0] || phonesOf(value)[0]?.display || "";
}

export function phonesOf(value: ContactValue): ContactPhone[] {
	return phoneFields.flatMap((field) => value[field] ?? []);
}

export function mailsOf(value: ContactValue): string[] {
	return emailFields.flatMap((field) => value[field] ?? []);
}

/** By what a contact is found again: numbers as they are called, mail addresses in lower case. */
export function pointsOf(value: ContactValue): string[] {
	return [...new Set([...phonesOf(value).map(({ e164 }) => e164), ...mailsOf(value).map((one) => one.toLowerCase())])];
}
