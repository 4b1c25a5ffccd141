import { AsyncLocalStorage } from "node:async_hooks";
import type { Trx } from "./database.ts";

/** What is to be written together with the first change of some work. */
interface Companion {
	write(trx: Trx): Promise<void>;
	/** A change has taken it: it is under way, or saved. */
	isTaken: boolean;
}

const companions = new AsyncLocalStorage<Companion>();

/**
 * Runs work whose first change of the database writes something more, in the same transaction: either both are saved or
 * neither. Work that changes nothing writes nothing.
 * @param work is told, when it asks, whether that has been written
 */
export async function withFirstChange<T>(
	write: (trx: Trx) => Promise<void>,
	work: (isWritten: () => boolean) => Promise<T>,
): Promise<T> {
	const companion: Companion = { write, isTaken: false };
	return companions.run(companion, () => work(() => companion.isTaken));
}

/** The work of a change, and before it what waits for the first of its kind; for `Database.change`. */
export async function asFirstChange<T>(change: (before?: (trx: Trx) => Promise<void>) => Promise<T>): Promise<T> {
	const companion = companions.getStore();
	if (!companion || companion.isTaken) return change();
	companion.isTaken = true;
	try {
		return await change(companion.write);
	} catch (error) {
		companion.isTaken = false;
		throw error;
	}
}
