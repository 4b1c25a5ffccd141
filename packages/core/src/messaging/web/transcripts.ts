import { plainLine, readMailbox } from "../../email/reading/plain.ts";
import type { Trx } from "../../kernel/database/database.ts";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { callerKey, strangerAt } from "../../kernel/http/caller-key.ts";
import type { Logger } from "../../kernel/log.ts";
import type { OperatorLog } from "../../kernel/operator-log.ts";
import type { Message, MessageAddress } from "../model.ts";
import type { Guest } from "./guest-store.ts";
import { type Guests, messengerOf } from "./guests.ts";
import { type SessionAddresses, TranscriptLimits } from "./transcript-limits.ts";
import { transcriptText } from "./transcript-text.ts";

/** Mails of the product's own, by the server of the sender's domain. */
export interface TranscriptMail {
	/** The address is of a domain of the organization's, which stays until the change ends. */
	holdSender(trx: Trx, from: string): Promise<boolean>;
	canSend(from: string): Promise<boolean>;
	/** @returns false where the server does not take it */
	send(mail: { from: string; to: string; subject: string; text: string }): Promise<boolean>;
}

export interface TranscriptDeps {
	guests: Pick<Guests, "look">;
	/** The newest of a thread, as many as are sent at most. */
	messages(threadId: string): Promise<Message[]>;
	namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	mail(): TranscriptMail | undefined;
	/** To whom sessions have had mails sent. */
	mailed: SessionAddresses;
	operators: Pick<OperatorLog, "warn">;
	log: Pick<Logger, "error">;
}

/** Of what was said so much goes along. */
export const mostInTranscript = 1_000;

/**
 * A customer has the conversation sent to them (agent-features 11). Anybody can open a session and write what they like, so that
 * nobody is mailed by it before somebody of the organization has answered, and few are (`transcript-limits.ts`).
 */
export function createTranscripts({ guests, messages, namesOf, mail, mailed, operators, log }: TranscriptDeps) {
	const limits = new TranscriptLimits(mailed, (of, { ip, messengerId }) =>
		operators.warn(
			{
				...{ event: "message.transcript.full", reason: of, deploymentId: messengerId, unverified: true },
				...(of === "network" ? { network: callerKey(ip) } : {}),
			},
			"no more conversations are mailed for now: within an hour there were many",
			strangerAt(ip),
		),
	);

	return {
		/** @param ip of who asks @throws ApiError 400, 403, 429, 502 */
		async send(address: MessageAddress, guest: Guest, email: string, ip: string): Promise<void> {
			const { transcriptFrom: from, title } = messengerOf(address);
			const sender = mail();
			if (from === "" || !sender) throw notOffered();
			const to = readMailbox(email.trim())?.email;
			if (!to) throw badField("email", "This is no email address.", "email.recipient.invalid");
			const { thread } = await guests.look(address, guest);
			const said = thread ? await messages(thread.id) : [];
			if (!said.some(({ direction, userId }) => direction === "outbound" && userId !== undefined)) throw notOffered();
			const taken = await limits.take({ messengerId: address.id, guestId: guest.id, ip, to });
			if (taken === "often") throw tooOften();
			if (taken === "busy") throw tooManyAtOnce();
			let isSent = false;
			try {
				const text = await textOf(said, thread?.name);
				isSent = await sender.send({ from, to, subject: plainLine(title === "" ? address.name : title, 100), text });
			} catch (error) {
				log.error({ err: error, messenger: address.id }, "a conversation could not be sent to its customer");
			}
			// That it was sent is true also where it cannot be noted: then its address counts as on its way.
			await taken.end(isSent).catch((error: unknown) => log.error({ err: error, messenger: address.id }, notNoted));
			if (!isSent) throw notSent();
		},
	};

	async function textOf(said: readonly Message[], customer: string | undefined): Promise<string> {
		const names = await namesOf([...new Set(said.flatMap(({ userId }) => userId ?? []))]);
		const nameOf = ({ direction, userId }: Message) =>
			(direction === "inbound" ? customer : userId && names.get(userId)) ?? "";
		return transcriptText(said.map((one) => ({ ...one, name: nameOf(one) })));
	}
}

const notNoted = "what became of a conversation that was to be sent to its customer could not be noted";

function notOffered(): ApiError {
	return new ApiError(403, "message.transcript.off", "Nothing that could be sent by email was answered here.");
}

function tooOften(): ApiError {
	return new ApiError(429, "message.transcript.often", "This was sent often enough. Save the conversation instead.");
}

/** Of others' mails this customer knows nothing, and has had none. */
function tooManyAtOnce(): ApiError {
	const text = "Many conversations are being sent just now. Save the conversation instead, or try again in an hour.";
	return new ApiError(429, "message.transcript.busy", text);
}

function notSent(): ApiError {
	return new ApiError(
		502,
		"message.transcript.failed",
		"The email was not taken. Check the address, or save the conversation.",
	);
}
