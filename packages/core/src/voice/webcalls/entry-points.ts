import type { Trx } from "../../kernel/database/database.ts";
import { badField } from "../../kernel/http/api-error.ts";
import type { EntryPoint, EntryPointStore } from "./store.ts";

/** The numbers of the organization, each with the queue that its calls go into. */
export interface EntryPoints extends Omit<EntryPointStore, "put"> {
	/** Adds an entry point or replaces the one of that number. @throws ApiError 400 `invalid.value` where there is no such queue */
	put(trx: Trx, entryPoint: EntryPoint): Promise<void>;
}

export function createEntryPoints(store: EntryPointStore): EntryPoints {
	return {
		...store,
		async put(trx, entryPoint) {
			const isKept = await store.put(trx, entryPoint);
			if (!isKept) throw badField("queueId", `No queue with id ${entryPoint.queueId}.`);
		},
	};
}
