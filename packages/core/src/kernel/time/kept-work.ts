import type { Db, Trx } from "../database/database.ts";
import type { Kernel } from "../domain.ts";

/** What a server that goes has begun is begun again by then, ms. */
const againMs = 120_000;
/** A database that goes in the middle is soon back, ms. */
const databaseMs = 2_000;

/** Work that is kept: what has the same key is done in the order in which it came, what has the same line one at a time. */
export interface WorkPlace {
	key: string;
	line: string;
}

/** One kind of kept work. `Item` is one piece of it, as it is kept. */
export interface KeptWorkPorts<Item> {
	/** Of its jobs; stays the same for ever. */
	kind: string;
	/** Between two pieces of one line, ms. */
	paceMs?: number;
	/** Waits before each further try, ms; then it is given up. */
	retryMs: readonly number[];
	/** Where something is still to be done. */
	waiting(): Promise<WorkPlace[]>;
	/** The oldest piece of a key that is still to be done. */
	next(db: Db, key: string): Promise<Item | undefined>;
	/** How often a piece was tried, and when it is tried again. */
	tries(item: Item): { attempts: number; tryAt?: Date };
	/** Nobody adds a piece of that key meanwhile. */
	hold(trx: Trx, key: string): Promise<unknown>;
	/** Does it, and keeps that it is done. What throws is tried again. */
	work(item: Item): Promise<void>;
	/** Keeps that it was tried, and when it is tried again. @returns whether it is still to be done */
	postpone(trx: Trx, item: Item, next: { attempts: number; tryAt: Date }): Promise<boolean>;
	/** It was tried often enough: keeps that, so that it is none of `next` any more. */
	giveUp(item: Item, error: unknown): Promise<void>;
}

/**
 * Work on what is kept: to send a message, to read a mail. A piece is kept in one transaction with the order to do it, which
 * is a job, so that a kill loses none; what a killed server left is done at the next start. Each line has its own pace. A
 * piece that has to be tried again holds up those behind it that have its key, and nobody else's.
 */
export class KeptWork<Item> {
	readonly #kernel: Kernel;
	readonly #ports: KeptWorkPorts<Item>;
	readonly #lines = new Map<string, Promise<void>>();
	readonly #underWay = new Set<string>();
	#isStopped = false;

	constructor(kernel: Kernel, ports: KeptWorkPorts<Item>) {
		this.#kernel = kernel;
		this.#ports = ports;
		kernel.jobs.handle(ports.kind, async (trx, payload) => {
			const place = payload as WorkPlace;
			// An older server ordered it otherwise: `start` has found it already.
			if (place.key === undefined) return;
			if (!(await ports.next(trx, place.key))) return;
			await this.#schedule(trx, place, againMs);
			this.#add(place);
		});
	}

	/** What a server that was killed has left is done at once. */
	async start(): Promise<void> {
		for (const place of await this.#ports.waiting()) this.#add(place);
	}

	/** In the transaction that keeps the piece. @param inMs not before */
	order(trx: Trx, place: WorkPlace, inMs = 0): Promise<void> {
		return this.#schedule(trx, place, inMs);
	}

	/** Ends when everything that has begun is over. */
	async idle(): Promise<void> {
		while (this.#underWay.size > 0) await Promise.all(this.#lines.values());
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.idle();
	}

	#schedule(trx: Trx, place: WorkPlace, inMs: number): Promise<void> {
		const runAt = new Date(this.#kernel.clock.now().getTime() + inMs);
		return this.#kernel.jobs.schedule(trx, { kind: this.#ports.kind, key: place.key, runAt, payload: place });
	}

	/** One piece of the key, at the end of its line. */
	#add(place: WorkPlace): void {
		const { key, line } = place;
		if (this.#isStopped || this.#underWay.has(key)) return;
		this.#underWay.add(key);
		const paceMs = this.#ports.paceMs ?? 0;
		const before = this.#lines.get(line) ?? Promise.resolve();
		const pace = () => new Promise((done) => setTimeout(done, paceMs).unref());
		const done = before.then(async () => {
			const next = this.#isStopped ? undefined : await this.#doNext(place);
			this.#underWay.delete(key);
			if (next) this.#add(place);
			if (!this.#isStopped && paceMs > 0) await pace();
			if (this.#lines.get(line) === done) this.#lines.delete(line);
		});
		this.#lines.set(line, done);
	}

	/** @returns whether there may be another piece to do now */
	async #doNext(place: WorkPlace): Promise<boolean> {
		try {
			const item = await this.#ports.next(this.#kernel.database.db, place.key);
			if (!item) return await this.#finish(place);
			const { attempts, tryAt } = this.#ports.tries(item);
			const inMs = (tryAt?.getTime() ?? 0) - this.#kernel.clock.now().getTime();
			if (inMs > 0) {
				await this.#kernel.database.change((trx) => this.#schedule(trx, place, inMs));
				return false;
			}
			return await this.#do(item, attempts, place);
		} catch (error) {
			this.#kernel.log.error({ err: error, kind: this.#ports.kind, key: place.key }, "work waits; trying again");
			setTimeout(() => this.#add(place), databaseMs).unref();
			return false;
		}
	}

	/** @returns whether the next one may be done: this one is done, or never will be */
	async #do(item: Item, attempts: number, place: WorkPlace): Promise<boolean> {
		try {
			await this.#ports.work(item);
			return true;
		} catch (error) {
			return this.#later(item, attempts, place, error);
		}
	}

	async #later(item: Item, attempts: number, place: WorkPlace, error: unknown): Promise<boolean> {
		const { kind, retryMs } = this.#ports;
		this.#kernel.log.warn({ err: error, kind, key: place.key }, "work could not be done; trying again");
		const inMs = retryMs[attempts];
		if (inMs === undefined) {
			await this.#ports.giveUp(item, error);
			return true;
		}
		await this.#kernel.database.change(async (trx) => {
			const tryAt = new Date(this.#kernel.clock.now().getTime() + inMs);
			if (!(await this.#ports.postpone(trx, item, { attempts: attempts + 1, tryAt }))) return;
			await this.#schedule(trx, place, inMs);
		});
		return false;
	}

	/** Nobody adds to the key meanwhile, so that what they order is not taken back. */
	#finish({ key }: WorkPlace): Promise<boolean> {
		return this.#kernel.database.change(async (trx) => {
			await this.#ports.hold(trx, key);
			if (await this.#ports.next(trx, key)) return true;
			await this.#kernel.jobs.cancel(trx, this.#ports.kind, key);
			return false;
		});
	}
}
