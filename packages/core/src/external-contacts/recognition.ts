import type { ContactDirectory, ContactReaders } from "../conversations/ports.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import type { ContactStore } from "./contact-store.ts";

/** Who may read contacts, as the transaction sees it. */
export interface ContactReading {
	/** Where all of these users hold one of the permissions; nowhere where there are no users. */
	divisionsOfAll(trx: Trx, userIds: readonly string[], permissions: readonly string[]): Promise<DivisionSet>;
	membersOf(trx: Trx, queueId: string): Promise<string[]>;
}

/** Either satisfies (platform-api 5.21). */
const viewing = ["externalContacts:contact:view", "relate:contact:view"];

/**
 * Whom a number or address means, for those who are then told the name: what nobody of a queue may look up is not told by a
 * caller either. Contacts whom they do not see make nobody doubtful whom they see.
 */
export function contactDirectory(contacts: ContactStore, reading: ContactReading): ContactDirectory {
	const readableBy = (trx: Trx, userIds: readonly string[]) =>
		reading.divisionsOfAll(trx, [...new Set(userIds)], viewing);

	/** What is in the queue's own division is found out without asking for anybody's rights, which is the common case. */
	async function seen(
		trx: Trx,
		divisions: ReadonlySet<string>,
		{ queues, userIds }: ContactReaders,
	): Promise<DivisionSet> {
		if (queues.length === 0) return readableBy(trx, userIds);
		let left = divisions;
		for (const { id, divisionId } of queues) {
			if ([...left].every((one) => one === divisionId)) continue;
			const readable = await readableBy(trx, await reading.membersOf(trx, id));
			left = new Set([...left].filter((one) => one === divisionId || readable === "all" || readable.has(one)));
		}
		return left;
	}

	return {
		find: (id) => contacts.find(id),
		known: (trx, id) => contacts.known(trx, id),
		everyIdOf: (ids) => contacts.everyIdOf(ids),
		async only(trx, points, readers) {
			const candidates = await contacts.candidates(trx, points);
			if (candidates.length === 0) return undefined;
			const divisions = await seen(trx, new Set(candidates.map((one) => one.divisionId)), readers);
			const found = candidates.filter(({ divisionId }) => divisions === "all" || divisions.has(divisionId));
			if (found.length !== 1 || !found[0]) return undefined;
			const { id, name, organizationId } = found[0];
			return { id, name, organizationId };
		},
	};
}
