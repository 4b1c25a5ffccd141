import { plainLine } from "../../email/reading/plain.ts";
import { seenText } from "../../kernel/names.ts";
import type { Message } from "../model.ts";

/** A message as it is told, and who wrote it. */
export type Said = Pick<Message, "at" | "direction" | "text"> & { name: string };

/** All that some program takes for the end of a line: controls but the tab, and Unicode's separators of lines and paragraphs. */
const breaks = /\r\n|(?!\t)[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Shorter than programs wrap, so that no line of ours begins where nobody has marked it. */
const widest = 72;
const longestName = 100;

/**
 * What was said, as a mail in plain text. Whoever opens a session writes what they like and has it sent to whom they like, so
 * that nothing of theirs can be taken for the organization's: all their lines are quoted, and hold no links. What goes on over
 * several lines is indented.
 */
export function transcriptText(said: readonly Said[]): string {
	return said.map(linesOf).join("\n");
}

function linesOf({ at, direction, text, name }: Said): string {
	const who = plainLine(name.replaceAll(/\s+/g, " "), longestName);
	const head = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC${who === "" ? "" : ` ${who}`}: `;
	const [first = "", ...more] = text.split(breaks).map(plain);
	const isTheirs = direction === "inbound";
	const lines = [head + first, ...more].map((line) => (isTheirs ? withoutLinks(line) : line));
	const wrapped = lines.flatMap(wrappedAt).map((line, index) => (index === 0 ? line : `    ${line}`));
	return (isTheirs ? wrapped.map((line) => `> ${line}`) : wrapped).join("\n");
}

/** Nothing that nobody sees, and no blanks that push what follows to where a line seems to begin. */
function plain(line: string): string {
	return seenText(line).replaceAll(/\s+/g, " ").trimEnd();
}

/** Between words: an address that is longer stays whole. */
function wrappedAt(line: string): string[] {
	const lines: string[] = [];
	let last = "";
	for (const word of line.split(" ")) {
		const longer = last === "" ? word : `${last} ${word}`;
		if (longer.length > widest && last !== "") {
			lines.push(last);
			last = word;
		} else last = longer;
	}
	return [...lines, last];
}

/** Schemes that need no name of a server. */
const plainSchemes = /\b(mailto|tel|sms|callto|skype|facetime|data|javascript):(?=\S)/gi;
/** As in names of servers, of letters and digits; and what browsers take for one, where it ends no sentence. */
const dots =
	/(?<=[\p{L}\p{M}_-])\.(?=[\p{L}\p{N}])|(?<=\p{N})\.(?=\p{L})|(?<=[a-z0-9])[\u3002\uff0e\uff61](?=[a-z0-9])/giu;
const numbers = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;

/** So that no mail program makes a link of it: `https://shop.example/x` is read as `shop[.]example/x`. */
export function withoutLinks(text: string): string {
	return text
		.replaceAll(/\b[a-z][a-z0-9+.-]*:[\\/]{2,}/gi, "")
		.replaceAll(/:(?=[\\/]{2})/g, ": ")
		.replaceAll(plainSchemes, "$1: ")
		.replaceAll(numbers, (ip) => ip.replaceAll(".", "[.]"))
		.replaceAll(dots, "[.]");
}
