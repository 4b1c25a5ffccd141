import { exchangeOf } from "../conversations/message/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { ScreenInvitations } from "../screen-share/invitations.ts";
import { createAddresses } from "./addresses.ts";
import { createExchanges } from "./exchanges.ts";
import { createFiles } from "./files.ts";
import { messageStore, type ThreadPage } from "./message-store.ts";
import type { Message, MessageAddress, ProviderName } from "./model.ts";
import { Outbox } from "./outbox.ts";
import type { MessageProvider } from "./provider.ts";
import { httpCarrier } from "./providers/http-carrier.ts";
import { openChannel } from "./providers/open-channel.ts";
import { simulatedPhones } from "./providers/simulator.ts";
import { webMessenger } from "./providers/web-messenger.ts";
import { GuestHub } from "./web/guest-hub.ts";
import { createWebMessaging } from "./web/web-messaging.ts";

export interface MessagingDeps {
	conversations: Conversations;
	country(): Promise<string>;
	organizationId(): Promise<string>;
	/** What users are called, by their ids: customers read it. */
	namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/** Who carries messages, in place of those that come with Inlay. */
	providers?: Readonly<Partial<Record<ProviderName, MessageProvider>>>;
	/** Screens that are shared with messengers; none unless told. */
	screens?: ScreenInvitations;
	/** Between two messages of one address, ms; what carriers take unless told. */
	paceMs?: number;
}

/** Carriers take one text a second (agent-features 10). */
const carriersMs = 1000;

/** Messages to and from customers: addresses, exchanges, and what is sent (agent-features 10). */
export function createMessaging(kernel: Kernel, deps: MessagingDeps) {
	const { conversations, country } = deps;
	const addresses = createAddresses(kernel, country, (trx, from) => web.holdSender(trx, from));
	const hub = new GuestHub();
	const files = createFiles(kernel, deps.organizationId);
	deps.screens?.add(hub);
	const providers = {
		web: webMessenger(hub),
		open: openChannel(kernel.outgoing),
		http: httpCarrier({ outgoing: kernel.outgoing, linkTo: (file) => files.link(file) }),
		...(kernel.config.demo
			? { simulator: simulatedPhones(kernel, { addresses: addresses.store, outbox: () => outbox }) }
			: {}),
		...deps.providers,
	};
	const paceMs = deps.paceMs ?? (kernel.config.demo ? 0 : carriersMs);
	const outbox: Outbox = new Outbox(kernel, { conversations, addresses: addresses.store, providers, paceMs });
	const exchanges = createExchanges(kernel, { conversations, addresses: addresses.store, outbox });
	const web = createWebMessaging(kernel, { ...deps, addresses: addresses.store, outbox, exchanges, hub, files });
	const { db } = kernel.database;
	return {
		addresses,
		outbox,
		web,
		...exchanges,
		/** Tells the customer that somebody is writing; nobody waits for that, and it may get lost. */
		async typing(addressId: string, their: string): Promise<void> {
			const address = await addresses.store.find(addressId);
			const told = address && providers[address.provider]?.typing?.(address, their);
			told?.catch((error: unknown) => kernel.log.debug({ err: error, addressId }, "that somebody writes was not told"));
		},
		files,
		async find(id: string): Promise<Message | undefined> {
			const found = await messageStore.get(db, id);
			return found && (await messageStore.withFiles(db, [found]))[0];
		},
		async among(conversationId: string, ids: readonly string[]): Promise<Message[]> {
			return messageStore.withFiles(db, await messageStore.ofConversation(db, conversationId, ids));
		},
		/** Whether a customer's message, by what its provider calls it, is here. */
		async hasArrived({ id }: MessageAddress, their: string, providerId: string): Promise<boolean> {
			const thread = await messageStore.threadOf(db, id, their);
			return thread !== undefined && (await messageStore.arrived(db, thread.id, providerId)) !== undefined;
		},
		/** Since when the customer of a conversation wants no more messages; undefined where they take them. */
		async optedOutAt(conversation: Conversation): Promise<Date | undefined> {
			const { addressId, their } = exchangeOf(conversation);
			const address = await addresses.store.find(addressId);
			return address && messageStore.optedOutAt(db, address, their);
		},
		async threadOf(threadId: string, limit: number, before?: string): Promise<ThreadPage> {
			const page = await messageStore.ofThread(db, threadId, limit, before);
			return { ...page, messages: await messageStore.withFiles(db, page.messages) };
		},
		/** The latest with one customer, the oldest first; none where nothing was ever written. */
		async withCustomer(addressId: string, their: string, limit: number): Promise<Message[]> {
			const thread = await messageStore.threadOf(db, addressId, their);
			return thread ? (await messageStore.ofThread(db, thread.id, limit)).messages : [];
		},
		async start() {
			web.start();
			await outbox.start();
		},
		async stop() {
			await web.stop();
			await outbox.stop();
		},
	};
}

export type Messaging = ReturnType<typeof createMessaging>;
