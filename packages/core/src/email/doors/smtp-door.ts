import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Kernel } from "../../kernel/domain.ts";
import type { Taken } from "../inbound.ts";
import { type EmailRoute, mostMailBytes } from "../model.ts";

export interface SmtpDoorDeps {
	/** The address of ours that a recipient names. */
	routeFor(address: string): Promise<EmailRoute | undefined>;
	take(taken: Taken): Promise<void>;
}

const mostClients = 50;
const silentMs = 60_000;

class SmtpError extends Error {
	readonly responseCode: number;
	constructor(responseCode: number, message: string) {
		super(message);
		this.responseCode = responseCode;
	}
}

/**
 * Where mail servers bring what customers write (SMTP, RFC 5321): it takes mails for our addresses alone, and says that it has
 * one only when it is kept. It stands behind the organization's own mail server, which speaks TLS with the world.
 */
export function createSmtpDoor({ config, log }: Pick<Kernel, "config" | "log">, deps: SmtpDoorDeps) {
	/** The demo's own is on whichever port is free. */
	const wanted = config.smtpPort ?? (config.demo ? 0 : undefined);
	let server: SMTPServer | undefined;

	async function routesOf(session: SMTPServerSession): Promise<Taken["recipients"]> {
		const found: Array<{ route: EmailRoute; rcptTo: string }> = [];
		for (const { address } of session.envelope.rcptTo) {
			const route = await deps.routeFor(address);
			if (route && !found.some((one) => one.route.id === route.id)) found.push({ route, rcptTo: address });
		}
		return found;
	}

	async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
		const parts: Buffer[] = [];
		let size = 0;
		for await (const part of stream as AsyncIterable<Buffer>) {
			size += part.length;
			// What is too large is heard to its end, so that the other side hears the answer.
			if (size <= mostMailBytes) parts.push(part);
		}
		if (size > mostMailBytes) throw new SmtpError(552, "5.3.4 This mail is too large");
		const recipients = await routesOf(session);
		if (recipients.length === 0) throw new SmtpError(550, "5.1.1 There is no such address here");
		const { mailFrom } = session.envelope;
		await deps.take({
			mailFrom: mailFrom ? mailFrom.address.replace(/\p{Cc}/gu, "") : "",
			recipients,
			raw: Buffer.concat(parts),
		});
	}

	function answer(work: Promise<void>, callback: (error?: Error | null) => void): void {
		work.then(
			() => callback(),
			(error: unknown) => {
				if (error instanceof SmtpError) return callback(error);
				log.error({ err: error }, "a mail could not be taken; its server is asked to come again");
				callback(new SmtpError(451, "4.3.0 We cannot take it just now; come again"));
			},
		);
	}

	return {
		/** Where it listens, while it does. */
		port: (): number | undefined => (server?.server.address() as AddressInfo | null | undefined)?.port,

		async start(): Promise<void> {
			if (wanted === undefined) return;
			const opened = new SMTPServer({
				banner: "Inlay",
				size: mostMailBytes,
				authOptional: true,
				disabledCommands: ["AUTH", "STARTTLS"],
				disableReverseLookup: true,
				maxClients: mostClients,
				socketTimeout: silentMs,
				closeTimeout: 2_000,
				logger: false,
				onRcptTo({ address }, _session, callback) {
					const known = deps.routeFor(address).then((route) => {
						if (!route) throw new SmtpError(550, "5.1.1 There is no such address here");
					});
					answer(known, callback);
				},
				onData: (stream, session, callback) => answer(take(stream, session), (error) => callback(error ?? null)),
			});
			opened.on("error", (error: Error) => log.debug({ err: error }, "a mail server's connection broke"));
			await new Promise<void>((resolve, reject) => {
				opened.server.once("error", reject);
				opened.listen(wanted, config.host, () => resolve());
			});
			server = opened;
		},

		async stop(): Promise<void> {
			const open = server;
			server = undefined;
			if (open) await new Promise<void>((resolve) => open.close(resolve));
		},
	};
}
