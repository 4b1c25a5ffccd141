import type { Trx } from "../kernel/database/database.ts";
import type { Referable } from "../kernel/database/references.ts";
import { badField } from "../kernel/http/api-error.ts";
import type { Change } from "./store.ts";

/**
 * Holds the utilization labels that changes give: what deletes one of them at the same moment waits. Of a queue's, which may be as it was
 * when the conversation was to come there, one that is gone labels nothing.
 * @throws ApiError 400 `invalid.value` where somebody has named one that is gone
 */
export async function holdLabels(
	trx: Trx,
	labels: Pick<Referable, "hold"> | undefined,
	changes: ReadonlyArray<Change & { cause: string }>,
): Promise<void> {
	const given = changes.flatMap(({ before, after, cause }) => {
		const id = after.utilizationLabelId;
		return id === undefined || id === before?.utilizationLabelId ? [] : [{ id, after, cause }];
	});
	if (given.length === 0 || !labels) return;
	const ids = given.map(({ id }) => id);
	const standing = await labels.hold(trx, ids);
	for (const { id, after, cause } of given) {
		if (standing.has(id)) continue;
		if (cause === "label") throw badField("utilizationLabelId", `There is no utilization label with the id ${id}.`);
		delete after.utilizationLabelId;
	}
}
