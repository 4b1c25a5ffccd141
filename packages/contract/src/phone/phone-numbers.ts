import {
	type CountryCode,
	type MetadataJson,
	type PhoneNumber,
	parsePhoneNumberFromString,
} from "libphonenumber-js/core";
import { splitExtension, splitSeveral } from "./split.ts";
import { tidy, withoutScheme } from "./tidy.ts";

/** One number that can be called. */
export interface ReadNumber {
	kind: "number";
	/** What is dialled: E.164 with `+`; for short codes and star codes the digits as they are. */
	dial: string;
	/** Digits to be sent after the answer; a comma is a pause of two seconds. */
	after?: string;
	/** ISO 3166 country; absent for short codes, star codes and numbers of no country. */
	country?: string;
}

/** A SIP address, which is dialled as it stands. */
export interface ReadSip {
	kind: "sip";
	dial: string;
}

/** Several numbers stand in the text: somebody must choose, nobody may guess. */
export interface ReadChoice {
	kind: "choice";
	numbers: ReadNumber[];
}

/** Why nothing can be called. */
export interface Unreadable {
	kind: "unreadable";
	/** `mixed`: a number, and digits beside it of which nobody knows what they mean. */
	reason: "empty" | "noNumber" | "tooShort" | "tooLong" | "unknownCountry" | "mixed";
}

/** What a text says of whom to call. */
export type ReadAddress = ReadNumber | ReadSip | ReadChoice | Unreadable;

export interface ReadOptions {
	/** ISO 3166 code of the organization: numbers without a country code are of this country. */
	country: string;
}

/** Reads and writes phone numbers. */
export interface PhoneNumbers {
	/** What a text that people wrote says of whom to call. Never throws. */
	read(text: string, options: ReadOptions): ReadAddress;
	/** A number as readers of a country write it: national at home, international elsewhere. Never throws. */
	format(number: string, options: ReadOptions): string;
	/** Whether the numbering plan of its country has such a number (E.164); what is read has the length of one. Never throws. */
	isPlanned(number: string): boolean;
}

/** Characters of a text beyond which nobody meant a number. */
const longestText = 500;
/** Shortest and longest number of digits that can be called without being a number of a country (short codes). */
const shortCode = { least: 2, most: 6 };

/**
 * The one normaliser of panel, server, scripts and connectors. It knows countries by the metadata that it is given
 * (`@inlay/contract/phone-metadata`), so that browsers can load them later and apart.
 */
export function createPhoneNumbers(metadata: MetadataJson): PhoneNumbers {
	const parse = (text: string, country: string) => parseIn(text, country, metadata);

	function read(text: string, { country }: ReadOptions): ReadAddress {
		if (text.length > longestText) return { kind: "unreadable", reason: "tooLong" };
		const { scheme, rest } = withoutScheme(text);
		const clean = tidy(rest);
		if (scheme === "sip" || scheme === "sips") return readSip(scheme, clean, rest);
		if (clean === "") return { kind: "unreadable", reason: "empty" };
		const whole = readOne(clean, country);
		const several = readSeveral(clean, country);
		if (several && (several.numbers.length > 1 || whole.kind !== "number"))
			return several.numbers.length > 1 || several.isWhole ? unwrap(several) : { kind: "unreadable", reason: "mixed" };
		return whole.kind === "unreadable" && whole.reason === "noNumber" ? amongWords(clean, country) : whole;
	}

	/** `317-555-0123 home 317-555-0124 work`: whatever could be called, and words between. */
	function amongWords(text: string, country: string): ReadChoice | Unreadable {
		const whole = (part: string) => isNumber(parse(part, country));
		const found = runsOfDigits(text)
			.filter(whole)
			.map((part) => readOne(part, country));
		const numbers = distinct(found.filter((one) => one.kind === "number"));
		if (numbers.length > 1) return { kind: "choice", numbers };
		return { kind: "unreadable", reason: numbers.length === 1 ? "mixed" : "noNumber" };
	}

	/** The text as one number, whatever stands around it. */
	function readOne(text: string, country: string): ReadNumber | Unreadable {
		const { number, after } = splitExtension(text);
		const found = readDigits(number, country);
		return found.kind === "number" && after ? { ...found, after } : found;
	}

	function readDigits(text: string, country: string): ReadNumber | Unreadable {
		const bare = digitsOf(text, (candidate) => isNumber(parse(candidate, country)));
		if (bare === undefined) return { kind: "unreadable", reason: "noNumber" };
		if (isCode(bare))
			return isAlone(bare, text)
				? { kind: "number", dial: withoutPunctuation(bare) }
				: { kind: "unreadable", reason: "noNumber" };
		const phone = bestReading(bare, country);
		if (phone) return { kind: "number", dial: phone.number, ...(phone.country ? { country: phone.country } : {}) };
		return { kind: "unreadable", reason: whyNot(bare) };
	}

	/**
	 * With and without the zero in brackets that is dialled only at home (`+44 (0)20 …`, but `+39 (0)6 …`), and with `00`
	 * as most of the world writes `+`.
	 */
	function bestReading(text: string, country: string): PhoneNumber | undefined {
		const spellings = [text.replace(/^((?:\+|00)[\d\s.-]*?)\(0\)/, "$1"), text];
		const spelled = [...spellings, ...spellings.map((each) => each.replace(/^00(?=[\s(]*[1-9])/, "+"))].map(plain);
		// Most numbers are spelled in one way, and to parse is what reading them costs.
		const readings = [...new Set(spelled)].map((each) => parse(each, country));
		return readings.find((phone) => phone?.isValid()) ?? readings.find(isNumber);
	}

	/** @returns undefined where the text is no list of numbers */
	function readSeveral(text: string, country: string): (ReadChoice & { isWhole: boolean }) | undefined {
		const parts = splitSeveral(text);
		const [first, ...others] = parts;
		if (first === undefined || others.length === 0) return undefined;
		const leading = readOne(first, country);
		if (leading.kind !== "number" || isShort(leading.dial)) return undefined;
		const numbers = [leading];
		let isWhole = true;
		for (const other of others) {
			const found = readOne(other, country);
			const full = found.kind === "number" && !isShort(found.dial) ? found : ending(leading, other);
			if (full) numbers.push(full);
			else isWhole = false;
		}
		return { kind: "choice", numbers: distinct(numbers), isWhole };
	}

	/** `317-555-0123 / 0124`: the second number differs from the first by its end. */
	function ending(leading: ReadNumber, other: string): ReadNumber | undefined {
		const digits = other.replace(/\D/g, "");
		if (digits.length < 1 || digits.length > 6 || !/^[\d\s-]+$/.test(other)) return undefined;
		const phone = parse(`${leading.dial.slice(0, -digits.length)}${digits}`, "ZZ");
		return phone && isNumber(phone)
			? { kind: "number", dial: phone.number, ...(phone.country ? { country: phone.country } : {}) }
			: undefined;
	}

	function format(number: string, { country }: ReadOptions): string {
		const { scheme, rest } = withoutScheme(number);
		if (scheme === "sip" || scheme === "sips") return rest;
		const address = read(number, { country });
		if (address.kind === "sip") return address.dial;
		if (address.kind !== "number") return tidy(rest);
		const phone = address.dial.startsWith("+") ? parse(address.dial, country) : undefined;
		const text = phone
			? phone.country === country
				? phone.formatNational()
				: phone.formatInternational()
			: address.dial;
		// How long it waits before it sends an extension is nothing to read.
		return address.after ? `${text} x${address.after.replace(/^,+/, "")}` : text;
	}

	return { read, format, isPlanned: (number) => parse(number, "ZZ")?.isValid() ?? false };
}

function parseIn(text: string, country: string, metadata: MetadataJson): PhoneNumber | undefined {
	const known = Object.hasOwn(metadata.countries, country) ? (country as CountryCode) : undefined;
	return parsePhoneNumberFromString(text, { extract: false, ...(known ? { defaultCountry: known } : {}) }, metadata);
}

/** Whether it is as long as one of its country; a zero that is dialled only at home is none of its digits. */
function isNumber(phone: PhoneNumber | undefined): boolean {
	if (!phone?.isPossible()) return false;
	return !phone.nationalNumber.startsWith("0") || phone.isValid();
}

/** A single number needs no choice. */
function unwrap({ numbers }: ReadChoice): ReadAddress {
	const [only, ...others] = numbers;
	return only && others.length === 0 ? only : { kind: "choice", numbers };
}

/** @param sent as it came: what is a line of its own in it would be one in the message that goes out (RFC 3261, 25.1) */
function readSip(scheme: "sip" | "sips", text: string, sent: string): ReadAddress {
	const address = text.replace(/\s/g, "");
	const isClean = !/\p{Cc}/u.test(sent.trim());
	if (isClean && /^[^\s@<>"?\\^`{|}]+@[^\s@<>"?\\^`{|}]+$/.test(address))
		return { kind: "sip", dial: `${scheme}:${address}` };
	return { kind: "unreadable", reason: "noNumber" };
}

/**
 * The part of a text that is dialled: without words before and behind, with letters of a keypad number as digits.
 * @returns undefined where there is no number, or words between digits that mean nothing
 */
function digitsOf(text: string, isPossible: (candidate: string) => boolean): string | undefined {
	const match = /[+\d(*#][\d\s()./*#+-]*/.exec(text);
	if (!match || !/\d/.test(match[0])) return undefined;
	const number = match[0].trim();
	const before = text.slice(0, match.index);
	const behind = text.slice(match.index + match[0].length);
	if (before.trim() === "" && isKeypadWord(behind)) {
		const spelled = `${number}${keypadDigits(behind)}`;
		if (isPossible(spelled) && !isPossible(number)) return spelled;
	}
	if (!isWords(before) || !isWords(behind)) return undefined;
	return number.replace(/[\s(./-]+$/, "");
}

function distinct(numbers: readonly ReadNumber[]): ReadNumber[] {
	const isSame = (one: ReadNumber, other: ReadNumber) => one.dial === other.dial && one.after === other.after;
	return numbers.filter((one, index) => numbers.findIndex((other) => isSame(one, other)) === index);
}

/** What stands between words, and starts as numbers do. */
function runsOfDigits(text: string): string[] {
	return (text.match(/[+(]?\d[\d ()./+-]*/g) ?? []).map((run) => run.trim());
}

/** Words around a number say who or what it is; digits among them would be lost. */
function isWords(text: string): boolean {
	return !/\d/.test(text);
}

/** `1-800-FLOWERS`: letters that stand on keys. */
function isKeypadWord(text: string): boolean {
	return /^[A-Za-z][A-Za-z-]{2,}$/.test(text.trim());
}

function keypadDigits(text: string): string {
	const keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
	return text
		.toLowerCase()
		.replace(/[^a-z]/g, "")
		.replace(/./g, (letter) => String(2 + keys.findIndex((key) => key.includes(letter))));
}

/** Short codes, emergency numbers and star codes are dialled as they stand. */
function isCode(text: string): boolean {
	const bare = withoutPunctuation(text);
	if (/[*#]/.test(bare)) return /^[*#][\d*#]+(\+?\d+)?$/.test(bare);
	// What stands in brackets is an area's or a country's, and of the number itself too little is there yet.
	return /^\d+$/.test(bare) && isShort(bare) && !/[()]/.test(text);
}

function withoutPunctuation(text: string): string {
	return text.replace(/[\s()./-]/g, "");
}

/** A few digits and words behind them are a street or an amount: `12 Main Street`. */
function isAlone(code: string, text: string): boolean {
	return !/^\s*\p{L}/u.test(text.slice(text.indexOf(code) + code.length));
}

function isShort(dial: string): boolean {
	return !dial.startsWith("+") && dial.length >= shortCode.least && dial.length <= shortCode.most;
}

/** Without brackets and slashes, which the parser would take for the end of the number. */
function plain(text: string): string {
	return text.replace(/[()./]/g, " ");
}

function whyNot(text: string): Unreadable["reason"] {
	const digits = text.replace(/\D/g, "").length;
	if (digits < 7) return "tooShort";
	return digits > 15 ? "tooLong" : "unknownCountry";
}
