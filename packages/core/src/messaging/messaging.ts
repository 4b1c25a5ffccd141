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
		/** Tells the customer that somebody is writing. @returns whether the channel has that */
		async typing(addressId: string, their: string): Promise<boolean> {
			const address = await addresses.store.find(addressId);
			const provider = address && providers[address.provider];
			if (!address || !provider?.typing) return false;
			await provider.typing(address, their);
			return true;
		},
		find: (id: string) => messageStore.get(db, id),
		among: (conversationId: string, ids: readonly string[]) => messageStore.ofConversation(db, conversationId, ids),
		threadOf: (threadId: string, limit: number, before?: string) => messageStore.ofThread(db, threadId, limit, before),
		/** The latest with one customer, the oldest first; none where nothing was ever written. */
		async withCustomer(addressId: string, their: string, limit: number): Promise<Message[]> {
			const thread = await messageStore.threadOf(db, addressId, their);
			return thread ? (await messageStore.ofThread(db, thread.id, limit)).messages : [];
		},
		stop: () => outbox.stop(),
	};
}

export type Messaging = ReturnType<typeof createMessaging>;
