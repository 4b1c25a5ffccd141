import type { Conversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import { createAddresses } from "./addresses.ts";
import { createExchanges } from "./exchanges.ts";
import { messageStore } from "./message-store.ts";
import type { Message, ProviderName } from "./model.ts";
import { Outbox } from "./outbox.ts";
import type { MessageProvider } from "./provider.ts";
import { openChannel } from "./providers/open-channel.ts";
import { simulatedPhones } from "./providers/simulator.ts";

export interface MessagingDeps {
	conversations: Conversations;
	country(): Promise<string>;
	/** Who carries messages; those that come with Inlay unless told. */
	providers?: Readonly<Partial<Record<ProviderName, MessageProvider>>>;
	/** Between two messages of one address, ms; what carriers take unless told. */
	paceMs?: number;
}

/** Carriers take one text a second (agent-features 10). */
const carriersMs = 1000;

/** Messages to and from customers: addresses, exchanges, and what is sent (agent-features 10). */
export function createMessaging(kernel: Kernel, deps: MessagingDeps) {
	const { conversations, country } = deps;
	const addresses = createAddresses(kernel, country);
	const providers = deps.providers ?? {
		open: openChannel(),
		...(kernel.config.demo
			? { simulator: simulatedPhones(kernel, { addresses: addresses.store, outbox: () => outbox }) }
			: {}),
	};
	const paceMs = deps.paceMs ?? (kernel.config.demo ? 0 : carriersMs);
	const outbox: Outbox = new Outbox(kernel, { conversations, addresses: addresses.store, providers, paceMs });
	const exchanges = createExchanges(kernel, { conversations, addresses: addresses.store, outbox });
	const { db } = kernel.database;
	return {
		addresses,
		outbox,
		...exchanges,
		/** Tells the customer that somebody is writing; nobody waits for that, and it may get lost. */
		async typing(addressId: string, their: string): Promise<void> {
			const address = await addresses.store.find(addressId);
			const told = address && providers[address.provider]?.typing?.(address, their);
			told?.catch((error: unknown) => kernel.log.debug({ err: error, addressId }, "that somebody writes was not told"));
		},
		find: (id: string) => messageStore.get(db, id),
		among: (conversationId: string, ids: readonly string[]) => messageStore.ofConversation(db, conversationId, ids),
		threadOf: (threadId: string, limit: number, before?: string) => messageStore.ofThread(db, threadId, limit, before),
		/** The latest with one customer, the oldest first; none where nothing was ever written. */
		async withCustomer(addressId: string, their: string, limit: number): Promise<Message[]> {
			const thread = await messageStore.threadOf(db, addressId, their);
			return thread ? (await messageStore.ofThread(db, thread.id, limit)).messages : [];
		},
		start: () => outbox.start(),
		stop: () => outbox.stop(),
	};
}

export type Messaging = ReturnType<typeof createMessaging>;
