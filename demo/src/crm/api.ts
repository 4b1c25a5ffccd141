import type { SiteAnswer, SiteRequest } from "../site/site.ts";
import { readCallLog, readContact } from "./read-input.ts";
import type { CrmStore } from "./store.ts";

/** The demo CRM's own API, for its page alone. */
export function crmApi(store: CrmStore) {
	return async ({ method, path, query, body }: SiteRequest): Promise<SiteAnswer | undefined> => {
		const [kind, id] = path;
		if (path.length > 2) return undefined;
		switch (`${method} ${kind}${id ? "/:id" : ""}`) {
			case "GET contacts":
				return listContacts(store, query);
			case "POST contacts":
				return withInput(readContact(body), async (input) => created(await store.addContact(input)));
			case "GET contacts/:id":
				return found(store.contact(id ?? ""), (contact) => ({ contact, activities: store.activitiesOf(contact.id) }));
			case "PUT contacts/:id":
				return withInput(readContact(body), async (input) => found(await store.changeContact(id ?? "", input)));
			case "GET activities/:id":
				return found(store.activity(id ?? ""));
			case "PUT call-logs/:id":
				return withInput(readCallLog(body, id ?? ""), async (input) => ({
					status: 200,
					body: await store.saveCallLog(input),
				}));
			default:
				return undefined;
		}
	};
}

function listContacts(store: CrmStore, query: URLSearchParams): SiteAnswer {
	const number = query.get("number");
	if (number === null) return { status: 200, body: { contacts: store.contacts(query.get("search") ?? "") } };
	const contact = store.contactByNumber(number);
	return { status: 200, body: { contacts: contact ? [contact] : [] } };
}

function created(body: unknown): SiteAnswer {
	return { status: 201, body };
}

function found<T>(value: T | undefined, show: (value: T) => unknown = (same) => same): SiteAnswer | undefined {
	return value === undefined ? undefined : { status: 200, body: show(value) };
}

/** Refuses bad input whole, with the sentence that says what is wrong. */
async function withInput<T extends object>(
	input: T | string,
	use: (input: T) => Promise<SiteAnswer | undefined>,
): Promise<SiteAnswer | undefined> {
	return typeof input === "string" ? { status: 400, body: { message: input } } : use(input);
}
