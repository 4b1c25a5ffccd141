import { folded, wordsIn } from "@inlay/contract/words";
import { type Contact, mailsOf, nameFields, phonesOf } from "./model.ts";

/** By which words a contact is found, beside those of their organization. */
export function wordsOf({ value }: Pick<Contact, "value">): string[] {
	const names = nameFields.flatMap((field) => value[field] ?? []);
	const numbers = phonesOf(value).flatMap(({ e164, display, userInput }) => digitsOf(e164, display, userInput));
	return [...new Set([...wordsIn([...names, ...mailsOf(value)].join(" ")), ...numbers])];
}

/** A number as people type it: from its country code on, and as it is dialled at home. */
function digitsOf(e164: string, ...written: Array<string | undefined>): string[] {
	const all = [e164, ...written].map((text) => text?.replaceAll(/\D/g, "") ?? "");
	return all.filter((digits) => digits.length >= 3);
}

/** The order of people in lists: by last name, then by first. */
export function sortKeys({ value }: Pick<Contact, "value">, name: string): { last: string; first: string } {
	const { firstName = "", lastName = "" } = value;
	const keyOf = (...parts: string[]) => folded(parts.filter(Boolean).join(" ") || name).trim();
	return { last: keyOf(lastName, firstName), first: keyOf(firstName, lastName) };
}
