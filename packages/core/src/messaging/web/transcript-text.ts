import { plainLine } from "../../email/reading/plain.ts";
import type { Message } from "../model.ts";

/** Whatever a mail program begins a new line at. */
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/**
 * One message of a transcript. What the customer wrote is quoted, line by line: anybody can open a session, call themselves
 * by an agent's name and write what looks like the organization's own line, and have it mailed to somebody else in its name.
 * Links of theirs are not ready to be clicked for the same reason.
 */
export function transcriptLine({ at, direction, text }: Message, agent: string | undefined, customer = ""): string {
	const isGuest = direction === "inbound";
	const who = plainLine((isGuest ? customer : agent) ?? "", 100);
	const said = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC${who === "" ? "" : ` ${who}`}: ${isGuest ? withoutLinks(text) : text}`;
	const [first = "", ...further] = said.split(lineBreak);
	return [first, ...further.map((line) => `    ${line}`)].map((line) => (isGuest ? `> ${line}` : line)).join("\n");
}

const withoutLinks = (text: string) => text.replaceAll("://", " : //").replaceAll(/\bwww\./gi, "www .");
