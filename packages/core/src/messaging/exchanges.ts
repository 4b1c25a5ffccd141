import { randomUUID } from "node:crypto";
import { exchangeOf, type MessageEntry } from "../conversations/message/model.ts";
import type { Exchange } from "../conversations/message/service.ts";
import type { Conversation, QueueFacts } from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import type { AddressStore } from "./address-store.ts";
import { type Keyword, keywordOf } from "./keywords.ts";
import { messageStore as store } from "./message-store.ts";
import type { Message, MessageAddress, MessageFile, Thread } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import { busy, canGoOn, optedOut, sentAgain, sessionEnded } from "./refusals.ts";
import { readText } from "./sent-text.ts";
import { createSilence } from "./silence.ts";

/** What a customer wrote. */
export interface Arrival {
	their: string;
	text: string;
	/** What the provider calls it: the same again is the same message. */
	providerId?: string;
	name?: string;
	attributes?: Record<string, string>;
	/** When they did, by the clock of who brings it; now, unless told, and never later. */
	at?: Date;
	/** It is a file. */
	file?: MessageFile;
	/** Once its conversation has ended, nothing more is taken: the customer begins anew. */
	endsWithAgent?: boolean;
}

/** Whom somebody wants to write to. */
export interface Beginning {
	their: string;
	externalContactId?: string;
	/** A conversation of before is gone on with, where there is one. */
	goOn: boolean;
}

/** An address of ours, with the queue that answers. */
interface Answered {
	address: MessageAddress;
	queue: QueueFacts;
}

/** What is sent, beside its text. */
interface Sent {
	/** It is one, and its name the text. */
	file?: MessageFile;
	/** A message of the same exchange that had failed. */
	againOf?: string;
}

const hourMs = 3_600_000;

/** What comes from customers and what is written to them: kept, told and sent, each in one commit. */
export function createExchanges(
	kernel: Kernel,
	deps: { conversations: Pick<Conversations, "messages">; addresses: AddressStore; outbox: Outbox },
) {
	const { database, clock } = kernel;
	const { messages } = deps.conversations;
	const silence = createSilence(kernel, { messages, addresses: deps.addresses, say });

	/** How the exchange stands; a conversation whose time to be taken up is over counts no more. */
	async function standing(trx: Trx, address: MessageAddress, thread: Thread) {
		const state = await messages.stateOf(trx, thread);
		if (state.kind !== "ended") return state;
		const { endTime } = state.conversation;
		const endedMs = endTime ? clock.now().getTime() - Date.parse(endTime) : 0;
		return endedMs < address.settings.threadingHours * hourMs ? state : { kind: "none" as const };
	}

	function exchangeWith(
		{ id: addressId, channel, address: our }: MessageAddress,
		thread: Thread,
		queue: QueueFacts,
		conversation: Conversation | undefined,
	): Exchange {
		return {
			...{ threadId: thread.id, channel, addressId, our, their: thread.their, queue },
			...(thread.name ? { name: thread.name } : {}),
			...(conversation ? { conversationId: conversation.id } : {}),
		};
	}

	function fresh(address: MessageAddress, thread: Thread, text: string, more: Partial<Message>): Message {
		return {
			id: randomUUID(),
			addressId: address.id,
			threadId: thread.id,
			direction: "outbound",
			isAutomatic: false,
			our: address.address,
			their: thread.their,
			channel: address.channel,
			text,
			status: "queued",
			attempts: 0,
			at: clock.now(),
			...more,
		};
	}

	/** Says something in an exchange that somebody has in hand; not to who wants no messages. */
	async function say(trx: Trx, address: MessageAddress, thread: Thread, text: string): Promise<void> {
		const { conversationId } = thread;
		if (!conversationId || (await store.optedOutAt(trx, address, thread.their))) return;
		const size = readText(text, address.channel);
		const said = fresh(address, thread, text, { isAutomatic: true, conversationId, ...size });
		await messages.say(trx, conversationId, entryOf(said));
		await store.add(trx, said);
		await store.keepThread(trx, { ...thread, lastAt: said.at });
		await deps.outbox.order(trx, said);
	}

	/** Takes who wants no more messages out, or in again; each is answered once. */
	async function heed(trx: Trx, address: MessageAddress, thread: Thread, keyword: Keyword): Promise<void> {
		const { optOutText, optInText, helpText } = address.settings;
		const isOut = (await store.optedOutAt(trx, address, thread.their)) !== undefined;
		if (keyword !== "help" && isOut !== (keyword === "out")) {
			await store.setOptOut(trx, address, thread.their, keyword === "out" ? clock.now() : undefined);
		} else if (keyword !== "help") return;
		const text = { out: optOutText, in: optInText, help: helpText }[keyword];
		const answer = fresh(address, thread, text, { isAutomatic: true, ...readText(text, address.channel) });
		await store.add(trx, answer);
		await deps.outbox.order(trx, answer);
	}

	async function arrive(trx: Trx, { address, queue }: Answered, thread: Thread, arrival: Arrival): Promise<Message> {
		const { text, providerId } = arrival;
		const keyword = address.channel === "sms" ? keywordOf(text) : undefined;
		const state = await standing(trx, address, thread);
		if (arrival.endsWithAgent && thread.conversationId && state.kind !== "busy") throw sessionEnded();
		const message = fresh(address, thread, text, {
			direction: "inbound",
			status: "received",
			at: new Date(Math.min(clock.now().getTime(), (arrival.at ?? clock.now()).getTime())),
			...(providerId ? { providerId } : {}),
			...(arrival.file ? { file: arrival.file } : {}),
		});
		// Nobody is bothered with a word for the machine, but whoever is writing with them sees it.
		const isTold = keyword === undefined || state.kind === "busy";
		const conversation = isTold
			? await messages.receive(
					trx,
					{
						...exchangeWith(address, thread, queue, state.kind === "none" ? undefined : state.conversation),
						...(arrival.attributes ? { attributes: arrival.attributes } : {}),
					},
					entryOf(message),
				)
			: undefined;
		const kept = conversation ? { ...message, conversationId: conversation.id } : message;
		await silence.ends(trx, thread);
		await store.add(trx, kept);
		await store.keepThread(trx, {
			...thread,
			lastAt: clock.now(),
			...(conversation ? { conversationId: conversation.id } : {}),
		});
		if (keyword) await heed(trx, address, thread, keyword);
		return kept;
	}

	return {
		/**
		 * A customer has written. The same message again, as a provider sends it that has not seen the answer, is the first.
		 */
		async receive(address: MessageAddress, arrival: Arrival): Promise<Message> {
			const queue = await messages.queue(address.queueId, "queueId");
			return database.change(async (trx) => {
				const found = await store.thread(trx, address.id, arrival.their);
				const thread = arrival.name ? { ...found, name: arrival.name } : found;
				const { providerId } = arrival;
				const known = providerId ? await store.arrived(trx, thread.id, providerId) : undefined;
				return known ?? arrive(trx, { address, queue }, thread, arrival);
			});
		},

		/**
		 * A user writes first. What they write is sent with `write`.
		 * @throws ApiError 409 `message.recipient.optedOut`, `message.conversation.busy`, `message.conversation.open`
		 */
		async begin(
			address: MessageAddress,
			{ their, goOn, externalContactId }: Beginning,
			by: Controller,
		): Promise<Conversation> {
			const queue = await messages.queue(address.queueId, "queueId");
			const writer = await messages.writer(queue, by);
			return database.change(async (trx) => {
				const thread = await store.thread(trx, address.id, their);
				const outAt = await store.optedOutAt(trx, address, their);
				if (outAt) throw optedOut(their, outAt);
				const state = await standing(trx, address, thread);
				if (state.kind === "busy") {
					if (state.userId === by.userId) return state.conversation;
					throw busy(state.conversation, state.name);
				}
				if (state.kind === "ended" && !goOn) throw canGoOn(state.conversation, thread.lastAt);
				const before = state.kind === "ended" ? state.conversation : undefined;
				const wish = {
					...exchangeWith(address, thread, queue, before),
					...(externalContactId ? { externalContactId } : {}),
				};
				const conversation = await messages.begin(trx, wish, writer);
				await store.keepThread(trx, { ...thread, conversationId: conversation.id, lastAt: clock.now() });
				return conversation;
			});
		},

		/** A user writes in an exchange that they have in hand. @throws ApiError 400, 403, 404; 409 `message.recipient.optedOut`, `message.again.sent` */
		async write(
			conversationId: string,
			communicationId: string,
			text: string,
			by: Controller,
			{ file, againOf }: Sent = {},
		): Promise<Message> {
			const { threadId, addressId, channel } = exchangeOf(
				await messages.requireInHand(conversationId, communicationId, by),
			);
			const size = file ? {} : readText(text, channel);
			return database.change(async (trx) => {
				const thread = await store.threadById(trx, threadId);
				const address = await deps.addresses.find(addressId, trx);
				if (!thread || !address) throw addressGone();
				const outAt = await store.optedOutAt(trx, address, thread.their);
				if (outAt) throw optedOut(thread.their, outAt);
				if (againOf) await requireFailed(trx, threadId, againOf);
				const userId = by.userId ?? "";
				const more = { ...(file ? { file } : {}), ...(againOf ? { againOf } : {}) };
				const message = fresh(address, thread, text, { ...size, userId, conversationId, ...more });
				await messages.write(trx, conversationId, entryOf(message), by);
				await store.add(trx, message);
				await store.keepThread(trx, { ...thread, lastAt: message.at });
				await deps.outbox.order(trx, message);
				await silence.begins(trx, address, message);
				return message;
			});
		},
	};
}

/** As the conversation names it. */
export function entryOf({ id, status, at, segments, error }: Message): MessageEntry {
	return {
		messageId: id,
		messageStatus: status,
		messageTime: at.toISOString(),
		...(segments === undefined ? {} : { messageSegmentCount: segments }),
		...(error ? { errorInfo: error } : {}),
	};
}

/** With its exchange held. @throws ApiError 400; 409 `message.again.sent` where that was done already */
async function requireFailed(trx: Trx, threadId: string, againOf: string): Promise<void> {
	const before = await store.get(trx, againOf);
	const hasFailed = before?.status === "failed" || before?.status === "delivery-failed";
	if (before?.threadId === threadId && before.direction === "outbound" && hasFailed) {
		if (await store.isSentAgain(trx, threadId, againOf)) throw sentAgain();
		return;
	}
	throw badField("inlayAgainOf", "Only a message of the same exchange that was not delivered is sent again.");
}

function addressGone(): ApiError {
	const text = "The address by which the customer wrote is out of service: they cannot be written to any more.";
	return new ApiError(409, "message.address.gone", text);
}
