/** What differs between what is to be and what is: by the fields that the file writes, and no others. */
import type { Values } from "../format/sections.ts";

export interface Change {
	field: string;
	before: unknown;
	after: unknown;
}

/** Of these the file writes the whole: what it leaves out goes. Other mappings keep what is not written. */
const whole: ReadonlySet<string> = new Set(["skills", "languages"]);
/** Lists in which the order says something. */
const ordered: ReadonlySet<string> = new Set(["phoneColumns"]);
/** Whether nothing is said is something of its own here. */
const undecided: ReadonlySet<string> = new Set(["scriptToken"]);
/** What no comparison is made of: a password that is there stays. */
const unseen: ReadonlySet<string> = new Set(["password"]);

export function differing(wanted: Values, found: Values): Change[] {
	return Object.entries(wanted)
		.filter(([field, value]) => value !== undefined && !unseen.has(field) && !isSame(value, found[field], field))
		.map(([field, after]) => ({ field, before: found[field], after }));
}

/** @param field whose value it is */
export function isSame(wanted: unknown, found: unknown, field: string): boolean {
	if (undecided.has(field)) return wanted === found;
	if (isNothing(wanted) && isNothing(found)) return true;
	if (Array.isArray(wanted) && Array.isArray(found)) return sameList(wanted, found, field);
	if (isMap(wanted)) {
		const there = isMap(found) ? found : {};
		if (whole.has(field) && Object.keys(wanted).length !== Object.keys(there).length) return false;
		return Object.entries(wanted).every(([key, value]) => isSame(value, there[key], key));
	}
	return wanted === found;
}

function sameList(wanted: readonly unknown[], found: readonly unknown[], field: string): boolean {
	if (ordered.has(field) || wanted.some((one) => typeof one === "object"))
		return wanted.length === found.length && wanted.every((one, index) => isSame(one, found[index], ""));
	const [a, b] = [new Set(wanted.map(folded)), new Set(found.map(folded))];
	return a.size === b.size && [...a].every((one) => b.has(one));
}

/** E-mail addresses are the same in either case. */
function folded(value: unknown): string {
	const text = String(value);
	return text.includes("@") ? text.toLowerCase() : text;
}

function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (isMap(value)) return Object.keys(value).length === 0;
	return value === undefined || value === "" || value === false || value === null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
