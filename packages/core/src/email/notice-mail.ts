import { randomUUID } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { type MailCarrier, MailRefused } from "./carrier.ts";
import type { EmailDomain } from "./model.ts";
import { domainOf } from "./reading/plain.ts";

/** A short mail of the product's own. */
export interface OwnMail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

/**
 * Sends mails of the product's own by the server of the sender's domain.
 * @returns false where that domain has none, or the server does not take it; what throws may be tried again
 */
export function createOwnMail(domain: (id: string) => Promise<EmailDomain | undefined>, carrier: MailCarrier) {
	const domainOfSender = (from: string) => domain(domainOf(from));
	return {
		/** Whether the address is of a domain by whose server mails are sent. */
		canSend: async (from: string): Promise<boolean> => (await domainOfSender(from))?.smtp !== undefined,

		async send({ from, to, subject, text }: OwnMail): Promise<boolean> {
			const found = await domainOfSender(from);
			if (!found?.smtp) return false;
			const raw = await new MailComposer({
				...{ from, to, subject, text },
				messageId: `<${randomUUID()}@${found.id}>`,
				headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
				disableFileAccess: true,
				disableUrlAccess: true,
			})
				.compile()
				.build();
			try {
				const { refused } = await carrier.send(found, { raw, envelope: { from, to: [to] } });
				return refused.length === 0;
			} catch (error) {
				if (error instanceof MailRefused) return false;
				throw error;
			}
		},
	};
}
