import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { badField } from "../kernel/http/api-error.ts";
import type { Contact } from "./model.ts";

const phones = createPhoneNumbers(phoneMetadata);
/** `Contact.mediaType`. */
const mediaTypes = ["PHONE", "EMAIL", "SMS"];

/**
 * Numbers and addresses of a person or a group. A number is what calls go to and what callers are known by: one that nobody can
 * dial would do neither, in silence. What stands from before may stay.
 *
 * @param country ISO 3166 code of the organization, for numbers that name none
 * @throws ApiError 400 naming the field
 */
export function readContacts(wanted: readonly Contact[], country: string, before: readonly Contact[] = []): Contact[] {
	const standing = new Set(before.map(keyOf));
	return wanted.map((contact, at) => {
		if (standing.has(keyOf(contact))) return contact;
		refuseBad(contact, at, country);
		return contact.address === undefined ? contact : { ...contact, address: withoutUnseen(contact.address) };
	});
}

/** Numbers are pasted with marks of direction around them, which would turn round whatever stands beside them. */
function withoutUnseen(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}]/gu, "").trim();
}

function refuseBad({ mediaType, address, extension, countryCode }: Contact, at: number, country: string): void {
	const field = `addresses[${at}]`;
	if (!mediaTypes.includes(mediaType ?? ""))
		throw badField(`${field}.mediaType`, `${field}.mediaType must be one of ${mediaTypes.join(", ")}.`);
	if (!address?.trim() && !extension?.trim()) throw badField(`${field}.address`, `${field} has no address.`);
	if (extension?.trim() && !/^\d{1,15}$/.test(extension.trim()))
		throw badField(`${field}.extension`, `${field}.extension must be digits, such as 4021.`);
	if (!address?.trim()) return;
	if (mediaType !== "EMAIL") refuseNoNumber(address, `${field}.address`, countryCode || country);
	else if (!/^[^\s@]+@[^\s@]+$/.test(address.trim()))
		throw badField(`${field}.address`, `${field}.address must be an address such as name@example.com.`);
}

function refuseNoNumber(address: string, field: string, country: string): void {
	if (phones.read(address, { country }).kind === "number") return;
	const text = `${field}: ${address.trim().slice(0, 40)} is no number that can be called. Begin it with its country code, such as +3173123456.`;
	throw badField(field, text);
}

function keyOf({ mediaType, address, extension, countryCode }: Contact): string {
	return JSON.stringify([mediaType, address, extension, countryCode]);
}
