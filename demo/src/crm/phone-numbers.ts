import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";

/** The demo organization's country: numbers without a country code are of this one. */
const country = "US";
const numbers = createPhoneNumbers(phoneMetadata);
/** Fewer digits are nobody's number. */
const fewestDigits = 3;

/**
 * The spelling by which two spellings of a number are compared: what the panel and the server would dial.
 *
 * @returns "" for what is no number
 */
export function comparableNumber(text: string): string {
	const sipUser = /^sips?:([^@;]*)/i.exec(text.trim())?.[1];
	const read = numbers.read(sipUser ?? text, { country });
	return read.kind === "number" && digitsOf(read.dial).length >= fewestDigits ? read.dial : "";
}

/** Whether several numbers stand in a text. */
export function isSeveral(text: string): boolean {
	return numbers.read(text, { country }).kind === "choice";
}

export function isSameNumber(one: string, other: string): boolean {
	const comparable = comparableNumber(one);
	return comparable !== "" && comparable === comparableNumber(other);
}

/** The digits to look for in numbers: of a whole number as it is dialled, else those that were typed. */
export function searchedDigits(text: string): string {
	const digits = digitsOf(comparableNumber(text) || (/\p{L}/u.test(text) ? "" : text));
	return digits.length >= fewestDigits ? digits : "";
}

/** A number as people of the organization write it; the same as the panel shows. */
export function phoneText(number: string): string {
	return numbers.format(number, { country });
}

function digitsOf(text: string): string {
	return text.replace(/\D/g, "");
}
