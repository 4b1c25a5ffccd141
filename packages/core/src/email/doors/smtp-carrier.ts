import type { Socket } from "node:net";
import { createTransport } from "nodemailer";
import { type Outgoing, OutgoingRefused } from "../../kernel/outgoing/outgoing.ts";
import { type MailCarrier, MailRefused, whomNot } from "../carrier.ts";
import type { EmailDomain, SmtpServer } from "../model.ts";
import { plainLine } from "../reading/plain.ts";

/** For so long a server may say nothing, ms. */
const connectMs = 15_000;
const silentMs = 60_000;

type Given = (error: Error | null, socket?: { connection: Socket }) => void;

/** Of what was sent, or could not be: whom the server did not take it for. */
interface Rejecting {
	rejectedErrors?: SmtpFailure[];
}

/** What nodemailer tells of a server's refusal. */
interface SmtpFailure extends Error, Rejecting {
	responseCode?: number;
	response?: string;
	recipient?: string;
}

/** Brings mails to the server that a domain names, by SMTP. @param outgoing opens the connections */
export function smtpCarrier(outgoing: Pick<Outgoing, "connect">): MailCarrier {
	function transportTo(domain: EmailDomain) {
		if (!domain.smtp) throw new MailRefused(noServer(domain.id));
		const { host, port } = domain.smtp;
		return createTransport({
			...optionsOf(domain.smtp),
			getSocket: (_options: unknown, callback: Given) =>
				void outgoing.connect(host, port, connectMs).then(
					(connection) => callback(null, { connection }),
					(error: Error) => callback(error),
				),
		});
	}

	return {
		async send(domain, { raw, envelope }) {
			const transport = transportTo(domain);
			try {
				const info = await transport.sendMail({ raw, envelope, ...signatureOf(domain) });
				return { refused: (info as Rejecting).rejectedErrors?.map(refusedOf) ?? [] };
			} catch (error) {
				if (error instanceof OutgoingRefused) throw new MailRefused(error.reason);
				const failure = error as SmtpFailure;
				if ((failure.responseCode ?? 0) >= 500)
					throw new MailRefused({ code: "email.refused", message: whyNobody(failure) });
				throw error;
			} finally {
				transport.close();
			}
		},
		async check(domain) {
			const transport = transportTo(domain);
			try {
				await transport.verify();
			} finally {
				transport.close();
			}
		},
	};
}

/** Over what is sent, by the domain's own key (RFC 6376); its server may sign beside it. */
function signatureOf({ id, signing }: EmailDomain) {
	if (!signing) return {};
	const { selector: keySelector, privateKey } = signing;
	return { dkim: { domainName: id, keySelector, privateKey } };
}

function optionsOf({ host, port, security, user, password }: SmtpServer) {
	return {
		host,
		port,
		secure: security === "tls",
		requireTLS: security === "starttls",
		ignoreTLS: security === "none",
		...(user ? { auth: { user, pass: password ?? "" } } : {}),
		connectionTimeout: connectMs,
		greetingTimeout: connectMs,
		socketTimeout: silentMs,
		disableFileAccess: true,
		disableUrlAccess: true,
	};
}

function refusedOf(one: SmtpFailure): { email: string; text: string } {
	return { email: one.recipient ?? "", text: saidBy(one) };
}

/** Where nobody's address was taken, each is named with what was said of it: of several, one may have been mistyped. */
function whyNobody(failure: SmtpFailure): string {
	const { rejectedErrors: each = [] } = failure;
	return each.length === 0 ? saidBy(failure) : whomNot(each.map(refusedOf));
}

function saidBy({ response, message }: SmtpFailure): string {
	return plainLine(response ?? message, 500);
}

export function noServer(domain: string) {
	return {
		code: "email.domain.noServer",
		message: `No mail server is set for ${domain}: nothing can be sent from it.`,
	};
}
