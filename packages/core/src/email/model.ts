/** Who writes, or is written to. */
export interface MailAddress {
	name?: string;
	/** As it was written; compared by `sameAddress`. */
	email: string;
}

/** Whether a connection to a mail server is encrypted: from its first byte, once both agree, or not at all. */
export const securities = ["tls", "starttls", "none"] as const;

/** Who carries the mails that a domain sends. */
export interface SmtpServer {
	host: string;
	port: number;
	security: (typeof securities)[number];
	user?: string;
	/** Never told. */
	password?: string;
	/** By which the server signs what it sends (DKIM), so that its key can be looked for. */
	dkimSelector?: string;
}

/** A mailbox with somebody else's mail server that mails for one of our addresses are brought from. */
export interface ImapServer extends Omit<SmtpServer, "user" | "dkimSelector"> {
	user: string;
	/** Where new mails lie, such as INBOX. */
	folder: string;
}

/** A domain of the organization's, e.g. `shop.example`, for which it takes and sends mails. */
export interface EmailDomain {
	/** Its name, in small letters. */
	id: string;
	/** Absent: nothing can be sent from it. */
	smtp?: SmtpServer;
	/** By which its mails are signed before they leave. Never told. */
	signing?: { selector: string; privateKey: string };
	/** Grows with every change. */
	version: number;
}

/** A key by which a domain's mails are signed; its private half is nowhere but where it is kept. */
export interface DkimKey {
	domain: string;
	/** What stands before `._domainkey`. */
	selector: string;
	/** `waiting` until name servers tell it; `ended`: another one signs, and what this one signed may be on its way still. */
	state: "waiting" | "signing" | "ended";
	/** SubjectPublicKeyInfo in base64. */
	publicKey: string;
	createdAt: Date;
	endedAt?: Date;
}

/** An address of the organization by which customers write and are written to, and the queue that answers. */
export interface EmailRoute {
	id: string;
	domain: string;
	/** What stands before the @, in small letters. */
	pattern: string;
	/** As customers see it. */
	fromName: string;
	queueId: string;
	settings: RouteSettings;
	version: number;
}

export interface RouteSettings {
	/** For so long after its end a customer's answer goes to the agent of before first, hours; 0: never. */
	threadingHours: number;
	/** How urgent what comes by it is; 0 is normal. */
	priority: number;
	/** What is asked of who answers. */
	skillIds: string[];
	languageId?: string;
	/** Stands under what agents write, with `{{agentName}}` and the other names of canned responses; empty: nothing does. */
	signature: string;
	/** Agents who have a signature of their own stand under their mails with that. */
	hasOwnSignatures: boolean;
	/** What a filter before us calls spam (X-Spam-Flag) is kept aside; else it comes with a mark. */
	holdsSpam: boolean;
	/** Only under what is sent first in a thread. */
	signsOnce: boolean;
	/** For so long what agents send waits, so that they can take it back, seconds; 0: not at all. */
	undoSeconds: number;
	/** Gets everything that is sent by it, unseen. */
	autoBcc: string[];
}

/** `support@shop.example`. */
export function addressOfRoute({ pattern, domain }: Pick<EmailRoute, "pattern" | "domain">): string {
	return `${pattern}@${domain}`;
}

/** All mails about one thing, over all conversations. */
export interface EmailThread {
	id: string;
	routeId: string;
	/** Of the customer's, who wrote or was written to first. */
	their: string;
	/** Stands in subjects and addresses of ours, so that an answer finds it. */
	token: string;
	/** The conversation that it had last. */
	conversationId?: string;
}

/** `queued` is to be sent; `failed`: it never will be by itself. */
export const mailStates = ["received", "queued", "sent", "failed"] as const;
export type MailState = (typeof mailStates)[number];

/** A file with a mail, as it is stored. */
export interface MailAttachment {
	id: string;
	name: string;
	contentType: string;
	size: number;
	/** Under which the storage has it; absent for one that was refused. */
	key?: string;
	/** By which the text names it: it is a picture within. */
	contentId?: string;
	/** Of the canned response's file that it is a copy of. */
	assetId?: string;
	/** Why it is not kept. */
	refused?: string;
}

/** Why a mail was not sent. */
export interface MailError {
	code: string;
	message: string;
	/** Whom it did not reach, where it reached others. */
	recipients?: string[];
}

/** One mail as it is kept. */
export interface Mail {
	id: string;
	threadId: string;
	routeId: string;
	conversationId: string;
	direction: "inbound" | "outbound";
	/** Of RFC 5322, with its angle brackets; fixed before the first try. */
	messageId: string;
	/** The ids of the mails before it, the oldest first. */
	references: string[];
	from: MailAddress;
	to: MailAddress[];
	cc: MailAddress[];
	/** Of ours only; in no header. */
	bcc: MailAddress[];
	replyTo?: MailAddress;
	subject: string;
	text: string;
	/** What may be shown of its HTML (agent-features 8.4). */
	html?: string;
	/** Pictures somewhere else were taken out of it. */
	hasRemote: boolean;
	/** Where those are, in the order of the room that the HTML leaves for them; mails of before do not say. */
	remote?: string[];
	attachments: MailAttachment[];
	/** The mail as it came or went. */
	rawKey?: string;
	state: MailState;
	error?: MailError;
	/** A machine wrote it. */
	autoGenerated: boolean;
	/** Whoever of the organization wrote it. */
	userId?: string;
	/** How often it was tried to send it, and when it is tried again. */
	attempts: number;
	tryAt?: Date;
	/** What it was made of, for whoever takes it back. */
	draft?: DraftContent;
	at: Date;
}

/** What somebody has written, without whose and when. */
export type DraftContent = Omit<Draft, "conversationId" | "userId" | "version" | "at">;

/** What an agent is writing. */
export interface Draft {
	conversationId: string;
	userId: string;
	/** Grows with every save. */
	version: number;
	kind: DraftKind;
	to: MailAddress[];
	cc: MailAddress[];
	bcc: MailAddress[];
	subject: string;
	text: string;
	html?: string;
	/** What its agent has made of the signature; absent: it is as the address has it, or they do. */
	signature?: string;
	attachments: MailAttachment[];
	at: Date;
}

/** In the platform's words; `New` is ours, for what answers nothing. */
export const draftKinds = ["Reply", "ReplyAll", "Forward", "New"] as const;
export type DraftKind = (typeof draftKinds)[number];

/** A mail that was taken at a door and is not in a thread yet. */
export interface InboundMail {
	id: string;
	routeId: string;
	rawKey: string;
	size: number;
	/** Envelope. */
	mailFrom: string;
	rcptTo: string;
	/** Somebody wants it whatever it is. */
	isWanted?: boolean;
	attempts: number;
	tryAt?: Date;
	at: Date;
}

/** How long a signature is, characters. */
export const mostSignature = 2000;

/** How long mails are, with everything, bytes (agent-features 0.4: 10 MB of attachments, in base64). */
export const mostMailBytes = 15 * 1024 * 1024;
export const mostAttachmentBytes = 10 * 1024 * 1024;
export const mostAttachments = 20;
/** To how many one mail goes. */
export const mostRecipients = 100;

/** Addresses are compared without regard to case, as every mail system in use does. */
export function sameAddress(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
