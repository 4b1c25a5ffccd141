import type { MailAddress } from "../model.ts";

/** What a mail says, read out of its raw form by the mail reader's own thread. */
export interface ReadMail {
	/** With angle brackets; absent where it has none that is one. */
	messageId?: string;
	/** The mail that it answers, then those before it, the nearest first. */
	answers: string[];
	/** As they stand in References: the oldest first. */
	references: string[];
	from: MailAddress;
	replyTo?: MailAddress;
	to: MailAddress[];
	cc: MailAddress[];
	subject: string;
	text: string;
	/** What may be shown of its HTML. */
	html?: string;
	/** Pictures somewhere else were taken out of it. */
	hasRemote: boolean;
	/** Where those are: the HTML leaves room for each (`data-remote`). */
	remote: string[];
	files: MailFile[];
	/** A machine wrote it: nothing answers it by itself, and nobody is disturbed by it. */
	isAutomatic: boolean;
	isSpam: boolean;
	/** Of a delivery report: which mail of ours came to nothing, and why. */
	report?: { messageId: string; text: string };
	/** Our own mark, by which we know what we have sent ourselves. */
	ownMark?: string;
}

/** A file as it came. */
export interface MailFile {
	name: string;
	contentType: string;
	/** Without angle brackets. */
	contentId?: string;
	/** A picture that the HTML shows. */
	isInline: boolean;
	bytes: Uint8Array;
}

/** Header under which our own mails are known again. */
export const ownMarkHeader = "X-Inlay-Conversation";
