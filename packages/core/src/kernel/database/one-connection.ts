import { AsyncLocalStorage } from "node:async_hooks";

/** Work asked for a second connection while its transaction held one. */
export class SecondConnection extends Error {
	constructor() {
		super(
			"This reads or writes on a second connection inside change(). Use the transaction: a pool of N with N changes that each wait for a second connection is stuck.",
		);
		this.name = "SecondConnection";
	}
}

/** A change that is under way; what it starts and does not wait for is its own no longer once it has ended. */
interface Change {
	isOpen: boolean;
}

/**
 * Finds `database.db`, or another `change`, inside `change()`. Every one of them works until as many changes run at once as
 * the pool has connections; then all of them wait for each other. The tests' databases refuse it at once.
 */
export class OneConnection {
	readonly #changes = new AsyncLocalStorage<Change>();

	/** Runs the work of a change. */
	async within<T>(work: () => Promise<T>): Promise<T> {
		const change: Change = { isOpen: true };
		try {
			return await this.#changes.run(change, work);
		} finally {
			change.isOpen = false;
		}
	}

	/** To be asked before a connection is taken. @throws SecondConnection */
	require(): void {
		if (this.#changes.getStore()?.isOpen) throw new SecondConnection();
	}
}
