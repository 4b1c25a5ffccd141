import { randomUUID } from "node:crypto";
import { isFoundBy } from "@inlay/contract/words";
import { readJsonFile, writeJsonFile } from "./durable-file.ts";
import { firstContacts } from "./first-contacts.ts";
import type { Activity, CallFacts, Contact, CrmData } from "./model.ts";
import { comparableNumber, isSameNumber, searchedDigits } from "./phone-numbers.ts";

/** What a form says about a contact. */
export type ContactInput = Omit<Contact, "id" | "createdAt">;

/** What the panel's call log says about a call. */
export interface CallLogInput {
	contactId?: string;
	subject: string;
	notes: string;
	call: CallFacts;
}

/** The demo CRM's contacts and activities: in memory, and on the disk before a change is answered. */
export class CrmStore {
	readonly #path: string;
	#data: CrmData;
	#writing: Promise<void> = Promise.resolve();

	constructor(path: string, data: CrmData) {
		this.#path = path;
		this.#data = data;
	}

	/** Contacts by name whose name, company, e-mail or number matches; all without a search. */
	contacts(search = ""): Contact[] {
		const words = search.trim();
		const digits = searchedDigits(search);
		return this.#data.contacts
			.filter((contact) => words === "" || matches(contact, words, digits))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	contact(id: string): Contact | undefined {
		return this.#data.contacts.find((contact) => contact.id === id);
	}

	contactByNumber(number: string): Contact | undefined {
		return this.#data.contacts.find(({ phones }) => phones.some((phone) => isSameNumber(phone.number, number)));
	}

	/** Newest first. */
	activitiesOf(contactId: string): Activity[] {
		return this.#data.activities
			.filter((activity) => activity.contactId === contactId)
			.sort((a, b) => b.at.localeCompare(a.at));
	}

	activity(id: string): Activity | undefined {
		return this.#data.activities.find((activity) => activity.id === id);
	}

	async addContact(input: ContactInput): Promise<Contact> {
		const contact = { ...input, id: randomUUID(), createdAt: new Date().toISOString() };
		await this.#save({ contacts: [...this.#data.contacts, contact], activities: this.#data.activities });
		return contact;
	}

	/** @returns undefined when there is no such contact */
	async changeContact(id: string, input: ContactInput): Promise<Contact | undefined> {
		const known = this.contact(id);
		if (!known) return undefined;
		const changed = { ...known, ...input };
		const contacts = this.#data.contacts.map((contact) => (contact.id === id ? changed : contact));
		await this.#save({ contacts, activities: this.#data.activities });
		return changed;
	}

	/** One activity per interaction and agent, however often its log is saved. */
	async saveCallLog(input: CallLogInput): Promise<Activity> {
		const known = this.#data.activities.find(({ call }) => call && isSameWork(call, input.call));
		const saved: Activity = {
			id: known?.id ?? randomUUID(),
			kind: "call",
			at: known?.at ?? new Date().toISOString(),
			contactId: input.contactId ?? known?.contactId,
			subject: input.subject,
			notes: input.notes,
			call: { ...known?.call, ...input.call },
		};
		const others = this.#data.activities.filter((activity) => activity !== known);
		await this.#save({ contacts: this.#data.contacts, activities: [...others, saved] });
		return saved;
	}

	/** Changes stand at once for readers in this process; the promise waits until they outlive it. Writes never overlap. */
	#save(data: CrmData): Promise<void> {
		this.#data = data;
		const written = this.#writing.then(() => writeJsonFile(this.#path, data));
		this.#writing = written.catch(() => undefined);
		return written;
	}
}

/** Records from before agents were told belong to whoever writes first. */
function isSameWork(known: CallFacts, told: CallFacts): boolean {
	return known.interactionId === told.interactionId && (known.agentId ?? told.agentId) === told.agentId;
}

function matches(contact: Contact, words: string, digits: string): boolean {
	const texts = [contact.name, contact.company, contact.email, contact.city];
	if (texts.some((text) => isFoundBy(text, words))) return true;
	return digits !== "" && contact.phones.some(({ number }) => comparableNumber(number).includes(digits));
}

/** Opens the store; the first time it is filled with fictional contacts. */
export async function openCrmStore(path: string): Promise<CrmStore> {
	const known = await readJsonFile(path);
	if (isCrmData(known)) return new CrmStore(path, known);
	const first = firstContacts(new Date());
	await writeJsonFile(path, first);
	return new CrmStore(path, first);
}

function isCrmData(value: unknown): value is CrmData {
	const data = value as Partial<CrmData> | undefined;
	return Array.isArray(data?.contacts) && Array.isArray(data.activities);
}
