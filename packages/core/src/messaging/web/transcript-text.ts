import { lineEnd, plainLine } from "../../email/reading/plain.ts";
import { seenText } from "../../kernel/names.ts";
import type { Message } from "../model.ts";

/** A message as it is told, and who wrote it. */
export type Said = Pick<Message, "at" | "direction" | "text"> & { name: string };

/** Shorter than programs wrap, so that no line of ours begins where nobody has marked it. */
const widest = 72;
const longestName = 100;
/** Characters, as read and as written: whoever writes much keeps no server busy, and a mail of more is refused elsewhere. */
const mostOfAll = 500_000;
/** Stands where what was said before is left out. */
const leftOut = "[…]";

/**
 * What was said, as a mail in plain text. Whoever opens a session writes what they like and has it sent to whom they like, so
 * that nothing of theirs can be taken for the organization's: all their lines are quoted, and hold no links. What goes on over
 * several lines is indented. Of very much the latest.
 */
export function transcriptText(said: readonly Said[]): string {
	const texts: string[] = [];
	let sum = 0;
	for (const one of said.toReversed()) {
		sum += one.text.length;
		const text = sum > mostOfAll ? "" : linesOf(one);
		sum += text.length;
		if (sum > mostOfAll) return [leftOut, ...texts.toReversed()].join("\n");
		texts.push(text);
	}
	return texts.toReversed().join("\n");
}

function linesOf({ at, direction, text, name }: Said): string {
	const who = plainLine(name.replaceAll(/\s+/g, " "), longestName);
	const head = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC${who === "" ? "" : ` ${who}`}: `;
	const isTheirs = direction === "inbound";
	const seen = seenText(text.split(lineEnd).join("\n")).split("\n");
	const [first = "", ...more] = seen.map(isTheirs ? singleBlanks : plainBlanks);
	const lines = [head + first, ...more].map((line) => (isTheirs ? withoutLinks(line) : line));
	const wrapped = lines.flatMap(wrappedAt).map((line, index) => (index === 0 ? line : `    ${line}`));
	return (isTheirs ? wrapped.map((line) => `> ${line}`) : wrapped).join("\n");
}

/** No blanks that push what follows to where a line seems to begin. */
function singleBlanks(line: string): string {
	return line.replaceAll(/\s+/g, " ").trimEnd();
}

/** An agent sets out their own as they like; each blank is one at which a line may be broken. */
function plainBlanks(line: string): string {
	return line.replaceAll(/[^\S\t]/g, " ").trimEnd();
}

/** Between words: an address that is longer stays whole. */
function wrappedAt(line: string): string[] {
	const lines: string[] = [];
	let last: string | undefined;
	for (const word of line.split(" ")) {
		const longer: string = last === undefined ? word : `${last} ${word}`;
		if (longer.length > widest && last) {
			lines.push(last.trimEnd());
			last = word;
		} else last = longer;
	}
	return [...lines, last ?? ""];
}

/** With the name of a server; looked for once where it may begin, and no longer than any is, as customers write long lines. */
const schemes = /(?<![\w+.-])[a-z][\w+.-]{0,63}:[\\/]{2,}/gi;
/** Schemes that need no name of a server. */
const plainSchemes = /\b(mailto|tel|sms|callto|skype|facetime|data|javascript):(?=\S)/gi;
/** As in names of servers, of letters and digits; and what browsers take for one, where it ends no sentence. */
const dots =
	/(?<=[\p{L}\p{M}_-])\.(?=[\p{L}\p{N}])|(?<=\p{N})\.(?=\p{L})|(?<=[a-z0-9])[\u3002\uff0e\uff61](?=[a-z0-9])/giu;
const numbers = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;

/** So that no mail program makes a link of it: `https://shop.example/x` is read as `shop[.]example/x`. */
export function withoutLinks(text: string): string {
	return text
		.replaceAll(schemes, "")
		.replaceAll(/:(?=[\\/]{2})/g, ": ")
		.replaceAll(plainSchemes, "$1: ")
		.replaceAll(numbers, (ip) => ip.replaceAll(".", "[.]"))
		.replaceAll(dots, "[.]");
}
