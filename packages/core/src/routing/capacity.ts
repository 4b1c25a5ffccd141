import type { Trx } from "../kernel/database/database.ts";
import { mediaTypeOf } from "./assignment-store.ts";
import { inHandBeside } from "./capacity-store.ts";
import { whyNotFree } from "./offer-rules.ts";
import { type Utilizations, utilizationOf } from "./utilization-model.ts";

/** Whether somebody takes one more interaction of a medium, as the documents name it, beside what they owe to one of them. */
type MayTake = (trx: Trx, medium: string, but: string) => Promise<boolean>;

/**
 * What people take at a time when it is given to them by hand: as automatic assignment counts it, whatever their status is
 * (agent-features section 1).
 */
export function createCapacity({ all }: { all(): Promise<Utilizations> }) {
	/** The rule is read before any change begins; what is in hand, in it. */
	return async (userId: string): Promise<MayTake> => {
		const rule = utilizationOf(await all(), userId);
		return async (trx, medium, but) => {
			const inHand = await inHandBeside(trx, userId, but);
			return whyNotFree({ status: "IDLE", inHand }, mediaTypeOf(medium), rule) === undefined;
		};
	};
}
