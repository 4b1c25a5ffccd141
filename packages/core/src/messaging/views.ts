import type { MessageChannel } from "../conversations/message/model.ts";
import type { Message, MessageAddress, MessageFile } from "./model.ts";

/** Who of the organization wrote messages, by their ids. */
export type Writers = ReadonlyMap<string, { name: string; version: number }>;

/** What the platform calls our channels in normalized messages. */
const platforms: Readonly<Record<MessageChannel, string>> = {
	sms: "SMS",
	open: "Open",
	webmessaging: "GenesysWebWidget",
};

/** `MessageData`. */
export function messageData(message: Message, writers: Writers = new Map()) {
	const { id, conversationId, our, their, direction } = message;
	const [from, to] = direction === "inbound" ? [their, our] : [our, their];
	return {
		id,
		...(message.providerId ? { providerMessageId: message.providerId } : {}),
		timestamp: message.at.toISOString(),
		fromAddress: from,
		toAddress: to,
		direction,
		messengerType: message.channel,
		status: message.status,
		normalizedMessage: {
			id,
			channel: {
				id: message.addressId,
				platform: platforms[message.channel],
				type: "Private",
				messageId: message.providerId ?? id,
				to: { id: to },
				from: { id: from },
				time: message.at.toISOString(),
			},
			type: "Text",
			text: message.text,
			direction: direction === "inbound" ? "Inbound" : "Outbound",
			originatingEntity: message.userId || direction === "inbound" ? "Human" : "Bot",
		},
		...(message.file ? { media: [mediaOf(message.file)] } : {}),
		...(message.error ? { normalizedReceipts: [failure(message)] } : {}),
		...(message.userId ? { createdBy: writerRef(message.userId, writers) } : {}),
		...(message.againOf ? { inlayAgainOf: message.againOf } : {}),
		...(conversationId ? { conversationId } : {}),
		selfUri: `/api/v2/conversations/messages/${id}/details`,
	};
}

/** `MessageMedia`; where it lies is asked for by the message's id. */
function mediaOf({ name, type, size }: MessageFile) {
	return { mediaType: type, contentLengthBytes: size, name };
}

function writerRef(id: string, writers: Writers) {
	const { name = "", version = 1 } = writers.get(id) ?? {};
	return { id, name, version, selfUri: `/api/v2/users/${id}` };
}

function failure({ id, error }: Message) {
	const reasons = error ? [{ code: error.code, message: error.message }] : [];
	return { id, type: "Receipt", status: "Failed", reasons, isFinalReceipt: true };
}

/** One of a thread, as the panel shows it; ours. */
export function threadMessage(message: Message, nameOf: (userId: string) => string | undefined) {
	const { id, direction, text, status, at, conversationId, userId, isAutomatic, error, segments, file, againOf } =
		message;
	const name = userId && nameOf(userId);
	return {
		...{ id, direction, text, status, automatic: isAutomatic },
		at: at.toISOString(),
		...(conversationId ? { conversationId } : {}),
		...(userId ? { user: { id: userId, ...(name ? { name } : {}) } } : {}),
		...(segments === undefined ? {} : { segments }),
		...(file ? { file: { name: file.name, type: file.type, size: file.size } } : {}),
		...(againOf ? { againOf } : {}),
		...(error ? { error } : {}),
	};
}

/** An address as administrators see it: its secret stays with us. */
/** @param mailsTranscript whether customers can be mailed what was said, where an address is named from which they are */
export function addressView({ settings, ...address }: MessageAddress, mailsTranscript?: boolean) {
	const { secret, carrier, ...told } = settings;
	const { authorization, ...form } = carrier ?? {};
	const shown = carrier ? { carrier: { ...form, hasAuthorization: authorization !== undefined } } : {};
	const selfUri = `/api/inlay/v1/messaging/addresses/${address.id}`;
	const can = mailsTranscript === undefined ? {} : { mailsTranscript };
	return { ...address, ...can, settings: { ...told, ...shown, hasSecret: secret !== undefined }, selfUri };
}
