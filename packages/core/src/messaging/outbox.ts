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

/** Of an exchange: what is queued in it is sent, one after the other. */
const sendJob = "messaging.send";
/** What has not come to its end by then is begun again, ms. */
const againMs = 120_000;
/** A database that goes in the middle is soon back, ms. */
const databaseMs = 2_000;
/** Waits before each further try, ms; then it has failed (agent-features 10). */
const retryMs = [1_000, 5_000, 30_000, 120_000];
/** For so long a receipt waits for the answer that says which message it is of, ms. */
const earlyMs = 3_600_000;

/** An exchange in which something is to be sent. */
interface Waiting {
	threadId: string;
	addressId: string;
}

/** What came of a turn. */
interface Sending {
	/** There may be another one of the exchange. */
	next: boolean;
	/** So long nothing is sent by the address, ms. */
	paceMs: number;
}

const nothingMore: Sending = { next: false, paceMs: 0 };

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
 * each try, so that none is twice. An exchange's messages go in the order in which they were written: one that has to be
 * tried again holds up those behind it, and nobody else's. Each address has a line of its own.
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
			const waiting = payload as Waiting;
			if (!(await store.nextQueued(trx, waiting.threadId))) return;
			await this.#schedule(trx, waiting, againMs);
			this.#add(waiting);
		});
	}

	/** What a server that was killed has left goes out at once. */
	async start(): Promise<void> {
		for (const waiting of await store.waitingThreads(this.#kernel.database.db)) this.#add(waiting);
	}

	/** In the transaction that keeps the message. */
	order(trx: Trx, { threadId, addressId }: Message): Promise<void> {
		return this.#schedule(trx, { threadId, addressId }, 0);
	}

	/** What the provider says became of a message. Told again, or too late, it changes nothing. */
	receipt(address: MessageAddress, providerId: string, told: Told): Promise<Message | undefined> {
		return this.#kernel.database.change((trx) => this.receiptIn(trx, address, providerId, told));
	}

	/** The same in the caller's transaction. */
	async receiptIn(trx: Trx, address: MessageAddress, providerId: string, told: Told): Promise<Message | undefined> {
		const found = await store.sentAs(trx, address.id, providerId);
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

	#schedule(trx: Trx, waiting: Waiting, inMs: number): Promise<void> {
		const runAt = new Date(this.#kernel.clock.now().getTime() + inMs);
		return this.#kernel.jobs.schedule(trx, { kind: sendJob, key: waiting.threadId, runAt, payload: waiting });
	}

	/** One message of the exchange, at the end of its address's line. */
	#add(waiting: Waiting): void {
		if (this.#isStopped || this.#underWay.has(waiting.threadId)) return;
		this.#underWay.add(waiting.threadId);
		const before = this.#lines.get(waiting.addressId) ?? Promise.resolve();
		const sent = before.then(async () => {
			const { next, paceMs } = this.#isStopped ? nothingMore : await this.#sendNext(waiting);
			this.#underWay.delete(waiting.threadId);
			if (next) this.#add(waiting);
			if (!this.#isStopped && paceMs > 0) await new Promise((done) => setTimeout(done, paceMs).unref());
		});
		this.#lines.set(waiting.addressId, sent);
	}

	/** @returns whether there may be another one to send now, and when the address may send again, ms */
	async #sendNext(waiting: Waiting): Promise<Sending> {
		try {
			const message = await store.nextQueued(this.#kernel.database.db, waiting.threadId);
			if (!message) return { ...nothingMore, next: await this.#finish(waiting) };
			const inMs = (message.tryAt?.getTime() ?? 0) - this.#kernel.clock.now().getTime();
			if (inMs <= 0) return await this.#send(message, waiting);
			await this.#kernel.database.change((trx) => this.#schedule(trx, waiting, inMs));
		} catch (error) {
			this.#kernel.log.error({ err: error, exchange: waiting.threadId }, "messages wait; trying again");
			setTimeout(() => this.#add(waiting), databaseMs).unref();
		}
		return nothingMore;
	}

	/** Nobody writes in the exchange meanwhile, so that what they order is not taken back. */
	#finish({ threadId }: Waiting): Promise<boolean> {
		return this.#kernel.database.change(async (trx) => {
			await store.threadById(trx, threadId);
			if (await store.nextQueued(trx, threadId)) return true;
			await this.#kernel.jobs.cancel(trx, sendJob, threadId);
			return false;
		});
	}

	/** The next one may go where this one has gone, or never will. */
	async #send(message: Message, waiting: Waiting): Promise<Sending> {
		const address = await this.#deps.addresses.find(message.addressId);
		const provider = address && this.#deps.providers[address.provider];
		if (!provider) return { next: await this.#failed(message.id, notConnected), paceMs: 0 };
		const paceMs = provider.paceMs ?? this.#deps.paceMs;
		let providerId: string;
		try {
			const [whole = message] = await store.withFiles(this.#kernel.database.db, [message]);
			({ providerId } = await provider.send(address, whole));
		} catch (error) {
			const isRefused = error instanceof MessageRefused;
			const next = isRefused
				? await this.#failed(message.id, error.reason)
				: await this.#later(message, waiting, error);
			return { next, paceMs };
		}
		return { next: await this.#sent(message.id, address.id, providerId), paceMs };
	}

	async #sent(id: string, addressId: string, providerId: string): Promise<boolean> {
		await this.#kernel.database.change(async (trx) => {
			await this.#tell(trx, id, { status: "sent", providerId });
			const since = new Date(this.#kernel.clock.now().getTime() - earlyMs);
			const early = await store.takeReceipt(trx, addressId, providerId, since);
			if (early) await this.#tell(trx, id, early);
		});
		return true;
	}

	async #failed(id: string, error: MessageError): Promise<boolean> {
		await this.#kernel.database.change((trx) => this.#tell(trx, id, { status: "failed", error }));
		return true;
	}

	async #later({ id, attempts }: Message, waiting: Waiting, error: unknown): Promise<boolean> {
		this.#kernel.log.warn({ err: error, message: id }, "a message could not be sent; trying again");
		const inMs = retryMs[attempts];
		if (inMs === undefined) return this.#failed(id, unreachable);
		await this.#kernel.database.change(async (trx) => {
			const message = await store.lock(trx, id);
			if (message?.status !== "queued") return;
			const tryAt = new Date(this.#kernel.clock.now().getTime() + inMs);
			await store.setState(trx, { ...message, attempts: attempts + 1, tryAt });
			await this.#schedule(trx, waiting, inMs);
		});
		return false;
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
