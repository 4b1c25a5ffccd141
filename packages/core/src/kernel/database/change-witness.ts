import { AsyncLocalStorage } from "node:async_hooks";
import type { NewEvent } from "../events/event-log.ts";
import type { Trx } from "./database.ts";

/** Sees every change that some work makes, in the change's own transaction. */
export interface ChangeWitness {
	/** The change begins; once for each try. */
	begins(trx: Trx): Promise<void>;
	/** All of it is done but for the commit. @param events what it has told the log */
	ends(trx: Trx, events: readonly NewEvent[]): Promise<void>;
}

const witnesses = new AsyncLocalStorage<ChangeWitness>();
const toldBy = new WeakMap<Trx, NewEvent[]>();

/** Runs work whose changes a witness sees. */
export function witnessed<T>(witness: ChangeWitness, work: () => Promise<T>): Promise<T> {
	return witnesses.run(witness, work);
}

/** The work of a change with its witness, if it has one; for `Database.change`. */
export function beforeWitness<T>(work: (trx: Trx) => Promise<T>): (trx: Trx) => Promise<T> {
	const witness = witnesses.getStore();
	if (!witness) return work;
	return async (trx) => {
		const told: NewEvent[] = [];
		toldBy.set(trx, told);
		await witness.begins(trx);
		const result = await work(trx);
		await witness.ends(trx, told);
		return result;
	};
}

/** Whether somebody sees what this transaction changes. */
export function isWitnessed(trx: Trx): boolean {
	return toldBy.has(trx);
}

/** For the event log: what a change tells it, its witness hears. */
export function noteTold(trx: Trx, events: readonly NewEvent[]): void {
	toldBy.get(trx)?.push(...events);
}
