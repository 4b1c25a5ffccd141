import { cutName } from "../../kernel/cut.ts";
import type { MailAddress } from "../model.ts";

/** What no name or subject of a mail holds: controls, and what turns the direction of letters, hides or doubles them. */
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** All that some program takes for the end of a line, as a set of an expression. */
const lineEnds = String.raw`\n\v\f\r\x1c-\x1e\u0085\u2028\u2029`;
export const lineEnd = new RegExp(`\\r\\n|[${lineEnds}]`);
const betweenWords = new RegExp(`[\\t${lineEnds}]+`, "g");

/** One line that shows what it holds. */
export function plainLine(text: string, longest: number): string {
	const line = text.replace(betweenWords, " ").replace(unseen, "");
	return [...line].slice(0, longest).join("").trim();
}

/** A file's name without folders, so that it is only ever a name. */
export function plainName(text: string | null | undefined): string {
	const last =
		plainLine(text ?? "", 1000)
			.split(/[\\/]/)
			.at(-1) ?? "";
	const name = last.replace(/^[.\s]+|[<>:"|?*]/g, "");
	return cutName(name, 150) || "file";
}

/** RFC 5321's local part and a host name, as mail systems in use have them. */
const mailbox =
	/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9\u0080-\uffff](?:[a-z0-9\u0080-\uffff-]{0,61}[a-z0-9\u0080-\uffff])?\.)*[a-z0-9\u0080-\uffff](?:[a-z0-9\u0080-\uffff-]{0,61}[a-z0-9\u0080-\uffff])?$/i;

/** @returns undefined for what is no address */
export function readMailbox(email: string | undefined, name = ""): MailAddress | undefined {
	const address = (email ?? "").trim();
	if (address.length > 254 || !mailbox.test(address)) return undefined;
	const shown = plainLine(name, 200);
	return { email: address, ...(shown && shown !== address ? { name: shown } : {}) };
}

/** Stands for who says in no readable way who they are: many share it, so that it is nobody's name. */
export const nobodysAddress = "unknown@invalid";

const messageIds = /<[^<>\s\p{Cc}]{1,990}>/gu;

/** The message ids in a header, in their order. Of very many the first, and the latest. */
export function readIds(header: string | undefined): string[] {
	const all = [...new Set(header?.match(messageIds) ?? [])];
	return all.length <= 100 ? all : [...all.slice(0, 1), ...all.slice(-99)];
}

/** The domain of an address, in small letters. */
export function domainOf(email: string): string {
	return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
