import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import { loweredKeys } from "../kernel/database/lowered.ts";
import type { Turns } from "../kernel/database/turns.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import type { ContactStore } from "./contact-store.ts";
import { contactChanged, organizationChanged } from "./events.ts";
import { faultOf, type ImportFault, type ReadRow } from "./importing.ts";
import { mergedValue } from "./merging.ts";
import { type Contact, type ContactValue, type Note, type Organization, pointsOf } from "./model.ts";
import type { noteStore } from "./note-store.ts";
import type { organizationStore } from "./organization-store.ts";

export interface ImportWish {
	read: readonly ReadRow[];
	/** What becomes of a row whose number or address somebody has already. */
	existing: "add" | "skip" | "complete";
	divisionId: string;
	/** Nothing is kept. */
	isPreview: boolean;
}

export interface Imported {
	created: number;
	completed: number;
	skipped: number;
	faults: ImportFault[];
}

interface Parts {
	contacts: ContactStore;
	organizations: ReturnType<typeof organizationStore>;
	notes: ReturnType<typeof noteStore>;
	standing(trx: Trx, divisionId: string): Promise<unknown>;
	requireSomebody(value: ContactValue): void;
	leftNote(contact: Contact, left: readonly string[]): Note;
	/** Files of one division wait for each other: here, and not with a connection in hand. */
	turnsOf(divisionId: string): Turns;
}

/** Rows of a file as they are being taken: everything that they change, before any of it is written. */
interface Taking {
	/** By their ids, as they are from now on; `made` are those that were not there before. */
	now: Map<string, Contact>;
	made: Set<string>;
	/** Numbers and addresses that have found no room in a contact, by its id. */
	left: Map<string, string[]>;
	done: Imported;
}

/** What an import needs of contacts. */
export type ImportParts = Parts;

/**
 * Rows of a file become contacts in one change: all of them, or none. Who tells of other changes waits for its end
 * (docs/decisions/0001), so it is worked out first, and written with few statements; a long file comes in slices (`import-slices.ts`).
 * @param within is kept in the same change, and says whether these rows are to be taken still
 */
export async function importContacts(
	{ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">,
	parts: Parts,
	{ read: all, existing, divisionId, isPreview }: ImportWish,
	actor: Actor,
	within?: (trx: Trx, done: () => Promise<Imported>) => Promise<Imported>,
): Promise<Imported> {
	const { contacts, organizations, notes } = parts;
	const faults = faultsOf(all, parts.requireSomebody);
	const faulty = new Set(faults.map(({ row }) => row));
	const read = all.filter(({ row }) => !faulty.has(row));
	const isKept = !isPreview && faults.length === 0;

	/** By the name, as the first of the rows that mean the same has it; one that stands as it is written is the same. */
	async function organizationsOf(trx: Trx) {
		const written = [...new Set(read.flatMap(({ organization }) => (organization ? [organization] : [])))];
		const before = read.flatMap(({ organization: name, organizationWritten: old }) =>
			name && old ? [{ name, old }] : [],
		);
		const asked = [...written, ...new Set(before.map(({ old }) => old))];
		const keys = await loweredKeys(trx, asked);
		const found = await organizations.named(trx, asked, divisionId);
		for (const { name, old } of before) {
			const [key, one] = [keys.get(name) ?? name, found.get(keys.get(old) ?? old)];
			if (one && !found.has(key)) found.set(key, one);
		}
		const now = clock.now();
		const made: Organization[] = [];
		for (const name of written) {
			const key = keys.get(name) ?? name;
			if (found.has(key)) continue;
			const one = { id: randomUUID(), name, value: {}, divisionId, version: 1, createdAt: now, modifiedAt: now };
			found.set(key, one);
			made.push(one);
		}
		return { companies: new Map(written.map((name) => [name, found.get(keys.get(name) ?? name)])), made };
	}

	function taken(companies: ReadonlyMap<string, Organization | undefined>, held: readonly Contact[]): Taking {
		const there = new Map(held.map((one) => [one.id, one]));
		const known = knownBy(held);
		const taking: Taking = {
			...{ now: new Map(), made: new Set(), left: new Map() },
			done: { created: 0, completed: 0, skipped: 0, faults },
		};
		const { now, made, left, done } = taking;
		const at = clock.now();
		for (const { wish, organization } of read) {
			const company = organization ? companies.get(organization) : undefined;
			const ref = company ? { organization: { id: company.id, name: company.name } } : {};
			const id = pointsOf(wish.value).flatMap((point) => known.get(point) ?? [])[0];
			const before = id === undefined ? undefined : (now.get(id) ?? there.get(id));
			if (before && existing === "skip") {
				done.skipped += 1;
				continue;
			}
			if (before) {
				const merged = mergedValue(before, wish);
				const version = now.has(before.id) ? before.version : before.version + 1;
				now.set(before.id, { ...ref, ...before, value: merged.value, version, modifiedAt: at });
				note(known, before.id, merged.value);
				const isOther = company && before.organization && before.organization.id !== company.id;
				const lines = [...merged.left, ...(isOther ? [company.name] : [])];
				if (lines.length > 0) left.set(before.id, [...(left.get(before.id) ?? []), ...lines]);
				done.completed += 1;
				continue;
			}
			const one = {
				id: randomUUID(),
				divisionId,
				value: wish.value,
				version: 1,
				createdAt: at,
				modifiedAt: at,
				...ref,
			};
			now.set(one.id, one);
			made.add(one.id);
			// Of two rows with one number the second meets the first.
			if (existing !== "add") note(known, one.id, one.value);
			done.created += 1;
		}
		return taking;
	}

	/** Each once, and none that was noted by a file before. */
	async function leftNotes(trx: Trx, { left, now }: Taking): Promise<Note[]> {
		if (left.size === 0) return [];
		const noted = await notes.linesOf(trx, [...left.keys()]);
		return [...left].flatMap(([id, lines]) => {
			const contact = now.get(id);
			const fresh = [...new Set(lines)].filter((line) => !noted.get(id)?.has(line));
			return contact && fresh.length > 0 ? [parts.leftNote(contact, fresh)] : [];
		});
	}

	async function write(trx: Trx, made: readonly Organization[], taking: Taking): Promise<void> {
		const { now } = taking;
		const isMade = ({ id }: Contact) => taking.made.has(id);
		const changed = [...now.values()];
		const ofThem = new Set(changed.flatMap(({ organization }) => organization?.id ?? []));
		// Whom nobody of those taken is with is not made: the rows that name them were passed over.
		const companies = made.filter(({ id }) => ofThem.has(id));
		const [fresh, known] = [changed.filter(isMade), changed.filter((one) => !isMade(one))];
		if (companies.length > 0) await organizations.save(trx, companies);
		if (fresh.length > 0) await contacts.insert(trx, fresh);
		if (known.length > 0) await contacts.update(trx, known);
		const left = await leftNotes(trx, taking);
		if (left.length > 0) await notes.insert(trx, left);
		await events.append(trx, [
			...companies.map((one) => organizationChanged(one, "created", actor)),
			...changed.map((one) => contactChanged(one, isMade(one) ? "created" : "updated", actor)),
		]);
	}

	async function take(trx: Trx): Promise<Imported> {
		if (isKept) await contacts.holdImports(trx, divisionId);
		await parts.standing(trx, divisionId);
		const { companies, made } = await organizationsOf(trx);
		const points = existing === "add" ? [] : read.flatMap(({ wish }) => pointsOf(wish.value));
		const taking = taken(companies, await contacts.withAny(trx, points, { divisionId, isHeld: isKept }));
		if (isKept) await write(trx, made, taking);
		return taking.done;
	}

	const change = () => database.change((trx) => (within ? within(trx, () => take(trx)) : take(trx)));
	return isKept ? parts.turnsOf(divisionId).run(actor.userId ?? actor.clientId ?? "", change) : change();
}

function faultsOf(read: readonly ReadRow[], requireSomebody: Parts["requireSomebody"]): ImportFault[] {
	return read.flatMap(({ row, wish }) => {
		try {
			requireSomebody(wish.value);
			return [];
		} catch (error) {
			if (error instanceof ApiError) return [faultOf(row, error)];
			throw error;
		}
	});
}

/** Who has which number or address, by id; of several, the one that was there first. */
function knownBy(held: readonly Contact[]): Map<string, string> {
	const known = new Map<string, string>();
	const oldestFirst = held.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
	for (const { id, value } of oldestFirst) note(known, id, value);
	return known;
}

/** Whoever has one already keeps it. */
function note(known: Map<string, string>, id: string, value: ContactValue): void {
	for (const point of pointsOf(value)) if (!known.has(point)) known.set(point, id);
}
