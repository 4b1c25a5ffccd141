import type { Trx } from "../kernel/database/database.ts";
import { mediaTypeOf } from "./assignment-store.ts";
import { inHandBeside } from "./capacity-store.ts";
import { whyNotFree } from "./offer-rules.ts";
import { countedLabel, type Utilizations, utilizationOf } from "./utilization-model.ts";

/** An interaction that is given by hand. */
export interface Given {
	id: string;
	/** As the documents name it. */
	medium: string;
	utilizationLabelId?: string | undefined;
}

/** Whether somebody takes it, beside what they owe to it. */
export type MayTake = (trx: Trx, given: Given) => Promise<boolean>;

/**
 * What people take at a time when it is given to them by hand: as automatic assignment counts it, whatever their status is
 * (agent-features section 1).
 */
export function createCapacity({ all }: { all(): Promise<Utilizations> }) {
	/** The rule is read before any change begins; what is in hand, in it. */
	return async (userId: string): Promise<MayTake> => {
		const rules = await all();
		const rule = utilizationOf(rules, userId);
		return async (trx, { id, medium, utilizationLabelId }) => {
			const labelId = countedLabel(rules, utilizationLabelId);
			const inHand = await inHandBeside(trx, userId, id);
			return whyNotFree({ status: "IDLE", inHand }, { medium: mediaTypeOf(medium), labelId }, rule) === undefined;
		};
	};
}
