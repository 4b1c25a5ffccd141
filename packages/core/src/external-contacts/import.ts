import { randomUUID } from "node:crypto";
import { wordsIn } from "@inlay/contract/words";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import type { ContactStore } from "./contact-store.ts";
import { contactChanged, organizationChanged } from "./events.ts";
import { faultOf, type ImportFault, type ReadRow } from "./importing.ts";
import { mergedValue } from "./merging.ts";
import { type Contact, type ContactValue, type Organization, pointsOf } from "./model.ts";
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
	standing(trx: Trx, divisionId: string): Promise<unknown>;
	requireSomebody(value: ContactValue): void;
}

/** Rows of a file become contacts in one change: all of them, or none. */
export async function importContacts(
	{ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">,
	{ contacts, organizations, standing, requireSomebody }: Parts,
	{ read: all, existing, divisionId, isPreview }: ImportWish,
	actor: Actor,
): Promise<Imported> {
	const faults = faultsOf(all, requireSomebody);
	const faulty = new Set(faults.map(({ row }) => row));
	const read = all.filter(({ row }) => !faulty.has(row));
	const isKept = !isPreview && faults.length === 0;

	async function organizationsOf(trx: Trx): Promise<Map<string, Organization>> {
		// As the first of the rows writes it.
		const names = new Map(
			read
				.toReversed()
				.flatMap(({ organization }) => (organization ? [[organization.toLowerCase(), organization]] : [])),
		);
		const found = await organizations.named(trx, [...names.keys()], divisionId);
		const now = clock.now();
		for (const [key, name] of names) {
			if (found.has(key)) continue;
			const made = { id: randomUUID(), name, value: {}, divisionId, version: 1, createdAt: now, modifiedAt: now };
			found.set(key, made);
			if (!isKept) continue;
			await organizations.save(trx, made);
			await events.append(trx, [organizationChanged(made, "created", actor)]);
		}
		return found;
	}

	return database.change(async (trx) => {
		await standing(trx, divisionId);
		const companies = await organizationsOf(trx);
		const known = await knownBy(trx, contacts, read, divisionId, existing);
		const done: Imported = { created: 0, completed: 0, skipped: 0, faults };
		const now = clock.now();
		for (const { wish, organization } of read) {
			const company = organization ? companies.get(organization.toLowerCase()) : undefined;
			const ref = company ? { organization: { id: company.id, name: company.name } } : {};
			const before = pointsOf(wish.value).flatMap((point) => known.get(point) ?? [])[0];
			if (before && existing === "skip") {
				done.skipped += 1;
				continue;
			}
			if (before && existing === "complete") {
				const { value } = mergedValue(before, wish);
				const completed: Contact = { ...ref, ...before, value, version: before.version + 1, modifiedAt: now };
				for (const point of pointsOf(value)) known.set(point, completed);
				done.completed += 1;
				if (!isKept) continue;
				await contacts.update(trx, completed, completed.organization ? wordsIn(completed.organization.name) : []);
				await events.append(trx, [contactChanged(completed, "updated", actor)]);
				continue;
			}
			const made: Contact = {
				id: randomUUID(),
				divisionId,
				value: wish.value,
				version: 1,
				createdAt: now,
				modifiedAt: now,
				...ref,
			};
			// Of two rows with one number the second meets the first.
			if (existing !== "add") for (const point of pointsOf(made.value)) known.set(point, made);
			done.created += 1;
			if (!isKept) continue;
			await contacts.insert(trx, [made], company && wordsIn(company.name));
			await events.append(trx, [contactChanged(made, "created", actor)]);
		}
		return done;
	});
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

/** Who has which of the rows' numbers and addresses; of several, the one that was there first. */
async function knownBy(
	trx: Trx,
	contacts: ContactStore,
	read: readonly ReadRow[],
	divisionId: string,
	existing: ImportWish["existing"],
): Promise<Map<string, Contact>> {
	if (existing === "add") return new Map();
	const points = read.flatMap(({ wish }) => pointsOf(wish.value));
	const found = await contacts.holdWith(trx, points, divisionId);
	const oldest = found.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
	return new Map(oldest.flatMap((one) => pointsOf(one.value).map((point) => [point, one] as const)));
}
