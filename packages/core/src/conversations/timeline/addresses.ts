import { isOutside } from "../model.ts";
import type { Change } from "../store.ts";

/** A key by which a conversation is found among all of one customer: an address, or the contact that they are. */
export interface AddressRow {
	conversationId: string;
	address: string;
	startedAt: Date;
}

/** Keys of a change's outside parties that it did not have before: none, for nearly every change. */
export function newAddresses({ before, after }: Change): AddressRow[] {
	const known = new Set(before ? keysOf(before) : []);
	return keysOf(after)
		.filter((address) => !known.has(address))
		.map((address) => ({ conversationId: after.id, address, startedAt: new Date(after.startTime) }));
}

/** Contacts of whom it was said that it is somebody else: what was with them is no longer found by them. */
export function lostContacts({ before, after }: Change): Array<Pick<AddressRow, "conversationId" | "address">> {
	if (!before) return [];
	const left = new Set(contactsOf(after));
	return contactsOf(before)
		.filter((id) => !left.has(id))
		.map((id) => ({ conversationId: after.id, address: contactKey(id) }));
}

/** No address looks like that, as these are compared in lower case: nobody writes themselves into another's history. */
export function contactKey(contactId: string): string {
	return `CONTACT:${contactId}`;
}

function keysOf(conversation: Change["after"]): string[] {
	return [...addressesOf(conversation), ...contactsOf(conversation).map(contactKey)];
}

/** Who of the organization's contacts its customers are. */
export function contactsOf({ participants }: Pick<Change["after"], "participants">): string[] {
	return [...new Set(customersOf(participants).flatMap(({ externalContactId }) => externalContactId ?? []))];
}

/**
 * By which a conversation is found among all of one customer: a number is one, whether it called, was called or wrote. Whom an agent's
 * calls were forwarded to is no customer, nor is a partner who was brought in for one.
 */
export function addressesOf({ address, participants }: Change["after"]): string[] {
	const all = [address, ...customersOf(participants).map((one) => one.address)];
	return [...new Set(all.flatMap((one) => keyOf(one) ?? []))];
}

function customersOf(participants: Change["after"]["participants"]): Change["after"]["participants"] {
	const outside = participants.filter((one) => isOutside(one) && !one.internal.forwardLeg);
	const customers = outside.filter(({ purpose }) => purpose === "customer");
	// Whom an agent has called by themselves is there first.
	return customers.length > 0 ? customers : outside.slice(0, 1);
}

/** As addresses are compared; undefined for none, such as that of a withheld number. */
function keyOf(address: string | undefined): string | undefined {
	const key = address
		?.trim()
		.toLowerCase()
		.replace(/^(tel|mailto):/, "");
	return key === "" || key === "anonymous" ? undefined : key;
}
