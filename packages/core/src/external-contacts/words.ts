import { type Contact, mailsOf, nameFields, phonesOf } from "./model.ts";

/** Letters that take no accent off and are written without one all the same. */
const plainLetters: Readonly<Record<string, string>> = {
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	đ: "d",
	ð: "d",
	ł: "l",
	þ: "th",
	ı: "i",
};
const strangeLetters = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "g");

/** Text as searches compare it: without letter case and accents, so that "jose" finds José. */
export function folded(text: string): string {
	return text
		.normalize("NFKD")
		.replaceAll(/\p{M}/gu, "")
		.toLowerCase()
		.replaceAll(strangeLetters, (letter) => plainLetters[letter] ?? letter);
}

/** Words of a text, each once. */
export function wordsIn(text: string): string[] {
	return [...new Set(folded(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== "");
}

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

const numberLike = /^[\s+()./-]*\d[\d\s+()./-]*$/;
/** Words of a search; more find nobody more. */
const mostWords = 8;

/**
 * A search as PostgreSQL asks it of a text's words: each has to begin one of them, in any order.
 * @returns undefined where nothing is searched for; an empty text where nobody can be found
 */
export function searchOf(text: string | undefined): string | undefined {
	if (text === undefined || text.trim() === "") return undefined;
	if (numberLike.test(text)) {
		const digits = text.replaceAll(/\D/g, "");
		const abroad = digits.replace(/^00/, "");
		return [...new Set([digits, abroad])]
			.filter((one) => one !== "")
			.map(begins)
			.join(" | ");
	}
	return wordsIn(text).slice(0, mostWords).map(begins).join(" & ");
}

/** Letters and digits alone are in it: nothing has to be escaped. */
function begins(word: string): string {
	return `'${word}':*`;
}
