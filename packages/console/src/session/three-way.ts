export type Whose = "mine" | "theirs";

/** Three versions of one thing: as both sides found it, and as each has it now. */
export interface Sides<T> {
	base: T;
	mine: T;
	theirs: T;
}

/** A value of several parts that two have changed: both sides' changes, and whether they changed the same part of it. */
export interface Merged<V> {
	/** In parts that both changed, it is as `whose` has it. */
	value: V;
	clashes: boolean;
}

/** Merges fields whose values have parts of their own; any other field belongs whole to one side. */
export type Mergers<T> = { [Field in keyof T]?: (sides: Sides<T[Field]>, whose: Whose) => Merged<T[Field]> };

/** The fields in which two forms differ; the order of a list is no difference. */
export function changedFields<T extends object>(one: T, other: T): Array<keyof T> {
	const fields = Object.keys(one) as Array<keyof T>;
	return fields.filter((field) => text(one[field]) !== text(other[field]));
}

/** Three-way merge: what I changed since `base` stays mine, everything else is theirs. Lists are sets, merged entry by entry. */
export function merge<T extends object>(base: T, mine: T, theirs: T, mergers: Mergers<T> = {}): T {
	const own = changedFields(base, mine).map((field) => {
		const sides = sidesOf({ base, mine, theirs }, field);
		return [field, mergers[field]?.(sides, "mine").value ?? mergedValue(sides)];
	});
	return { ...theirs, ...Object.fromEntries(own) };
}

/** Fields that both changed since `base`, differently: only these need a choice. What both did to a list fits together. */
export function conflicts<T extends object>(base: T, mine: T, theirs: T, mergers: Mergers<T> = {}): Array<keyof T> {
	const byThem = changedFields(base, theirs);
	const differing = changedFields(mine, theirs);
	return changedFields(base, mine).filter((field) => {
		if (!byThem.includes(field) || !differing.includes(field) || Array.isArray(mine[field])) return false;
		return mergers[field]?.(sidesOf({ base, mine, theirs }, field), "mine").clashes ?? true;
	});
}

/** Ends a conflict: merged, with my values for the fields in question, or theirs. */
export function settle<T extends object>(
	sides: Sides<T>,
	fields: ReadonlyArray<keyof T>,
	whose: Whose,
	mergers: Mergers<T> = {},
): T {
	const merged = merge(sides.base, sides.mine, sides.theirs, mergers);
	if (whose === "mine") return merged;
	const given = fields.map((field) => [
		field,
		mergers[field]?.(sidesOf(sides, field), "theirs").value ?? sides.theirs[field],
	]);
	return { ...merged, ...Object.fromEntries(given) };
}

/** Merges values that stand under keys, such as a text for each language: key by key. */
export function mergeByKey<V>(sides: Sides<Record<string, V>>, whose: Whose): Merged<Record<string, V>> {
	const { base, mine, theirs } = sides;
	const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
	const found = keys.map((key) => [key, mergedPart({ base: base[key], mine: mine[key], theirs: theirs[key] }, whose)]);
	const parts = found as Array<[string, Merged<V | undefined>]>;
	const kept = parts.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]]));
	return { value: Object.fromEntries(kept), clashes: parts.some(([, { clashes }]) => clashes) };
}

/** A part that belongs whole to one side: whoever changed it. As it is not merged entry by entry, the order of its lists counts. */
export function mergedPart<V>({ base, mine, theirs }: Sides<V>, whose: Whose): Merged<V> {
	const [was, my, their] = [text(base, true), text(mine, true), text(theirs, true)];
	if (my === their || my === was) return { value: theirs, clashes: false };
	if (their === was) return { value: mine, clashes: false };
	return { value: whose === "mine" ? mine : theirs, clashes: true };
}

/** Their list with what I put in and without what I took out; anything else is mine. */
function mergedValue({ base, mine, theirs }: Sides<unknown>): unknown {
	if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return mine;
	const kept = theirs.filter((one) => mine.includes(one) || !base.includes(one));
	return [...new Set([...kept, ...mine.filter((one) => !base.includes(one))])];
}

function sidesOf<T extends object, F extends keyof T>({ base, mine, theirs }: Sides<T>, field: F): Sides<T[F]> {
	return { base: base[field], mine: mine[field], theirs: theirs[field] };
}

/** Equal for equal values, whatever the order of an object's keys, or of a list that is not `isOrdered`. */
function text(value: unknown, isOrdered = false): string {
	if (Array.isArray(value)) {
		const entries = value.map((one) => text(one, isOrdered));
		return isOrdered ? JSON.stringify(entries) : entries.sort().join("\n");
	}
	if (typeof value !== "object" || value === null) return String(value);
	const said = Object.entries(value).filter(([, one]) => one !== undefined);
	return JSON.stringify(said.map(([key, one]) => [key, text(one, isOrdered)]).sort());
}
