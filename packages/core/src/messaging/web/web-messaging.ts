import type { Readable } from "node:stream";
import type { Conversation } from "../../conversations/model.ts";
import type { Conversations } from "../../conversations/service.ts";
import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { keepShort } from "../../kernel/time/pruning.ts";
import type { ScreenInvitations } from "../../screen-share/invitations.ts";
import type { AddressStore } from "../address-store.ts";
import type { createExchanges } from "../exchanges.ts";
import type { Files } from "../files.ts";
import { messageStore } from "../message-store.ts";
import type { MessageAddress } from "../model.ts";
import type { Outbox } from "../outbox.ts";
import { Admission } from "./admission.ts";
import { Bursts } from "./bursts.ts";
import type { GuestHub } from "./guest-hub.ts";
import { guestSocket, mayEmbed } from "./guest-socket.ts";
import { guestStore } from "./guest-store.ts";
import { type CobrowseOffers, createGuests } from "./guests.ts";
import { IssuerKeys } from "./issuer-keys.ts";
import { Tickets, ticketInvalid } from "./tickets.ts";
import { createTranscripts, mostInTranscript, type TranscriptMail } from "./transcripts.ts";

export interface WebMessagingDeps {
	conversations: Conversations;
	addresses: AddressStore;
	outbox: Outbox;
	exchanges: ReturnType<typeof createExchanges>;
	hub: GuestHub;
	files: Files;
	namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	screens?: Pick<ScreenInvitations, "of">;
}

/** Of one session within ten seconds: messages (agent-features 11, "Protocol"), and all else that pages send. */
const burstMs = 10_000;
const mostMessages = 10;
const mostFrames = 60;
/** And files within ten minutes. */
const fileBurst = { most: 10, ms: 600_000 };

/** The messenger in customers' pages: who may embed it, its sessions and its sockets. */
export function createWebMessaging(kernel: Kernel, deps: WebMessagingDeps) {
	const { addresses, hub } = deps;
	const { db } = kernel.database;
	let offers: CobrowseOffers | undefined;
	const guests = createGuests(kernel, { ...deps, offers: () => offers });
	let mail: TranscriptMail | undefined;
	const transcripts = createTranscripts({
		guests,
		async messages(threadId) {
			const before = Math.max(0, (await messageStore.count(db, threadId)) - mostInTranscript);
			return messageStore.following(db, threadId, before, mostInTranscript);
		},
		namesOf: deps.namesOf,
		mail: () => mail,
		mailed: {
			begin: (guestId, key, mailId, most) =>
				kernel.database.change((trx) => guestStore.beginMail(trx, guestId, { key, mailId, most })),
			end: (guestId, key, mailId, isSent) =>
				kernel.database.change((trx) => guestStore.endMail(trx, guestId, { key, mailId, isSent })),
		},
		operators: kernel.operators,
		log: kernel.log,
	});
	const tickets = new Tickets();
	const issuerKeys = new IssuerKeys(kernel.outgoing, kernel.clock);

	async function addressOf(id: string): Promise<MessageAddress | undefined> {
		const found = await addresses.find(id);
		return found?.channel === "webmessaging" ? found : undefined;
	}

	const socket = guestSocket({
		guests,
		hub,
		admission: new Admission(),
		limits: {
			messages: new Bursts(mostMessages, burstMs),
			frames: new Bursts(mostFrames, burstMs),
			files: new Bursts(fileBurst.most, fileBurst.ms),
		},
		files: deps.files,
		tickets,
		transcripts,
		issuerKeys,
		addressOf,
		messages: {
			following: async (threadId, count, limit) =>
				messageStore.withFiles(db, await messageStore.following(db, threadId, count, limit)),
			count: (threadId) => messageStore.count(db, threadId),
		},
		namesOf: deps.namesOf,
		...(deps.screens ? { screens: deps.screens } : {}),
		now: () => kernel.clock.now(),
		operators: kernel.operators,
		log: kernel.log,
	});
	let unsubscribe: (() => void) | undefined;
	let endPruning: (() => Promise<void>) | undefined;
	return {
		guests,
		/**
		 * A page brings the file for which it was given a ticket: it is a message of its session.
		 * @throws ApiError 403 for a ticket that is none, or was used
		 */
		async takeFile(ticket: string, body: Readable): Promise<{ seq: number }> {
			const { guest, addressId, clientId, wish } = tickets.use(ticket);
			const address = await addressOf(addressId);
			if (!address) throw ticketInvalid();
			const file = await deps.files.keep(wish, body);
			let isKept = false;
			try {
				const { kept, seq } = await guests.write(address, guest, { clientId, text: file.name, file });
				isKept = kept.file?.key === file.key;
				hub.wakeGuest(guest.id);
				return { seq };
			} finally {
				// Sent before already, or refused: nobody would ever ask for it.
				if (!isKept) await deps.files.forget(file);
			}
		},
		socket,
		addressOf,
		/** The pages of a conversation look at how it stands. */
		wake: (conversationId: string) => hub.wakeConversation(conversationId),
		/** By whom customers are asked to share their page. */
		useCobrowse(those: CobrowseOffers): void {
			offers = those;
		},
		/** By whom customers are sent what was said; nobody is unless told. */
		useMail(those: TranscriptMail): void {
			mail = those;
		},
		/** An address of a domain of the organization's, which stays until the change ends. @returns false for any other */
		holdSender: async (trx: Trx, from: string): Promise<boolean> => (await mail?.holdSender(trx, from)) ?? false,
		/** Whether something can be sent from that address. */
		canMail: async (from: string): Promise<boolean> => (await mail?.canSend(from)) ?? false,
		/** Whether such pages may embed the messenger by which this conversation is. */
		async isPageOf({ internal: { exchange } }: Conversation, origin: string): Promise<boolean> {
			const address = exchange && (await addressOf(exchange.addressId));
			return address !== undefined && mayEmbed(address, origin);
		},
		/** Whether a page of this origin may embed any messenger (CORS). */
		async allowsOrigin(origin: string): Promise<boolean> {
			return (await addresses.all()).some(({ settings }) => settings.messenger?.origins.includes(origin));
		},
		/** Pages are woken by whatever happens to their conversations, in whichever process. */
		start() {
			endPruning ??= keepShort(kernel, {
				...{ what: "sessions of messengers that are over", firstAfterMs: 90_000, everyMs: 3_600_000 },
				prune: (signal) => guests.prune(signal),
			});
			unsubscribe ??= kernel.feed.subscribe(({ type, entityId }) => {
				if (type === "conversation.changed") hub.wakeConversation(entityId);
			});
		},
		async stop() {
			unsubscribe?.();
			unsubscribe = undefined;
			await endPruning?.();
			endPruning = undefined;
		},
	};
}

export type WebMessaging = ReturnType<typeof createWebMessaging>;
