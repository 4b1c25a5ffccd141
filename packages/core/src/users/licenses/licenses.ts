import { rightsTopic } from "@inlay/contract";
import { licenses as known, usualLicenses } from "@inlay/contract/licenses";
import type { Trx } from "../../kernel/database/database.ts";
import { RememberedById } from "../../kernel/database/remembered-by-id.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import { badField } from "../../kernel/http/api-error.ts";
import { livingUsers } from "../store.ts";
import { licenseStore } from "./store.ts";

/** A licence, and who shall have it, or no longer (`LicenseAssignmentRequest`). */
export interface Assignment {
	licenseId: string;
	userIdsAdd: readonly string[];
	userIdsRemove: readonly string[];
}

/** What became of one of them (`LicenseUpdateStatus`). */
export interface Assigned {
	userId: string;
	licenseId: string;
}

/** Order in which a user's licences are told, from the least on. */
const ranks: readonly string[] = known.map(({ id }) => id);
const inOrder = (held: Iterable<string>) => [...new Set(held)].sort((a, b) => ranks.indexOf(a) - ranks.indexOf(b));

/** What users are licensed for: nothing is sold here, but agents need one (configuration guide, "Prerequisites"). */
export function createLicenses({ database, events, feed }: Kernel) {
	const read = async (ids: readonly string[]) => {
		const found = await licenseStore.find(database.db, ids);
		return new Map(ids.map((id) => [id, found.get(id) ?? usualLicenses]));
	};
	const remembered = new RememberedById(read, feed, (event) =>
		event.type === "user.license.changed" ? event.entityId : undefined,
	);

	return {
		/** Ids; the usual ones where nobody has said otherwise. */
		of: async (userId: string): Promise<readonly string[]> => (await remembered.get(userId)) ?? usualLicenses,
		ofAll: (userIds: readonly string[]) => read(userIds),

		/** All of it, or nothing. @throws ApiError 400 naming the field where there is no such licence */
		async assign(assignments: readonly Assignment[], actor?: Actor): Promise<Assigned[]> {
			requireKnown(assignments);
			const users = inOneOrder(assignments.flatMap((one) => [...one.userIdsAdd, ...one.userIdsRemove]));
			await database.change(async (trx) => {
				const standing = await livingUsers.hold(trx, users);
				const gone = users.find((one) => !standing.has(one));
				if (gone !== undefined) throw badField("assignments", `There is no user ${gone}.`);
				// Of two who change one user's at once the second one changes what the first one left.
				await licenseStore.lock(trx, users);
				const before = await licenseStore.find(trx, users);
				const changed: NewEvent[] = [];
				for (const userId of users) {
					const held = before.get(userId) ?? usualLicenses;
					const now = after(held, userId, assignments);
					if (now.join() === inOrder(held).join()) continue;
					await licenseStore.save(trx, userId, now);
					changed.push(licenseChanged(userId, now, actor));
				}
				if (changed.length > 0) await events.append(trx, changed);
			});
			return assignments.flatMap(({ licenseId, userIdsAdd, userIdsRemove }) =>
				[...userIdsAdd, ...userIdsRemove].map((userId) => ({ userId, licenseId })),
			);
		},

		/** Of somebody who is deleted, in the transaction that does it. */
		forget: (trx: Trx, userId: string) => licenseStore.delete(trx, userId),
	};
}

const inOneOrder = (ids: readonly string[]) => [...new Set(ids)].sort();

function after(held: readonly string[], userId: string, assignments: readonly Assignment[]): string[] {
	const now = new Set(held);
	for (const { licenseId, userIdsAdd, userIdsRemove } of assignments) {
		if (userIdsRemove.includes(userId)) now.delete(licenseId);
		if (userIdsAdd.includes(userId)) now.add(licenseId);
	}
	return inOrder(now);
}

function requireKnown(assignments: readonly Assignment[]): void {
	for (const [index, { licenseId }] of assignments.entries()) {
		if (!ranks.includes(licenseId))
			throw badField(
				`assignments[${index}].licenseId`,
				`There is no license ${licenseId}; there are ${ranks.join(", ")}.`,
			);
	}
}

/** Panels of the user look again whether they may be open. */
function licenseChanged(userId: string, licenses: readonly string[], actor: Actor | undefined): NewEvent {
	const announcements = [{ topics: [rightsTopic(userId)], eventBody: {} }];
	const by = actor ? { actor } : {};
	return {
		type: "user.license.changed",
		entityType: "user",
		entityId: userId,
		...by,
		data: { licenses },
		announcements,
	};
}
