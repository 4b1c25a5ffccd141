import type { Database, Trx } from "../kernel/database/database.ts";
import { Turns } from "../kernel/database/turns.ts";
import { actingId } from "../kernel/principal.ts";
import type { Giver } from "./judge.ts";

/** As `database.change`, for work that opens a judge: one at a time, and waiting outside the pool of connections. */
export type ChangeRights = <T>(by: Giver, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** Looks at who holds what before somebody's change of rights; what it returns looks again before the commit. */
export type RightsWatch = (trx: Trx, by: Giver) => Promise<LookAgain>;
/** @returns what is to be done after the commit */
export type LookAgain = () => Promise<() => void>;

/** Changes of rights wait for one lock, so they take turns before they take a connection. */
export function createRightsChanges(database: Database) {
	const turns = new Turns();
	const inTurn = new WeakMap<Trx, { by: Giver; looked?: LookAgain }>();
	let watch: RightsWatch | undefined;

	const changeRights: ChangeRights = (by, work) =>
		turns.run(by === "server" ? by : actingId(by), async () => {
			const { result, tell } = await database.change((trx) => watched(trx, by, work));
			tell?.();
			return result;
		});

	async function watched<T>(trx: Trx, by: Giver, work: (trx: Trx) => Promise<T>) {
		inTurn.set(trx, { by });
		const result = await work(trx);
		return { result, tell: await inTurn.get(trx)?.looked?.() };
	}

	return {
		changeRights,
		/** Somebody's change that would wait for the lock with a connection in hand is a mistake; it is found by any test. */
		requireTurn(trx: Trx): void {
			if (!inTurn.has(trx)) throw new Error("A judge is opened in changeRights(), so that nobody waits in the pool.");
		},
		/** From here on nobody else changes rights until the transaction ends. */
		async opened(trx: Trx): Promise<void> {
			const turn = inTurn.get(trx);
			if (turn && !turn.looked && watch) turn.looked = await watch(trx, turn.by);
		},
		/** Has every change of rights looked at, from the moment on at which nobody else changes any. */
		watch(looks: RightsWatch): void {
			watch = looks;
		},
	};
}

export type RightsChanges = ReturnType<typeof createRightsChanges>;
