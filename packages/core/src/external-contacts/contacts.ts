import { randomUUID } from "node:crypto";
import { wordsIn } from "@inlay/contract/words";
import type { Trx } from "../kernel/database/database.ts";
import { Turns } from "../kernel/database/turns.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { contactStore, contactsInDivisions } from "./contact-store.ts";
import { contactChanged, noteAdded, organizationChanged } from "./events.ts";
import { type ImportWish, importContacts } from "./import.ts";
import { createImports, type ImportRights } from "./import-slices.ts";
import { mergedValue } from "./merging.ts";
import {
	type Contact,
	type ContactValue,
	contactName,
	type Note,
	type Organization,
	type OrganizationValue,
} from "./model.ts";
import { noteStore } from "./note-store.ts";
import { organizationStore, organizationsInDivisions } from "./organization-store.ts";
import { readNumber } from "./phones.ts";
import { type ContactReading, contactDirectory } from "./recognition.ts";

export interface ExternalContactDeps {
	directory: DivisionDirectory;
	reading: ContactReading & ImportRights;
	/** ISO 3166 code of the organization: numbers without a country are of it. */
	country(): Promise<string>;
}

/** A contact as somebody wants it. */
export interface ContactWish {
	value: ContactValue;
	/** The home division, or the one until now, unless told. */
	divisionId?: string;
	organizationId?: string;
}

export interface OrganizationWish {
	name: string;
	value: OrganizationValue;
	divisionId?: string;
}

/** The most that a look-up by number or address finds (platform-api 5.21). */
const mostFound = 25;

/** Who is known outside: people, their companies, what was noted of them (platform-api 5.21). */
export function createExternalContacts(kernel: Kernel, { directory, reading, country }: ExternalContactDeps) {
	const { database, events, clock } = kernel;
	const [contacts, organizations, notes] = [
		contactStore(database.db),
		organizationStore(database.db),
		noteStore(database.db),
	];
	directory.divisions.addCounter("EXTERNALCONTACTS", contactsInDivisions);
	directory.divisions.addCounter("EXTERNALORGANIZATIONS", organizationsInDivisions);

	const standing = (trx: Trx, divisionId: string) =>
		directory.divisions.requireStanding(trx, divisionId, "division.id");

	async function held(trx: Trx, organizationId: string | undefined): Promise<Organization | undefined> {
		if (organizationId === undefined) return undefined;
		const found = await organizations.hold(trx, organizationId);
		if (found) return found;
		throw badField("externalOrganization.id", `No organization with id ${organizationId}.`);
	}

	/** By any of the ids under which it is found. */
	async function lock(trx: Trx, id: string, seen: number | undefined): Promise<Contact> {
		const found = await contacts.lockFound(trx, id);
		if (!found) throw notFound("contact", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("contact", id, seen, found.version);
		return found;
	}

	async function lockOrganization(trx: Trx, id: string, seen: number | undefined): Promise<Organization> {
		const found = await organizations.lock(trx, id);
		if (!found) throw notFound("organization", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("organization", id, seen, found.version);
		return found;
	}

	/** What has found no room in a contact is not lost. */
	function leftNote({ id: contactId }: Pick<Contact, "id">, left: readonly string[]): Note {
		const now = clock.now();
		return { id: randomUUID(), contactId, text: left.join("\n"), createdAt: now, modifiedAt: now };
	}

	/** Its numbers and addresses as contacts have them. */
	async function pointsIn(text: string): Promise<string[]> {
		if (text.includes("@")) return [text.trim().toLowerCase()];
		const read = readNumber(text, await country());
		return read ? [read.dial] : [];
	}

	const turns = new Map<string, Turns>();
	function turnsOf(divisionId: string): Turns {
		const known = turns.get(divisionId) ?? new Turns();
		turns.set(divisionId, known);
		return known;
	}

	const importing = { contacts, organizations, notes, standing, requireSomebody, leftNote, turnsOf };

	return {
		country,
		turnsOf,
		/** Files of contacts, slice by slice. */
		imports: createImports(kernel, importing, reading),
		contacts,
		organizations,
		notes,
		/** Who somebody in a conversation is. */
		recognised: contactDirectory(contacts, reading),

		async require(id: string): Promise<Contact> {
			const found = await contacts.find(id);
			if (!found) throw notFound("contact", id);
			return found;
		},

		async requireOrganization(id: string): Promise<Organization> {
			const found = await organizations.find(id);
			if (!found) throw notFound("organization", id);
			return found;
		},

		/** @throws ApiError 400 naming the field */
		async create(
			{ value, divisionId, organizationId }: ContactWish,
			actor: Actor,
			id: string = randomUUID(),
		): Promise<Contact> {
			requireSomebody(value);
			const home = divisionId ?? (await directory.homeDivisionId());
			const now = clock.now();
			return database.change(async (trx) => {
				const organization = await held(trx, organizationId);
				const contact: Contact = {
					...{ id, value, divisionId: home, version: 1, createdAt: now, modifiedAt: now },
					...refTo(organization),
				};
				await standing(trx, home);
				await contacts.insert(trx, [contact]);
				await events.append(trx, [contactChanged(contact, "created", actor)]);
				return contact;
			});
		},

		/**
		 * @param wishOf is asked with the contact held @param seen the version that the caller has seen
		 * @throws ApiError 400 naming the field, 404, 409 `version.conflict`
		 */
		async change(id: string, wishOf: (before: Contact) => ContactWish, actor: Actor, seen?: number): Promise<Contact> {
			return database.change(async (trx) => {
				const before = await lock(trx, id, seen);
				const { value, divisionId = before.divisionId, organizationId } = wishOf(before);
				requireSomebody(value);
				const organization = await held(trx, organizationId);
				if (divisionId !== before.divisionId) await standing(trx, divisionId);
				const { organization: _before, ...kept } = before;
				const version = before.version + 1;
				const now: Contact = { ...kept, value, divisionId, version, modifiedAt: clock.now(), ...refTo(organization) };
				await contacts.update(trx, [now]);
				await events.append(trx, [contactChanged(now, "updated", actor)]);
				return now;
			});
		},

		/** Conversations go on naming who took part in them. */
		async remove(id: string, actor: Actor, seen?: number): Promise<void> {
			await database.change(async (trx) => {
				const found = await lock(trx, id, seen);
				await contacts.delete(trx, found.id);
				await events.append(trx, [contactChanged(found, "deleted", actor)]);
			});
		},

		/** Two who are one: the target, with what the source has beyond it; nothing of the source is lost. */
		async merge(sourceId: string, targetId: string, actor: Actor): Promise<Contact> {
			return database.change(async (trx) => {
				// Always in one order: two that merge crosswise wait for each other no longer than for one of them.
				const held = new Map<string, Contact>();
				for (const id of [sourceId, targetId].sort()) {
					const found = await contacts.lock(trx, id);
					if (!found) throw notFound("contact", id);
					held.set(id, found);
				}
				const [source, target] = [held.get(sourceId), held.get(targetId)] as [Contact, Contact];
				const { value, left: words } = mergedValue(target, source);
				const organization = target.organization ?? source.organization;
				const left = [
					...words,
					...(source.organization && source.organization.id !== organization?.id ? [source.organization.name] : []),
				];
				const now: Contact = {
					...target,
					value,
					version: target.version + 1,
					modifiedAt: clock.now(),
					...refTo(organization),
				};
				await contacts.noteMerge(trx, sourceId, targetId);
				await contacts.delete(trx, sourceId);
				await contacts.update(trx, [now]);
				if (left.length > 0) await notes.insert(trx, [leftNote(now, left)]);
				await events.append(trx, [contactChanged(source, "deleted", actor), contactChanged(now, "updated", actor)]);
				return now;
			});
		},

		/** All rows or none. */
		importRows: (wish: ImportWish, actor: Actor) => importContacts(kernel, importing, wish, actor),

		/** Those who have this number or mail address, at most 25; nobody for what is neither. */
		async lookUp(text: string, divisions: DivisionSet): Promise<Contact[]> {
			const points = await pointsIn(text);
			return points.length === 0 ? [] : contacts.withPoints(points, divisions, mostFound);
		},

		async addNote(contact: Contact, text: string, actor: Actor): Promise<Note> {
			const now = clock.now();
			return database.change(async (trx) => {
				const held = await lock(trx, contact.id, undefined);
				const note: Note = {
					...{ id: randomUUID(), contactId: held.id, text, createdAt: now, modifiedAt: now },
					...(actor.userId ? { userId: actor.userId } : {}),
				};
				await notes.insert(trx, [note]);
				await events.append(trx, [noteAdded(note, held, actor)]);
				return note;
			});
		},

		async createOrganization({ name, value, divisionId }: OrganizationWish, actor: Actor, id: string = randomUUID()) {
			const home = divisionId ?? (await directory.homeDivisionId());
			const now = clock.now();
			const made: Organization = { id, name, value, divisionId: home, version: 1, createdAt: now, modifiedAt: now };
			return database.change(async (trx) => {
				await standing(trx, home);
				await organizations.save(trx, [made]);
				await events.append(trx, [organizationChanged(made, "created", actor)]);
				return made;
			});
		},

		async changeOrganization(id: string, wish: OrganizationWish, actor: Actor, seen?: number): Promise<Organization> {
			return database.change(async (trx) => {
				const before = await lockOrganization(trx, id, seen);
				const { name, value, divisionId = before.divisionId } = wish;
				if (divisionId !== before.divisionId) await standing(trx, divisionId);
				const now = { ...before, name, value, divisionId, version: before.version + 1, modifiedAt: clock.now() };
				await organizations.save(trx, [now]);
				if (name !== before.name) await contacts.renameOrganization(trx, id, wordsIn(name));
				await events.append(trx, [organizationChanged(now, "updated", actor)]);
				return now;
			});
		},

		/** Its contacts stay, and belong nowhere. */
		async removeOrganization(id: string, actor: Actor, seen?: number): Promise<void> {
			await database.change(async (trx) => {
				const found = await lockOrganization(trx, id, seen);
				await contacts.leaveOrganization(trx, id, clock.now());
				await organizations.delete(trx, id);
				await events.append(trx, [organizationChanged(found, "deleted", actor)]);
			});
		},
	};
}

export type ExternalContacts = ReturnType<typeof createExternalContacts>;

function refTo(organization: Pick<Organization, "id" | "name"> | undefined): Pick<Contact, "organization"> {
	return organization ? { organization: { id: organization.id, name: organization.name } } : {};
}

/** A contact of whom nothing is known is found by nobody. */
function requireSomebody(value: ContactValue): void {
	if (contactName(value) !== "") return;
	throw badField("lastName", "A contact needs a name, a phone number or a mail address.");
}
