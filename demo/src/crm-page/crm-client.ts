import type { Activity, Contact } from "../crm/model.ts";
import type { CallLogInput, ContactInput } from "../crm/store.ts";

/** A refusal of the CRM's server, with its sentence. */
export class CrmError extends Error {
	/** No answer came at all. */
	readonly isAway: boolean;

	constructor(message: string, isAway = false) {
		super(message);
		this.isAway = isAway;
	}
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
	const answer = await fetch(`/api/${path}`, {
		method,
		...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
	}).catch(() => {
		throw new CrmError("The CRM's server does not answer. Is Inlay running?", true);
	});
	const found = (await answer.json().catch(() => ({}))) as T & { message?: string };
	if (!answer.ok) throw new CrmError(found.message ?? `The CRM's server answered ${answer.status}.`);
	return found;
}

const part = encodeURIComponent;

/** The CRM's own API. Everything rejects with CrmError. */
export const crm = {
	contacts: async (search: string) =>
		(await ask<{ contacts: Contact[] }>("GET", `contacts?search=${part(search)}`)).contacts,
	byNumber: async (number: string) =>
		(await ask<{ contacts: Contact[] }>("GET", `contacts?number=${part(number)}`)).contacts[0],
	byEmail: async (email: string) => {
		const isTheirs = (contact: Contact) => contact.email.toLowerCase() === email.toLowerCase();
		return (await crm.contacts(email)).find(isTheirs);
	},
	contact: (id: string) => ask<{ contact: Contact; activities: Activity[] }>("GET", `contacts/${part(id)}`),
	activity: (id: string) => ask<Activity>("GET", `activities/${part(id)}`),
	add: (input: ContactInput) => ask<Contact>("POST", "contacts", input),
	change: (id: string, input: ContactInput) => ask<Contact>("PUT", `contacts/${part(id)}`, input),
	saveCallLog: (interactionId: string, input: CallLogInput) =>
		ask<Activity>("PUT", `call-logs/${part(interactionId)}`, input),
};
