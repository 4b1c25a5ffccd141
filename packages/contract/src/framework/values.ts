/** Reading values that somebody else wrote: nothing here throws, whatever it is given. */

/** A plain-looking object: not null, not an array, not a function. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True, false, or their usual text forms; undefined for anything else. */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === "boolean") return value;
	if (value === 1 || value === 0) return value === 1;
	if (typeof value !== "string") return undefined;
	const word = value.trim().toLowerCase();
	if (word === "true" || word === "1" || word === "yes") return true;
	if (word === "false" || word === "0" || word === "no" || word === "") return false;
	return undefined;
}

/** Whether the script has written something there: `undefined`, `null`, `false` and an empty text say “none”. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== false && value !== "";
}

/** Trimmed text, or a finite number as text; undefined for anything else and for empty text. */
export function readText(value: unknown): string | undefined {
	if (typeof value === "number" && Number.isFinite(value)) return String(value);
	if (typeof value !== "string") return undefined;
	const text = value.trim();
	return text === "" ? undefined : text;
}

/** The entries that can be written as text; the rest is left out (participant data is text only, platform-api 5.3). */
export function readTextMap(value: unknown): Record<string, string> {
	const map: Record<string, string> = {};
	for (const [key, entry] of safeEntries(value)) {
		if (typeof entry === "string") map[key] = entry;
		else if (typeof entry === "number" || typeof entry === "boolean") map[key] = String(entry);
	}
	return map;
}

/** Entries of an object; none when it is not one. An accessor that throws counts as absent. */
export function safeEntries(value: unknown): [string, unknown][] {
	if (!isRecord(value)) return [];
	const entries: [string, unknown][] = [];
	try {
		for (const key of Object.keys(value)) entries[entries.length] = [key, safeGet(value, key)];
	} catch {
		// A proxy may refuse to say what it has.
	}
	return entries;
}

/** A property of something unknown; undefined when there is none or reading it throws. */
export function safeGet(value: unknown, key: string): unknown {
	try {
		return (typeof value === "object" && value !== null) || typeof value === "function"
			? (value as Record<string, unknown>)[key]
			: undefined;
	} catch {
		return undefined;
	}
}
