import type { Database, Trx } from "../kernel/database/database.ts";
import { Turns } from "../kernel/database/turns.ts";
import { actingId } from "../kernel/principal.ts";
import type { Giver } from "./judge.ts";

/** As `database.change`, for work that opens a judge: one at a time, and waiting outside the pool of connections. */
export type ChangeRights = <T>(by: Giver, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** Changes of rights wait for one lock, so they take turns before they take a connection. */
export function createRightsChanges(database: Database) {
	const turns = new Turns();
	const inTurn = new WeakSet<Trx>();
	const changeRights: ChangeRights = (by, work) =>
		turns.run(by === "server" ? by : actingId(by), () =>
			database.change((trx) => {
				inTurn.add(trx);
				return work(trx);
			}),
		);
	return {
		changeRights,
		/** Somebody's change that would wait for the lock with a connection in hand is a mistake; it is found by any test. */
		requireTurn(trx: Trx): void {
			if (!inTurn.has(trx)) throw new Error("A judge is opened in changeRights(), so that nobody waits in the pool.");
		},
	};
}
