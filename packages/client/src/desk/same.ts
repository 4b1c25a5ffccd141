import { isRecord } from "@inlay/contract";

/** Whether two values say the same: the server tells their keys in an order of its own. */
export function same(one: unknown, other: unknown): boolean {
	return one === other || ordered(one) === ordered(other);
}

function ordered(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => {
		if (!isRecord(part)) return part;
		return Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)));
	});
}
