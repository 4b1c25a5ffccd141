import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Kernel, Services } from "@inlay/core";
import { createTransport } from "nodemailer";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { mailing, simulatedMailbox } from "../facts.ts";

/** A mail as the mailbox shows it. */
export interface BoxMail {
	id: string;
	/** Of RFC 5322: an answer names it. */
	messageId: string;
	references: string[];
	isMine: boolean;
	/** The other side's. */
	their: string;
	subject: string;
	text: string;
	files: string[];
	at: Date;
}

/** What is written with it. */
export interface BoxLetter {
	subject: string;
	text: string;
	/** The mail that it answers. */
	answers?: string;
	/** The same again with the same key is one mail. */
	key: string;
	/** Another customer with another address, whose answers come to this mailbox, too. */
	from?: string;
	name?: string;
	/** What comes with it, in base64. */
	files?: { name: string; data: string }[];
}

const mostKept = 50;
const mostBytes = 20 * 1024 * 1024;
const host = "127.0.0.1";

/**
 * A customer's mail server with one mailbox, for who wants to be the customer: our mails come to it by SMTP, and what it writes
 * comes to Inlay by SMTP. It forgets everything when it ends.
 */
export function createMailbox(
	{ log, outgoing }: Pick<Kernel, "log" | "outgoing">,
	{ mailing: service }: Pick<Services, "mailing">,
) {
	const mails: BoxMail[] = [];
	const { address, owner } = simulatedMailbox;
	const server = new SMTPServer({
		...{ authOptional: true, disabledCommands: ["AUTH", "STARTTLS"], disableReverseLookup: true, logger: false },
		size: mostBytes,
		closeTimeout: 1_000,
		onRcptTo({ address: to }, _session, callback) {
			// Everybody there has this one mailbox; who is called unknown has none.
			callback(
				/^unknown@/i.test(to) ? Object.assign(new Error("5.1.1 No such user here"), { responseCode: 550 }) : null,
			);
		},
		onData(stream, _session, callback) {
			receive(stream as AsyncIterable<Buffer>).then(
				() => callback(),
				(error: Error) => callback(error),
			);
		},
	});
	server.on("error", (error: Error) => log.debug({ err: error }, "the demo's mailbox"));

	function keep(mail: BoxMail): void {
		mails.push(mail);
		mails.splice(0, mails.length - mostKept);
	}

	async function receive(stream: AsyncIterable<Buffer>): Promise<void> {
		const parts: Buffer[] = [];
		for await (const part of stream) parts.push(part);
		const mail = await PostalMime.parse(Buffer.concat(parts));
		const messageId = mail.messageId ?? "";
		// A repeat after an answer that was lost is known by its id.
		if (mails.some((one) => one.messageId === messageId)) return;
		keep({
			...{
				id: randomUUID(),
				messageId,
				references: [...(mail.references?.split(/\s+/) ?? []), messageId],
				isMine: false,
			},
			...{ their: mail.from?.address ?? "", subject: mail.subject ?? "", text: mail.text ?? "", at: new Date() },
			files: mail.attachments.map(({ filename }) => filename ?? "file"),
		});
	}

	/** Inlay's own door, once it is open. */
	function doorPort(): number {
		const port = service.door.port();
		if (port === undefined) throw new Error("Inlay takes no mails by SMTP.");
		return port;
	}

	return {
		mails: (): readonly BoxMail[] => mails,

		/** The address of ours to which it writes; undefined where somebody has deleted it. */
		async ours(): Promise<string | undefined> {
			return (await service.places.routeFor(mailing.address)) && mailing.address;
		},

		/** Writes to our address by SMTP. @returns false where there is none any more */
		async write({
			subject,
			text,
			answers,
			key,
			from = address,
			name = owner,
			files = [],
		}: BoxLetter): Promise<boolean> {
			const messageId = `<${key}@${address.split("@")[1]}>`;
			if (mails.some((one) => one.messageId === messageId)) return true;
			if (!(await this.ours())) return false;
			const before = mails.find(({ id }) => id === answers);
			const transport = createTransport({ host, port: doorPort(), ignoreTLS: true });
			try {
				await transport.sendMail({
					...{ from: { name, address: from }, to: mailing.address, subject, text, messageId },
					attachments: files.map(({ name: filename, data }) => ({ filename, content: data, encoding: "base64" })),
					...(before ? { inReplyTo: before.messageId, references: before.references } : {}),
				});
			} finally {
				transport.close();
			}
			const references = [...(before?.references ?? []), messageId];
			keep({
				...{ id: randomUUID(), messageId, references, isMine: true, their: mailing.address },
				...{ subject, text, files: files.map(({ name: filename }) => filename), at: new Date() },
			});
			return true;
		},

		/** Opens it, and has our domain's mails carried to it, unless somebody has set another server. */
		async start(): Promise<void> {
			await new Promise<void>((resolve, reject) => {
				server.server.once("error", reject);
				server.listen(0, host, () => resolve());
			});
			const domain = await service.places.store.domain(mailing.domain);
			if (!domain || (domain.smtp && domain.smtp.host !== host)) return;
			const { port } = server.server.address() as AddressInfo;
			outgoing.allowOwn({ host, port });
			await service.places.changeDomain(mailing.domain, { smtp: { host, port, security: "none" } }, undefined);
		},

		async stop(): Promise<void> {
			if (server.server.listening) await new Promise<void>((resolve) => server.close(resolve));
		},
	};
}

export type Mailbox = ReturnType<typeof createMailbox>;
