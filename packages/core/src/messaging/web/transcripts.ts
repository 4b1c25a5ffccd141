import { plainLine, readMailbox } from "../../email/reading/plain.ts";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import type { Logger } from "../../kernel/log.ts";
import type { Message, MessageAddress } from "../model.ts";
import { Bursts } from "./bursts.ts";
import type { Guest } from "./guest-store.ts";
import { type Guests, messengerOf } from "./guests.ts";
import { transcriptLine } from "./transcript-text.ts";

/** Mails of the product's own, by the server of the sender's domain. */
export interface TranscriptMail {
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
	log: Pick<Logger, "error">;
}

/** Of what was said so much goes along. */
export const mostInTranscript = 1_000;
const hourMs = 3_600_000;

/**
 * A customer has the conversation sent to them (agent-features 11). Anybody can open a session and write what they like, so that
 * nobody is mailed by it before somebody of the organization has answered, and of one session, and to one address, few are.
 */
export function createTranscripts({ guests, messages, namesOf, mail, log }: TranscriptDeps) {
	const ofSession = new Bursts(3, hourMs);
	/** A customer has one mailbox, or two: who goes on to others mails strangers by our server. */
	const ofSessionADay = new Bursts(6, 24 * hourMs);
	const toAddress = new Bursts(3, 24 * hourMs);
	/** Failures are no mails, but a server is not asked without end. */
	const tries = new Bursts(10, hourMs);

	/** @throws ApiError 429 */
	function take(guestId: string, to: string): void {
		if (!tries.take(guestId) || !ofSession.take(guestId)) throw tooOften();
		if (!ofSessionADay.take(guestId)) {
			ofSession.giveBack(guestId);
			throw tooOften();
		}
		if (toAddress.take(to)) return;
		ofSession.giveBack(guestId);
		ofSessionADay.giveBack(guestId);
		throw tooOften();
	}

	return {
		/** @throws ApiError 400, 403, 429, 502 */
		async send(address: MessageAddress, guest: Guest, email: string): Promise<void> {
			const { transcriptFrom: from, title } = messengerOf(address);
			const sender = mail();
			if (from === "" || !sender) throw notOffered();
			const to = readMailbox(email.trim())?.email;
			if (!to) throw badField("email", "This is no email address.", "email.recipient.invalid");
			const { thread } = await guests.look(address, guest);
			const said = thread ? await messages(thread.id) : [];
			if (!said.some(({ direction, userId }) => direction === "outbound" && userId !== undefined)) throw notOffered();
			take(guest.id, mailboxOf(to));
			const names = await namesOf([...new Set(said.flatMap(({ userId }) => userId ?? []))]);
			const subject = plainLine(title === "" ? address.name : title, 100);
			const text = said.map((one) => transcriptLine(one, one.userId && names.get(one.userId), thread?.name)).join("\n");
			const isTaken = await sender.send({ from, to, subject, text }).catch((error: unknown) => {
				log.error({ err: error, messenger: address.id }, "a conversation could not be sent to its customer");
				return false;
			});
			if (isTaken) return;
			ofSession.giveBack(guest.id);
			ofSessionADay.giveBack(guest.id);
			toAddress.giveBack(mailboxOf(to));
			throw notSent();
		},
	};
}

/** One mailbox, however its address is written: many providers take whatever stands behind a plus. */
function mailboxOf(email: string): string {
	return email.toLowerCase().replace(/\+[^@]*(?=@)/, "");
}

function notOffered(): ApiError {
	return new ApiError(403, "message.transcript.off", "Nothing that could be sent by email was answered here.");
}

function tooOften(): ApiError {
	return new ApiError(429, "message.transcript.often", "This was sent often enough. Save the conversation instead.");
}

function notSent(): ApiError {
	return new ApiError(
		502,
		"message.transcript.failed",
		"The email was not taken. Check the address, or save the conversation.",
	);
}
