import { type Outgoing, OutgoingRefused } from "../../kernel/outgoing/outgoing.ts";
import type { Message, MessageAddress } from "../model.ts";
import { type MessageProvider, MessageRefused } from "../provider.ts";
import { messageData } from "../views.ts";
import { signatureOf } from "./signature.ts";

/** Within so long a program answers, ms. */
const answerMs = 10_000;

/**
 * A program of somebody else that attaches a channel: what is sent is posted to its address as the platform's open
 * messaging posts it, signed with the secret that both know (`X-Hub-Signature-256`). A message has the same id at each try.
 * @param outgoing calls it
 */
export function openChannel(outgoing: Pick<Outgoing, "post">): MessageProvider {
	async function tell({ settings }: MessageAddress, body: object): Promise<void> {
		const { webhookUrl, secret } = settings;
		if (!webhookUrl) throw new MessageRefused(nowhere);
		const text = JSON.stringify(body);
		const headers = {
			"content-type": "application/json",
			...(secret ? { "x-hub-signature-256": signatureOf(text, secret) } : {}),
		};
		const posted = outgoing.post(new URL(webhookUrl), { body: text, headers, timeoutMs: answerMs });
		const status = await posted.catch((error: unknown) => {
			throw error instanceof OutgoingRefused ? new MessageRefused(error.reason) : error;
		});
		if (status >= 200 && status < 300) return;
		if (status >= 500 || status === 408 || status === 429) throw new Error(`The program answered ${status}.`);
		throw new MessageRefused({ code: "message.refused", message: `The program refused it (${status}).` });
	}

	return {
		async send(address, message) {
			await tell(address, outboundMessage(message));
			return { providerId: message.id };
		},
		typing: (address, their) =>
			tell(address, {
				channel: channelOf(address.id, address.address, their, new Date()),
				type: "Event",
				direction: "Outbound",
				events: [{ eventType: "Typing", typing: { type: "On" } }],
			}),
	};
}

function outboundMessage(message: Message) {
	return messageData(message).normalizedMessage;
}

function channelOf(id: string, our: string, their: string, at: Date) {
	return { id, platform: "Open", type: "Private", to: { id: their }, from: { id: our }, time: at.toISOString() };
}

const nowhere = {
	code: "message.webhook.missing",
	message: "It is not said where messages of this address go: set the address of the program.",
};
