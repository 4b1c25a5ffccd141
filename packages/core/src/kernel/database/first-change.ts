import { AsyncLocalStorage } from "node:async_hooks";
import { writesOf } from "../sql/transaction.ts";
import type { Trx } from "./database.ts";

/** What is to be written together with the first change of some work. */
interface Companion {
	write(trx: Trx): Promise<void>;
	/** In the same transaction, where the change has written nothing. */
	takeBack(trx: Trx): Promise<void>;
}

type Work<T> = (trx: Trx) => Promise<T>;

/**
 * The changes of some work until one that wrote has committed: each carries the companion, as nobody knows before its end
 * whether it is the first, and so they go one at a time. Those after it go as they like.
 */
class FirstChange {
	readonly #companion: Companion;
	#isWritten = false;
	/** The work has ended: what it has left behind, as a timer, is no part of it. */
	isOver = false;
	/** Ends with all changes that have come so far, or with the first that wrote. */
	#line: Promise<void> = Promise.resolve();

	constructor(companion: Companion) {
		this.#companion = companion;
	}

	/** Known once the changes that have begun are over, or one of them has written. */
	async isWritten(): Promise<boolean> {
		await this.#line;
		return this.#isWritten;
	}

	async run<T>(work: Work<T>, change: (work: Work<T>) => Promise<T>): Promise<T> {
		const before = this.#line;
		const { promise, resolve: end } = Promise.withResolvers<void>();
		this.#line = promise;
		try {
			await before;
			if (!this.#isWritten) return await this.#carry(work, change);
		} finally {
			end();
		}
		return change(work);
	}

	/** What the change itself begins is no change of the work's: it would wait for its own end. */
	async #carry<T>(work: Work<T>, change: (work: Work<T>) => Promise<T>): Promise<T> {
		let hasWritten = false;
		const carrying = async (trx: Trx) => {
			await this.#companion.write(trx);
			const before = writesOf(trx);
			const result = await work(trx);
			hasWritten = writesOf(trx) > before;
			if (!hasWritten) await this.#companion.takeBack(trx);
			return result;
		};
		const result = await ofWork.run(undefined, () => change(carrying));
		this.#isWritten = hasWritten;
		return result;
	}
}

const ofWork = new AsyncLocalStorage<FirstChange | undefined>();

/**
 * Runs work whose first change of the database writes something more, in the same transaction: either both are saved or
 * neither. A change that writes nothing (that looks, locks, and finds nothing to do) is none: it is the next one's turn.
 * @param work is told, when it asks, whether that has been written
 */
export async function withFirstChange<T>(
	companion: Companion,
	work: (isWritten: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
	const first = new FirstChange(companion);
	try {
		return await ofWork.run(first, () => work(() => first.isWritten()));
	} finally {
		first.isOver = true;
	}
}

/** A change with what waits for the first of its kind; for `Database.change`. @param change may run its work several times */
export async function asFirstChange<T>(work: Work<T>, change: (work: Work<T>) => Promise<T>): Promise<T> {
	const first = ofWork.getStore();
	return !first || first.isOver ? change(work) : first.run(work, change);
}
