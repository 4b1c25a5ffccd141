import { randomUUID } from "node:crypto";
import { communicationOf, isConnected, isStaff } from "../../conversations/model.ts";
import { conversationWorld } from "../../conversations/test-support/world.ts";
import type { Arrival } from "../exchanges.ts";
import { createMessaging, type MessagingDeps } from "../messaging.ts";
import type { AddressSettings, MessageAddress, ProviderName } from "../model.ts";
import { fakeProvider } from "./fake-provider.ts";

/** Conversations and messages on one database; what is sent goes to a far end that is none. */
export async function exchangeWorld({ providers, ...deps }: Partial<MessagingDeps> = {}) {
	const world = await conversationWorld();
	const provider = fakeProvider();
	const messaging = createMessaging(world.kernel, {
		conversations: world.conversations,
		country: async () => "DE",
		namesOf: async () => new Map(),
		organizationId: async () => "org",
		providers: { simulator: provider, open: provider, ...providers },
		paceMs: 0,
		...deps,
	});
	const queuesOfAgents = new Map<string, Array<{ id: string; name: string }>>();
	let made = 0;

	/** A queue that is written to by a number of its own, and an agent who works for it. */
	async function story(settings: Partial<AddressSettings> = {}, carrier: ProviderName = "simulator") {
		const queue = await world.queue();
		const agent = await world.agent(queue.id);
		queuesOfAgents.set(agent, [{ id: queue.id, name: queue.id }]);
		made += 1;
		const address: MessageAddress = {
			id: randomUUID(),
			name: `Number ${made}`,
			channel: "sms",
			address: `+49301234${String(made).padStart(3, "0")}`,
			queueId: queue.id,
			provider: carrier,
			settings: { threadingHours: 72, optOutText: "Out.", optInText: "In.", helpText: "Help.", ...settings },
			version: 1,
		};
		await world.kernel.database.change((trx) => messaging.addresses.store.save(trx, address));
		return {
			...{ queue, agent, address },
			by: { userId: agent },
			arrive: (text: string, more: Partial<Arrival> = {}) =>
				messaging.receive(address, { their: "+4915123456789", text, ...more }),
			/** The agent takes it up. @returns their part */
			async accept(conversationId: string) {
				await world.offer(conversationId, queue.id, agent);
				const own = (await world.conversations.get(conversationId))?.participants.findLast(isStaff);
				const wish = { state: "connected" } as const;
				await world.conversations.patchParticipant(conversationId, own?.id ?? "", wish, { userId: agent });
				const now = await world.conversations.get(conversationId);
				const part = now?.participants.findLast((one) => isStaff(one) && isConnected(one));
				if (!part) throw new Error("Nobody has it in hand.");
				return { participantId: part.id, communicationId: communicationOf(part).id };
			},
		};
	}

	return {
		...{ world, messaging, provider, story },
		queuesOf: async (userId: string) => queuesOfAgents.get(userId) ?? [],
		/** What is due is sent. */
		async sent() {
			await world.kernel.jobs.runDue();
			await messaging.outbox.idle();
		},
		async close() {
			await messaging.stop();
			await world.close();
		},
	};
}

export type ExchangeWorld = Awaited<ReturnType<typeof exchangeWorld>>;
