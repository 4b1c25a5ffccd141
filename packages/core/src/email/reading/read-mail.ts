import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { cut } from "../../kernel/cut.ts";
import type { MailAddress } from "../model.ts";
import { isAutomatic, isSpam, type MailHeaders } from "./automatic.ts";
import { MailHead } from "./head.ts";
import { type MailFile, ownMarkHeader, type ReadMail } from "./model.ts";
import { nobodysAddress, plainLine, plainName, readIds, readMailbox } from "./plain.ts";
import { safeHtml, textOf } from "./safe-html.ts";

/** Longer HTML is not shown: its text is, and the mail as it came is a click away. */
const longestHtml = 2_000_000;
const longestText = 500_000;
/** As deep as people write: a mail within a mail within… is read so far, and the rest is a file. */
const limits = { maxNestingDepth: 50, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true };

/**
 * Reads a mail as it came over the wire (RFC 5322, MIME). Costs time that grows with its size: 3 s for 9 MB.
 * @throws Error for what cannot be read as one
 */
export async function readMail(raw: Uint8Array, mailFrom: string): Promise<ReadMail> {
	const mail = await PostalMime.parse(raw, limits);
	const headers = headersOf(mail);
	const from = mailboxes(mail.from ? [mail.from] : [])[0] ?? readMailbox(mailFrom) ?? { email: nobodysAddress };
	const [replyTo] = mailboxes(mail.replyTo);
	const references = readIds(mail.references);
	const [messageId] = readIds(mail.messageId);
	const report = reportOf(mail);
	const ownMark = headers.get(ownMarkHeader.toLowerCase());
	return {
		...(messageId ? { messageId } : {}),
		answers: [...new Set([...readIds(mail.inReplyTo), ...references.toReversed()])],
		references,
		from,
		...(replyTo ? { replyTo } : {}),
		to: mailboxes(mail.to),
		cc: mailboxes(mail.cc),
		subject: plainLine(mail.subject ?? "", 500),
		...bodyOf(mail),
		files: mail.attachments.filter((one) => !isReportPart(one)).map((one, index) => fileOf(one, index)),
		isAutomatic: isAutomatic(headers, mailFrom, from.email),
		isSpam: isSpam(headers),
		...(report ? { report } : {}),
		...(ownMark ? { ownMark } : {}),
	};
}

function headersOf({ headers }: Email): MailHeaders {
	return new Map(headers.toReversed().map(({ key, value }) => [key.toLowerCase(), value]));
}

function mailboxes(addresses: readonly Address[] | undefined): MailAddress[] {
	const flat = (addresses ?? []).flatMap((one) => (one.group === undefined ? [one] : one.group));
	return flat.slice(0, 500).flatMap(({ address, name }) => readMailbox(address, name) ?? []);
}

function bodyOf({ html = "", text }: Email): Pick<ReadMail, "text" | "html" | "hasRemote" | "remote"> {
	const given = text === undefined ? undefined : cut(text, longestText);
	if (html.trim() === "" || html.length > longestHtml) return { text: given ?? "", hasRemote: false, remote: [] };
	const safe = safeHtml(html);
	const plain = given === undefined || given.trim() === "" ? cut(textOf(safe.html), longestText) : given;
	return { text: plain, ...safe };
}

function fileOf({ filename, mimeType, content, contentId, related }: Attachment, index: number): MailFile {
	const bytes = typeof content === "string" ? Buffer.from(content) : new Uint8Array(content);
	const id = contentId?.replace(/^<|>$/g, "");
	const contentType = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(mimeType) ? mimeType : "application/octet-stream";
	const isInline = related === true && id !== undefined && contentType.startsWith("image/");
	const fallback = contentType === "message/rfc822" ? `mail-${index + 1}.eml` : `file-${index + 1}`;
	return {
		name: filename ? plainName(filename) : fallback,
		contentType,
		...(id ? { contentId: id } : {}),
		isInline,
		bytes,
	};
}

const reportType = "message/delivery-status";

function isReportPart({ mimeType }: Attachment): boolean {
	return mimeType === reportType;
}

/** What a delivery report says (RFC 3464): which of our mails, and the far end's words. */
function reportOf({ attachments, headers }: Email): ReadMail["report"] {
	if (!headers.some(({ key, value }) => key === "content-type" && /report-type="?delivery-status/i.test(value)))
		return undefined;
	const textOfPart = (one: Attachment | undefined) =>
		one === undefined
			? ""
			: typeof one.content === "string"
				? one.content
				: Buffer.from(new Uint8Array(one.content)).toString();
	const status = textOfPart(attachments.find(isReportPart));
	const original = textOfPart(
		attachments.find(({ mimeType }) => /^(?:message\/rfc822|text\/rfc822-headers)/.test(mimeType)),
	);
	const [messageId] = readIds(fieldOf(headIn(original), "message-id"));
	const failed = recipientsIn(status).find((one) => /^failed/i.test(fieldOf(one, "action") ?? ""));
	if (!messageId || !failed) return undefined;
	const said = fieldOf(failed, "diagnostic-code")?.replace(/^[\w-]{1,40};\s*/, "");
	const code = /^[\d.]+/.exec(fieldOf(failed, "status") ?? "")?.[0] ?? "";
	return { messageId, text: plainLine(said || `The far end says ${code || "that it failed"}.`, 500) };
}

/** A report speaks of a few recipients, each in a block of its own. */
const mostRecipients = 100;
const longestReport = 256 * 1024;

function recipientsIn(status: string): MailHead[] {
	return status
		.slice(0, longestReport)
		.split(/\r?\n\r?\n/, mostRecipients)
		.map(headIn);
}

function headIn(text: string): MailHead {
	return new MailHead(Buffer.from(text.slice(0, longestReport)));
}

/** What a head says in UTF-8, as reports have it. */
function fieldOf(head: MailHead, name: string): string | undefined {
	const value = head.field(name);
	return value === undefined ? undefined : Buffer.from(value, "latin1").toString();
}
