/** How fields of a scenario are read: each as what it has to be, or refused by its name. */
import { isRecord } from "@inlay/contract";
import { readDuration } from "./durations.ts";

/** A field that cannot be used; the message begins with its name. */
export class ScenarioError extends Error {}

/** What nobody would look at is refused rather than dropped. */
export function refuseOthers(given: Record<string, unknown>, known: readonly string[], path: string): void {
	const other = Object.keys(given).find((key) => !known.includes(key));
	if (other === undefined) return;
	const name = path === "" ? other : `${path}.${other}`;
	throw new ScenarioError(`${name} is not known here; there are ${known.join(", ")}.`);
}

/** Milliseconds. */
export function readTime(given: unknown, path: string): number {
	const ms = readDuration(given);
	if (ms === undefined) throw new ScenarioError(`${path} must be a time such as 500ms, 5s or 2m, or seconds.`);
	return ms;
}

/** Numbers as they are written in YAML, too. */
export function readTexts(given: unknown, path: string): Record<string, string> {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {caseId: 4711}.`);
	return Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name,
			readText(typeof value === "number" ? String(value) : value, `${path}.${name}`),
		]),
	);
}

export function readText(given: unknown, path: string): string {
	if (typeof given === "string" && given.trim() !== "") return given;
	throw new ScenarioError(`${path} must be a text.`);
}

/** Those of the named fields that are given, as texts. */
export function readGivenTexts<Name extends string>(
	fields: Record<string, unknown>,
	names: readonly Name[],
	path: string,
): Partial<Record<Name, string>> {
	const given = names.filter((name) => fields[name] !== undefined);
	return Object.fromEntries(given.map((name) => [name, readText(fields[name], `${path}.${name}`)])) as Partial<
		Record<Name, string>
	>;
}

export function readFiles(given: unknown, path: string): string[] {
	if (!Array.isArray(given)) throw new ScenarioError(`${path} must be a list of files such as [invoice.pdf].`);
	return given.map((each, at) => readText(each, `${path}[${at}]`));
}
