/** The fields in which two forms differ; the order of a list is no difference. */
export function changedFields<T extends object>(one: T, other: T): Array<keyof T> {
	const fields = Object.keys(one) as Array<keyof T>;
	return fields.filter((field) => text(one[field]) !== text(other[field]));
}

/** Three-way merge: what I changed since `base` stays mine, everything else is theirs. Lists are sets, merged entry by entry. */
export function merge<T extends object>(base: T, mine: T, theirs: T): T {
	const own = changedFields(base, mine).map((field) => [field, mergedValue(base[field], mine[field], theirs[field])]);
	return { ...theirs, ...Object.fromEntries(own) };
}

/** Fields that both changed since `base`, differently: only these need a choice. What both did to a list fits together. */
export function conflicts<T extends object>(base: T, mine: T, theirs: T): Array<keyof T> {
	const [byMe, byThem] = [changedFields(base, mine), changedFields(base, theirs)];
	const differing = changedFields(mine, theirs);
	return byMe.filter((field) => byThem.includes(field) && differing.includes(field) && !Array.isArray(mine[field]));
}

/** Ends a conflict: merged, with my values for the fields in question, or theirs. */
export function settle<T extends object>(
	{ base, mine, theirs }: { base: T; mine: T; theirs: T },
	fields: ReadonlyArray<keyof T>,
	whose: "mine" | "theirs",
): T {
	const merged = merge(base, mine, theirs);
	if (whose === "mine") return merged;
	return { ...merged, ...Object.fromEntries(fields.map((field) => [field, theirs[field]])) };
}

/** Their list with what I put in and without what I took out; anything else is mine. */
function mergedValue(base: unknown, mine: unknown, theirs: unknown): unknown {
	if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return mine;
	const kept = theirs.filter((one) => mine.includes(one) || !base.includes(one));
	return [...new Set([...kept, ...mine.filter((one) => !base.includes(one))])];
}

function text(value: unknown): string {
	return Array.isArray(value) ? [...value].sort().join("\n") : String(value);
}
