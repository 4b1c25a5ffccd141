/** `ExternalContact`, as far as the console changes it; what else it has goes back as it came. */
export interface Contact {
	id: string;
	firstName?: string;
	lastName?: string;
	title?: string;
	externalOrganization?: Organization | undefined;
	externalSystemUrl?: string;
	division?: { id: string };
	[field: string]: unknown;
}

export interface Organization {
	id: string;
	name: string;
}

export const phoneFields = ["cellPhone", "workPhone", "homePhone", "otherPhone"] as const;
export const mailFields = ["workEmail", "personalEmail", "otherEmail"] as const;
export const textFields = ["firstName", "lastName", "title", ...mailFields, "externalSystemUrl"] as const;

type TextField = (typeof textFields)[number] | (typeof phoneFields)[number];

export interface ContactForm extends Record<TextField, string> {
	organization: Organization | undefined;
	/** The name of one that is made with the contact. */
	newOrganization: string;
}

export function contactFormOf(contact: Contact): ContactForm {
	const texts = textFields.map((field) => [field, (contact[field] as string | undefined) ?? ""]);
	const phones = phoneFields.map((field) => [field, displayOf(contact[field])]);
	const { externalOrganization: found } = contact;
	return {
		...(Object.fromEntries([...texts, ...phones]) as Record<TextField, string>),
		organization: found && { id: found.id, name: found.name },
		newOrganization: "",
	};
}

/** A number that was not touched goes back as it came, with what else is known of it. */
export function contactBodyOf(form: ContactForm, before: Contact): object {
	const texts = textFields.map((field) => [field, form[field].trim() || null]);
	const phones = phoneFields.map((field) => {
		const typed = form[field].trim();
		if (typed === displayOf(before[field])) return [field, before[field] ?? null];
		return [field, typed === "" ? null : { userInput: typed }];
	});
	const { id: _id, externalOrganization: _organization, ...kept } = before;
	return {
		...kept,
		...Object.fromEntries([...texts, ...phones]),
		externalOrganization: form.organization ? { id: form.organization.id } : null,
	};
}

export function contactProblems(form: ContactForm): Set<keyof ContactForm> {
	const known = [form.firstName, form.lastName, ...[...phoneFields, ...mailFields].map((field) => form[field])];
	return new Set<keyof ContactForm>(known.every((text) => text.trim() === "") ? ["lastName"] : []);
}

export function contactNameOf(contact: Contact): string {
	const { firstName, lastName, workEmail, personalEmail, otherEmail } = contact;
	const name = [firstName, lastName].filter(Boolean).join(" ");
	const mail = [workEmail, personalEmail, otherEmail].find((one) => typeof one === "string");
	return name || (mail as string | undefined) || reachedOf(contact) || contact.id;
}

/** The first number. */
export function reachedOf(contact: Contact): string {
	return phoneFields.map((field) => displayOf(contact[field])).find((text) => text !== "") ?? "";
}

/** How people read a number. */
export function displayOf(phone: unknown): string {
	const { display, e164 } = (phone ?? {}) as { display?: string; e164?: string };
	return display ?? e164 ?? "";
}
