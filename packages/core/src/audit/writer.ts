import { randomUUID } from "node:crypto";
import { type ChangeWitness, isWitnessed } from "../kernel/database/change-witness.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { WitnessedRequest } from "../kernel/http/http.ts";
import { besides, type ChangedThing, type Composed, changedThings, compose, fromEvent, kindOf } from "./compose.ts";
import { entryWritten } from "./events.ts";
import type { AuditEntry } from "./model.ts";
import { isAudited } from "./not-audited.ts";
import { addEntry, knownOf, noteChanges, takeNoted, userNames } from "./store.ts";
import { things } from "./tables.ts";
import { asContext, isToldByItself, toldByItself } from "./told.ts";

type Deps = Pick<Kernel, "events" | "clock">;

/**
 * Writes entries in the transactions of the changes that they tell of: either both are saved or neither. Changes of what is not
 * administered, and changes that nobody has asked for, pay nothing.
 */
export function auditWriter({ events, clock }: Deps) {
	async function write(trx: Trx, entry: AuditEntry): Promise<void> {
		await addEntry(trx, entry);
		await events.append(trx, [entryWritten(entry)]);
	}

	/** Entries that events are by themselves, such as sign-ins and plays of recordings. */
	async function hear(trx: Trx, told: readonly NewEvent[]): Promise<void> {
		for (const event of told) {
			const own = toldByItself(event, isWitnessed(trx));
			if (!own) continue;
			const { userId, clientId } = event.actor ?? {};
			const names = await userNames(
				trx,
				[userId, own.subject.id].filter((id) => id !== undefined),
			);
			const name = own.subject.name ?? names.get(own.subject.id);
			const userName = userId && names.get(userId);
			await write(trx, {
				id: randomUUID(),
				at: clock.now(),
				...(userId ? { userId } : {}),
				...(userName ? { userName } : {}),
				...(clientId ? { clientId } : {}),
				...{ changes: [], others: [], ...own },
				subject: { ...own.subject, ...(name === undefined ? {} : { name }) },
			});
		}
	}
	events.onAppend(hear);

	/** Sees what a request changes, unless it administers nothing. */
	function witness(request: WitnessedRequest): ChangeWitness | undefined {
		if (!isAudited(request.route)) return undefined;
		return {
			begins: noteChanges,
			async ends(trx, told) {
				const composed = await composeIn(trx, request, told);
				if (composed) await write(trx, await entryOf(trx, request, composed));
			},
		};
	}

	async function entryOf(trx: Trx, request: WitnessedRequest, composed: Composed): Promise<AuditEntry> {
		const { route, principal, correlationId, ip } = request;
		const { userId, clientId, clientName } = principal;
		const userName = userId ? (await userNames(trx, [userId])).get(userId) : undefined;
		return {
			id: randomUUID(),
			at: clock.now(),
			...(userId ? { userId } : {}),
			...(userName ? { userName } : {}),
			...{ clientId, clientName, address: ip, correlationId },
			subject: composed.main.subject,
			action: composed.action,
			status: "SUCCESS",
			changes: composed.main.changes,
			others: composed.others.map(besides),
			context: asContext({ operation: route.operationId }),
		};
	}

	return { witness, write };
}

async function composeIn(
	trx: Trx,
	{ route, params }: WitnessedRequest,
	told: readonly NewEvent[],
): Promise<Composed | undefined> {
	const rows = await takeNoted(trx);
	const composed = compose(changedThings(rows), { method: route.method, path: route.path, params });
	if (composed) return { ...composed, ...(await withNames(trx, composed)) };
	const event = mainEvent(told, params);
	if (!event) return undefined;
	const read = fromEvent(event);
	return { ...read, ...(await withNames(trx, read)) };
}

/** The event that says most of a change whose rows are not noted: the one about what the path names. */
function mainEvent(told: readonly NewEvent[], params: Readonly<Record<string, string>>): NewEvent | undefined {
	const own = told.filter((event) => !isToldByItself(event));
	return own.find(({ entityId }) => Object.values(params).includes(entityId)) ?? own[0];
}

/** Whose rows were only touched in their parts is called as it stands. */
async function withNames(trx: Trx, { main, others }: Composed): Promise<Pick<Composed, "main" | "others">> {
	const [first = main, ...rest] = await named(trx, [main, ...others]);
	return { main: first, others: rest };
}

/** Those of a table are asked for at once. */
async function named(trx: Trx, all: readonly ChangedThing[]): Promise<ChangedThing[]> {
	const unnamed = Map.groupBy(all, placeOfName);
	const known = new Map<string, Awaited<ReturnType<typeof knownOf>>>();
	for (const [place, own] of unnamed) {
		const ids = own.map(({ subject }) => subject.id);
		if (place !== undefined) known.set(place, await knownOf(trx, place, ids));
	}
	return all.map((thing) => {
		const place = placeOfName(thing);
		const found = place && known.get(place)?.get(thing.subject.id);
		if (!found) return thing;
		const { kind, ...more } = found;
		return { ...thing, subject: { ...thing.subject, ...kindOf(place, { kind }), ...more } };
	});
}

/** The table that says what a thing is called and where it is, where that is not known from what has changed. */
function placeOfName({ place, subject }: ChangedThing): string | undefined {
	const table = things[place];
	if (subject.name !== undefined || !table || table.name) return undefined;
	return table.calledAs ?? (table.id || table.only ? undefined : place);
}
