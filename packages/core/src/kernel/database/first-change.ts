import { AsyncLocalStorage } from "node:async_hooks";
import { writesOf } from "../sql/transaction.ts";
import type { Trx } from "./database.ts";

/** What is to be written together with the first change of some work. */
interface Companion {
	write(trx: Trx): Promise<void>;
	/** In the same transaction, where the change has written nothing. */
	takeBack(trx: Trx): Promise<void>;
}

interface Held extends Companion {
	/** A change has taken it: it is under way, or saved. */
	isTaken: boolean;
}

const companions = new AsyncLocalStorage<Held>();

/**
 * Runs work whose first change of the database writes something more, in the same transaction: either both are saved or
 * neither. A change that writes nothing (that looks, locks, and finds nothing to do) is none: it is the next one's turn.
 * @param work is told, when it asks, whether that has been written
 */
export async function withFirstChange<T>(
	companion: Companion,
	work: (isWritten: () => boolean) => Promise<T>,
): Promise<T> {
	const held: Held = { ...companion, isTaken: false };
	return companions.run(held, () => work(() => held.isTaken));
}

type Work<T> = (trx: Trx) => Promise<T>;

/** A change with what waits for the first of its kind; for `Database.change`. @param change may run its work several times */
export async function asFirstChange<T>(work: Work<T>, change: (work: Work<T>) => Promise<T>): Promise<T> {
	const companion = companions.getStore();
	if (!companion || companion.isTaken) return change(work);
	companion.isTaken = true;
	let hasWritten = true;
	try {
		return await change(async (trx) => {
			await companion.write(trx);
			const before = writesOf(trx);
			const result = await work(trx);
			hasWritten = writesOf(trx) > before;
			if (!hasWritten) await companion.takeBack(trx);
			return result;
		});
	} catch (error) {
		hasWritten = false;
		throw error;
	} finally {
		companion.isTaken = hasWritten;
	}
}
