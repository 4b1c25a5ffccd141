import type { MessageStatus } from "../conversations/message/model.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { AddressStore } from "./address-store.ts";
import { entryOf } from "./exchanges.ts";
import { messageStore as store } from "./message-store.ts";
import type { Message, MessageAddress, MessageError, ProviderName } from "./model.ts";
import { type MessageProvider, MessageRefused } from "./provider.ts";
import { isLater } from "./status-order.ts";

const sendJob = "messaging.send";
/** What has not come to its end by then is begun again, ms. */
const againMs = 120_000;
/** Waits before each further try, ms; then it has failed (agent-features 10). */
const retryMs = [1_000, 5_000, 30_000, 120_000];
/** For so long a receipt waits for the answer that says which message it is of, ms. */
const earlyMs = 3_600_000;

/** What became of a message, and why. */
export interface Told {
	status: MessageStatus;
	error?: MessageError;
}

export interface OutboxDeps {
	conversations: Pick<Conversations, "messages">;
	addresses: AddressStore;
	providers: Readonly<Partial<Record<ProviderName, MessageProvider>>>;
	/** Between two messages of one address, ms: carriers take one a second. */
	paceMs: number;
}

/**
 * What is to be sent. A message is kept together with the order to send it, so that none is lost; its id goes along with
 * each try, so that none is twice. Each address has a line of its own: one that is slow holds up no other.
 */
export class Outbox {
	readonly #kernel: Kernel;
	readonly #deps: OutboxDeps;
	readonly #lines = new Map<string, Promise<void>>();
	readonly #underWay = new Set<string>();
	#isStopped = false;

	constructor(kernel: Kernel, deps: OutboxDeps) {
		this.#kernel = kernel;
		this.#deps = deps;
		kernel.jobs.handle(sendJob, async (trx, payload) => {
			const message = await store.get(trx, (payload as { messageId: string }).messageId);
			if (message?.status !== "queued") return;
			await this.#schedule(trx, message, againMs);
			this.#add(message);
		});
	}

	/** In the transaction that keeps the message. */
	order(trx: Trx, message: Message): Promise<void> {
		return this.#schedule(trx, message, 0);
	}

	/** What the provider says became of a message. Told again, or too late, it changes nothing. */
	receipt(address: MessageAddress, providerId: string, told: Told): Promise<Message | undefined> {
		return this.#kernel.database.change((trx) => this.receiptIn(trx, address, providerId, told));
	}

	/** The same in the caller's transaction. */
	async receiptIn(trx: Trx, address: MessageAddress, providerId: string, told: Told): Promise<Message | undefined> {
		const found = await store.byProvider(trx, address.id, "outbound", providerId);
		if (found) return this.#tell(trx, found.id, told);
		await store.keepReceipt(trx, address.id, providerId, { ...told, at: this.#kernel.clock.now() });
		return undefined;
	}

	/** Ends when everything that has begun is over. */
	async idle(): Promise<void> {
		while (this.#underWay.size > 0) await Promise.all(this.#lines.values());
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.idle();
	}

	#schedule(trx: Trx, { id }: Message, inMs: number): Promise<void> {
		const runAt = new Date(this.#kernel.clock.now().getTime() + inMs);
		return this.#kernel.jobs.schedule(trx, { kind: sendJob, key: id, runAt, payload: { messageId: id } });
	}

	#add(message: Message): void {
		if (this.#underWay.has(message.id)) return;
		this.#underWay.add(message.id);
		const before = this.#lines.get(message.addressId) ?? Promise.resolve();
		const pace = () => new Promise((done) => setTimeout(done, this.#deps.paceMs).unref());
		const sent = before.then(async () => {
			if (!this.#isStopped)
				await this.#send(message.id).catch((error) =>
					this.#kernel.log.error({ err: error, message: message.id }, "a message waits; trying again"),
				);
			this.#underWay.delete(message.id);
			if (!this.#isStopped && this.#deps.paceMs > 0) await pace();
		});
		this.#lines.set(message.addressId, sent);
	}

	async #send(id: string): Promise<void> {
		const { database } = this.#kernel;
		const message = await store.get(database.db, id);
		const address = message && (await this.#deps.addresses.find(message.addressId));
		if (message?.status !== "queued") return;
		const provider = address && this.#deps.providers[address.provider];
		if (!provider) return this.#failed(id, notConnected);
		try {
			const { providerId } = await provider.send(address, message);
			await this.#sent(id, address.id, providerId);
		} catch (error) {
			if (error instanceof MessageRefused) await this.#failed(id, error.reason);
			else await this.#later(id, error);
		}
	}

	async #sent(id: string, addressId: string, providerId: string): Promise<void> {
		await this.#kernel.database.change(async (trx) => {
			await this.#tell(trx, id, { status: "sent", providerId });
			const since = new Date(this.#kernel.clock.now().getTime() - earlyMs);
			const early = await store.takeReceipt(trx, addressId, providerId, since);
			if (early) await this.#tell(trx, id, early);
			await this.#kernel.jobs.cancel(trx, sendJob, id);
		});
	}

	async #failed(id: string, error: MessageError): Promise<void> {
		await this.#kernel.database.change(async (trx) => {
			await this.#tell(trx, id, { status: "failed", error });
			await this.#kernel.jobs.cancel(trx, sendJob, id);
		});
	}

	async #later(id: string, error: unknown): Promise<void> {
		this.#kernel.log.warn({ err: error, message: id }, "a message could not be sent; trying again");
		const wait = await this.#kernel.database.change(async (trx) => {
			const message = await store.lock(trx, id);
			const inMs = message && retryMs[message.attempts];
			if (!message || inMs === undefined) return undefined;
			await store.setState(trx, { ...message, attempts: message.attempts + 1 });
			await this.#schedule(trx, message, inMs);
			return inMs;
		});
		if (wait === undefined) await this.#failed(id, unreachable);
	}

	async #tell(trx: Trx, id: string, told: Told & { providerId?: string }): Promise<Message | undefined> {
		const message = await store.lock(trx, id);
		if (!message || !isLater(message.status, told.status)) return message;
		const now = { ...message, ...told };
		await store.setState(trx, now);
		if (now.conversationId) await this.#deps.conversations.messages.tell(trx, now.conversationId, entryOf(now));
		return now;
	}
}

const notConnected = {
	code: "message.provider.missing",
	message: "Nobody carries messages of this address any more.",
};
const unreachable = {
	code: "message.provider.unreachable",
	message: "Whoever carries our messages could not be reached, tried five times.",
};
