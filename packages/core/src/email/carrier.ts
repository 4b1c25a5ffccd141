import type { ComposedMail } from "./compose.ts";
import type { EmailDomain, MailError } from "./model.ts";

/** What became of a mail that the far end has taken. */
export interface Carried {
	/** Whom it did not take it for, with its words. */
	refused: Array<{ email: string; text: string }>;
}

/** Whom the far end did not take a mail for, in words: each by name, with what it said. */
export function whomNot(refused: ReadonlyArray<Carried["refused"][number]>): string {
	return refused.map(({ email, text }) => (email === "" ? text : `${email}: ${text}`)).join("; ");
}

/** Who brings mails to customers. */
export interface MailCarrier {
	/**
	 * Sends a mail. The same one again, after an answer that was lost, may come twice; its Message-ID tells.
	 * @throws MailRefused for what will not be taken however often it is tried; anything else is tried again
	 */
	send(domain: EmailDomain, mail: ComposedMail): Promise<Carried>;
	/** Asks the domain's server whether it lets us in. @throws Error saying why not */
	check(domain: EmailDomain): Promise<void>;
}

/** The far end does not take a mail, and will not. */
export class MailRefused extends Error {
	readonly reason: MailError;

	constructor(reason: MailError) {
		super(reason.message);
		this.reason = reason;
	}
}
