import type { ApiClient } from "../session/api.ts";
import type { Target } from "./target-search.ts";

interface WirePhone {
	display?: string;
	e164?: string;
}

/** `ExternalContact`, as far as the panel shows it. */
export interface WireContact {
	id: string;
	firstName?: string;
	middleName?: string;
	lastName?: string;
	title?: string;
	workPhone?: WirePhone;
	cellPhone?: WirePhone;
	homePhone?: WirePhone;
	otherPhone?: WirePhone;
	workEmail?: string;
	personalEmail?: string;
	otherEmail?: string;
	externalOrganization?: { name?: string };
	externalSystemUrl?: string;
}

const pageSize = 10;

/** Contacts by their names, numbers or addresses. */
export async function findContacts(api: Pick<ApiClient, "get">, text: string): Promise<WireContact[]> {
	const query = new URLSearchParams({ q: text, pageSize: String(pageSize) });
	return (await api.get<{ entities?: WireContact[] }>(`/externalcontacts/contacts?${query}`)).entities ?? [];
}

/** How the contact is called. */
export function nameOf({ firstName, middleName, lastName, workEmail, personalEmail, ...more }: WireContact): string {
	const name = [firstName, middleName, lastName].filter(Boolean).join(" ");
	return name || workEmail || personalEmail || more.otherEmail || more.id;
}

export function phonesOf({ workPhone, cellPhone, homePhone, otherPhone }: WireContact): string[] {
	const all = [workPhone, cellPhone, homePhone, otherPhone].map((one) => one?.e164 ?? one?.display);
	return [...new Set(all.filter((number) => number !== undefined))];
}

/** Each number of each contact that is found. */
export async function externalContacts(api: Pick<ApiClient, "get">, text: string): Promise<Target[]> {
	return (await findContacts(api, text)).flatMap((contact) =>
		phonesOf(contact).map(
			(number): Target => ({
				...{ kind: "contact", number, attributes: {}, externalContactId: contact.id },
				name: nameOf(contact),
				label: contact.externalOrganization?.name ?? "",
			}),
		),
	);
}
