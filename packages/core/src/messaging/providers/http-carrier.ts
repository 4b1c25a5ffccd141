import { type Outgoing, OutgoingRefused } from "../../kernel/outgoing/outgoing.ts";
import type { MessageFile } from "../model.ts";
import { type MessageProvider, MessageRefused } from "../provider.ts";
import { defaultCarrier, filled, textAt, toldTo } from "./carrier-form.ts";
import { signatureOf } from "./signature.ts";

/** Within so long a carrier answers, ms. */
const answerMs = 10_000;
/** Of an answer so much is read. */
const mostBytes = 64 * 1024;

interface CarrierDeps {
	outgoing: Pick<Outgoing, "ask">;
	/** Opens a file for the carrier, who fetches it at once. */
	linkTo(file: MessageFile): Promise<string>;
}

/**
 * A carrier of texts by HTTP, whoever it is (agent-features 10): what is sent is posted in the form that the address's settings
 * give it, signed with the secret of both. `Idempotency-Key` is the message's id at each try.
 */
export function httpCarrier({ outgoing, linkTo }: CarrierDeps): MessageProvider {
	return {
		async send({ settings }, message) {
			const { webhookUrl, secret, carrier = defaultCarrier } = settings;
			if (!webhookUrl || !secret) throw new MessageRefused(nowhere);
			const { id, our, their, file } = message;
			const content = file ? { text: "", media: [await linkTo(file)] } : { text: message.text };
			const body = filled(carrier.request, { id, from: toldTo(our, carrier), to: toldTo(their, carrier), ...content });
			const headers = {
				"content-type": "application/json",
				accept: "application/json",
				"idempotency-key": id,
				"x-hub-signature-256": signatureOf(body, secret),
				...(carrier.authorization ? { authorization: carrier.authorization } : {}),
			};
			const asked = outgoing.ask(new URL(webhookUrl), {
				method: "POST",
				headers,
				body,
				timeoutMs: answerMs,
				mostBytes,
			});
			const answer = await asked.catch((error: unknown) => {
				throw error instanceof OutgoingRefused ? new MessageRefused(error.reason) : error;
			});
			requireTaken(answer.status);
			return { providerId: idIn(answer.body, carrier.idPath) ?? id };
		},
	};
}

/** @throws MessageRefused for what no later try would change; Error for what one may */
function requireTaken(status: number): void {
	if (status >= 200 && status < 300) return;
	if (status >= 500 || status === 408 || status === 429) throw new Error(`The carrier answered ${status}.`);
	throw new MessageRefused({ code: "message.refused", message: `The carrier refused it (${status}).` });
}

/** An answer without one is no failure: the message has been taken, and its own id is its name. */
function idIn(body: Buffer, path: string): string | undefined {
	try {
		return textAt(JSON.parse(body.toString()), path)?.slice(0, 200);
	} catch {
		return undefined;
	}
}

const nowhere = {
	code: "message.webhook.missing",
	message: "It is not said where texts of this number go: set the carrier's address and secret.",
};
