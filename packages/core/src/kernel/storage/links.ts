import { createHmac, timingSafeEqual } from "node:crypto";
import { type Static, Type } from "typebox";
import { Check } from "typebox/value";

/** Links to files are good for at most so long, in seconds (agent-features 0.4). */
export const longestLinkSeconds = 300;

/** What a link opens, for whom, and until when. */
const Link = Type.Object({
	key: Type.String(),
	type: Type.String(),
	/** Bytes of the whole file. */
	size: Type.Integer(),
	/** As the file is called where it is saved. */
	filename: Type.String(),
	disposition: Type.Union([Type.Literal("inline"), Type.Literal("attachment")]),
	/** Whom it was given to. */
	userId: Type.Optional(Type.String()),
	/** Hash of the token that asked for it: it ends with that. */
	session: Type.Optional(Type.String()),
	/** What the file is, to those who keep account of its readers: `recording:<id>`. */
	subject: Type.Optional(Type.String()),
	/** Epoch seconds. */
	expires: Type.Integer(),
});
export type Link = Static<typeof Link>;

/** A link as it stands in an address: whoever alters a letter of it has none. */
export function signLink(link: Link, key: string): string {
	const text = Buffer.from(JSON.stringify(link)).toString("base64url");
	return `${text}.${signatureOf(text, key)}`;
}

/** @returns undefined for what was not signed with the key; whether the time is over is for the caller to see */
export function readLink(ticket: string, key: string): Link | undefined {
	const [text = "", signature = ""] = ticket.split(".");
	const [given, wanted] = [Buffer.from(signature), Buffer.from(signatureOf(text, key))];
	if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
	const link: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
	return Check(Link, link) ? link : undefined;
}

function signatureOf(text: string, key: string): string {
	return createHmac("sha256", key).update(text).digest("base64url");
}
