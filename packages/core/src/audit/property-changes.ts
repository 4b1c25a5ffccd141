import { createHash } from "node:crypto";
import { type PropertyChange, unshown } from "./model.ts";

/** Fields whose texts are secrets, whatever they are part of. */
const secretName = /secret|passw|token|credential|api_?key|private_?key|sealed|authorization$|hash$|^pin$/i;
/** Fields whose numbers are: how long a token lasts is none. */
const secretNumber = /(?:secret|password|passcode|token|pin)$/i;
/** Characters of one value that are told; of longer ones a beginning, the length and a mark by which two can be compared. */
const longestValue = 1_000;
/** Values of one list that are told. */
const mostValues = 1_000;
/** Properties of one change that are told. */
const mostChanges = 300;

type Fields = Readonly<Record<string, unknown>>;

/** How the columns of a row become properties. */
export interface Reading {
	flat?: readonly string[];
	secret?: readonly string[];
	isOmitted(column: string): boolean;
}

/** What differs between two states of a thing, by property, in the order of their names; either may be absent. */
export function propertyChanges(was: Fields | undefined, now: Fields | undefined, reading: Reading): PropertyChange[] {
	const [before, after] = [leavesOf(was, reading), leavesOf(now, reading)];
	const names = [...new Set([...before.keys(), ...after.keys()])].sort();
	return names.flatMap((property) => {
		const [old, fresh] = [before.get(property), after.get(property)];
		if (old?.key === fresh?.key) return [];
		return [{ property, oldValues: old?.told ?? [], newValues: fresh?.told ?? [] }];
	});
}

/** At most so many properties, with a last one that says how many more there are. */
export function bounded(changes: PropertyChange[]): PropertyChange[] {
	if (changes.length <= mostChanges) return changes;
	const more = { property: "…", oldValues: [], newValues: [`+${changes.length - mostChanges}`] };
	return [...changes.slice(0, mostChanges), more];
}

/** At most so many values, with a last one that says how many more there are. */
export function boundedValues(values: string[]): string[] {
	return values.length <= mostValues ? values : [...values.slice(0, mostValues), `… +${values.length - mostValues}`];
}

/** A value as it is told, and what it is compared by: two secrets that look the same may differ. */
interface Leaf {
	key: string;
	told: string[];
}

function leavesOf(fields: Fields | undefined, { flat = [], secret = [], isOmitted }: Reading): Map<string, Leaf> {
	const leaves = new Map<string, Leaf>();
	for (const [column, value] of Object.entries(fields ?? {})) {
		if (isOmitted(column)) continue;
		const isFlat = flat.includes(column) && isObject(value);
		if (secret.includes(column)) addLeaf(leaves, camel(column), value, true);
		else if (isFlat) for (const [name, part] of Object.entries(value)) addLeaves(leaves, name, part);
		else addLeaves(leaves, camel(column), value);
	}
	return leaves;
}

function addLeaves(leaves: Map<string, Leaf>, path: string, value: unknown): void {
	if (!isObject(value)) addLeaf(leaves, path, value, isSecret(path, value));
	else for (const [name, part] of Object.entries(value)) addLeaves(leaves, `${path}.${name}`, part);
}

function addLeaf(leaves: Map<string, Leaf>, path: string, value: unknown, isHidden: boolean): void {
	if (isNothing(value)) return;
	const told = isHidden ? [unshown] : boundedValues((Array.isArray(value) ? value : [value]).map(textOf));
	leaves.set(path, { key: JSON.stringify(value), told });
}

/** What was not said and what was said to be empty are the same to whoever reads it. */
function isNothing(value: unknown): boolean {
	return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function isSecret(path: string, value: unknown): boolean {
	return isHidden(path.slice(path.lastIndexOf(".") + 1), value);
}

function isHidden(name: string, value: unknown): boolean {
	if (typeof value === "number") return secretNumber.test(name);
	return (typeof value === "string" || (Array.isArray(value) && !value.some(isObject))) && secretName.test(name);
}

/** A value as text, without the secrets in it. */
export function textOf(value: unknown): string {
	const text = isObject(value) || Array.isArray(value) ? JSON.stringify(value, withoutSecrets) : String(value);
	const named = text.replace(/(:\/\/[^/\s:@]{0,200}):[^/\s@]{1,500}@/g, `$1:${unshown}@`);
	return shortened(named.replace(/:\/\/[^\s"]+/g, withoutQuery));
}

/** What an address says behind its `?` may let somebody in: of each part the name is told. */
function withoutQuery(address: string): string {
	return address.replace(/([?&#][^=&#]{1,100}=)[^&#]+/g, `$1${unshown}`);
}

function withoutSecrets(name: string, value: unknown): unknown {
	return isHidden(name, value) ? unshown : value;
}

function shortened(text: string): string {
	if (text.length <= longestValue) return text;
	const mark = createHash("sha256").update(text).digest("hex").slice(0, 12);
	return `${text.slice(0, longestValue)}… (${text.length}, ${mark})`;
}

function isObject(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `acd_auto_answer` → `acdAutoAnswer`. */
export function camel(column: string): string {
	return column.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}
