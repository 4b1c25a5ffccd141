import type { Trx } from "../kernel/database/database.ts";
import { badField } from "../kernel/http/api-error.ts";
import { type Conversation, isLive, isOutside, type NextStep, type Participant } from "./model.ts";
import type { ContactDirectory, ContactReaders } from "./ports.ts";
import type { Controller } from "./service.ts";
import type { Change } from "./store.ts";
import { setContact } from "./transitions/contact.ts";

/**
 * Finds out who has come, or is about to be called: the only contact with their number or address of those whom everybody
 * may see who is told ({@link readersOf}), or the one that was named. Only who is new is looked up, so that whoever was told to be somebody else stays so.
 * @throws ApiError 400 `invalid.value` where a new conversation names a contact that is not there
 */
export async function recognise(trx: Trx, contacts: ContactDirectory, changes: readonly Change[]): Promise<void> {
	for (const { before, after } of changes) {
		const search: Search = { trx, contacts, readers: readersOf(after) };
		for (const one of newcomers(before, after)) await recogniseParty(search, one, before === undefined);
		if (!before) await recogniseNext(search, after.internal.next);
	}
}

interface Search {
	trx: Trx;
	contacts: ContactDirectory;
	readers: ContactReaders;
}

/** Who is told how somebody is called: the queues where the conversation is, or, where it is in none, its people. */
function readersOf({ participants, internal: { next } }: Conversation): ContactReaders {
	const live = participants.filter(isLive);
	const ofParties = live.flatMap(({ queueId: id, internal: { divisions } }) =>
		id ? [{ id, divisionId: divisions?.queue }] : [],
	);
	const queues = next?.kind === "queue" ? [...ofParties, next.queue] : ofParties;
	return { queues, userIds: live.flatMap(({ userId }) => userId ?? []) };
}

function newcomers(before: Conversation | undefined, after: Conversation): Participant[] {
	const known = new Set(before?.participants.map(({ id }) => id));
	return after.participants.filter((one) => isOutside(one) && !known.has(one.id) && !one.internal.ownNames);
}

async function recogniseParty({ trx, contacts, readers }: Search, party: Participant, isFirst: boolean) {
	const { externalContactId: id, address } = party;
	if (id !== undefined) {
		const named = await contacts.known(trx, id);
		if (named) setContact(party, named);
		else if (isFirst) throw noContact(id);
		return;
	}
	if (!address || party.internal.isNobodyKnown) return;
	const found = await contacts.only(trx, [pointOf(address)], readers);
	if (found) setContact(party, found);
}

/** Whom one's own phone is to call as soon as it has been answered. */
async function recogniseNext({ trx, contacts, readers }: Search, next: NextStep | undefined) {
	if (next?.kind !== "outside") return;
	const { externalContactId: id, address } = next;
	const found = await (id === undefined ? contacts.only(trx, [pointOf(address)], readers) : contacts.known(trx, id));
	if (!found && id !== undefined) throw noContact(id);
	if (found) Object.assign(next, { externalContactId: found.id, name: found.name });
}

/** As contacts have numbers and mail addresses: without what says that it is one. */
function pointOf(address: string): string {
	return address.replace(/^(?:tel|mailto):/i, "").toLowerCase();
}

/** @throws ApiError 400: who may not be seen is as unknown as who is not there */
export async function requireContact(
	contacts: Pick<ContactDirectory, "find"> | undefined,
	id: string | undefined,
	{ may }: Pick<Controller, "may">,
): Promise<void> {
	if (id === undefined || !may) return;
	const found = await contacts?.find(id);
	if (!found || !viewing.some((permission) => may(permission, found.divisionId))) throw noContact(id);
}

/** Either satisfies (platform-api 5.21). */
const viewing = ["externalContacts:contact:view", "relate:contact:view"];

function noContact(id: string) {
	return badField("externalContactId", `No external contact with id ${id}.`);
}
