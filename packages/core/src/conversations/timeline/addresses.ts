import { isOutside } from "../model.ts";
import type { Change } from "../store.ts";

/** An address by which somebody outside took part in a conversation. */
export interface AddressRow {
	conversationId: string;
	address: string;
	startedAt: Date;
}

/** Addresses of a change's outside parties that it did not have before: none, for nearly every change. */
export function newAddresses({ before, after }: Change): AddressRow[] {
	const known = new Set(before ? addressesOf(before) : []);
	return addressesOf(after)
		.filter((address) => !known.has(address))
		.map((address) => ({ conversationId: after.id, address, startedAt: new Date(after.startTime) }));
}

/**
 * By which a conversation is found among all of one customer: a number is one, whether it called, was called or wrote. Whom an agent's
 * calls were forwarded to is no customer, nor is a partner who was brought in for one.
 */
export function addressesOf({ address, participants }: Change["after"]): string[] {
	const outside = participants.filter((one) => isOutside(one) && !one.internal.forwardLeg);
	const customers = outside.filter(({ purpose }) => purpose === "customer");
	// Whom an agent has called by themselves is there first.
	const own = customers.length > 0 ? customers : outside.slice(0, 1);
	return [...new Set([address, ...own.map((one) => one.address)].flatMap((one) => keyOf(one) ?? []))];
}

/** As addresses are compared; undefined for none, such as that of a withheld number. */
function keyOf(address: string | undefined): string | undefined {
	const key = address
		?.trim()
		.toLowerCase()
		.replace(/^(tel|mailto):/, "");
	return key === "" || key === "anonymous" ? undefined : key;
}
