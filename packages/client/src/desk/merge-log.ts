import type { Association } from "@inlay/contract";
import { asSeenBy } from "../framework/call-log/crm-side.ts";
import type { KeptLog } from "../framework/call-log/store.ts";
import { type Merged, mergeText } from "./merge-text.ts";
import { same } from "./same.ts";

const lists = ["contacts", "relations"] as const;
const choices = ["wrapupCode", "selectedContact", "selectedRelation"] as const;
const texts = ["subject", "notes"] as const;
/** What counts as an edit: the CRM gets it. */
const content = [...texts, "selectedContact", "selectedRelation", "attributes", ...lists] as const;

/**
 * Joins an interaction log that was changed in two panels. Texts are merged, lists and attributes united; of two
 * different choices the one made here counts, and that is a clash. The CRM's id that was known first stays.
 */
export function mergeLogs(before: KeptLog | undefined, mine: KeptLog, given: KeptLog): Merged<KeptLog> {
	let clash = false;
	const { deployment } = mine;
	const theirs = deployment === undefined ? given : asSeenBy(deployment, given);
	const base: Partial<KeptLog> = before && deployment !== undefined ? asSeenBy(deployment, before) : (before ?? {});
	const value: KeptLog = { ...theirs, ...known(mine), id: theirs.id ?? mine.id, ...partOf(base, mine, theirs) };
	// What another deployment's script was told is said by its own panels.
	if (mine.others || theirs.others) value.others = { ...mine.others, ...theirs.others };
	if (mine.foreign || theirs.foreign) value.foreign = mine.foreign === true && theirs.foreign === true;
	for (const name of texts) {
		if (mine[name] === undefined && theirs[name] === undefined) continue;
		const merged = mergeText(base[name] ?? "", mine[name] ?? "", theirs[name] ?? "");
		value[name] = merged.value;
		clash ||= merged.clash;
	}
	for (const name of choices) {
		const picked = pick(base[name], mine[name], theirs[name]);
		Object.assign(value, { [name]: picked.value });
		clash ||= picked.clash;
	}
	value.attributes = { ...theirs.attributes };
	for (const [key, own] of Object.entries(mine.attributes)) {
		value.attributes[key] = pick(base.attributes?.[key], own, theirs.attributes[key]).value ?? own;
	}
	for (const name of lists) value[name] = united(theirs[name], mine[name]);
	return { value: { ...value, ...progress(base, mine, theirs, value) }, clash };
}

function pick<Value>(base: Value, mine: Value, theirs: Value): Merged<Value> {
	if (same(mine, theirs) || same(theirs, base)) return { value: mine, clash: false };
	if (same(mine, base)) return { value: theirs, clash: false };
	return { value: mine, clash: true };
}

function united(theirs: readonly Association[], mine: readonly Association[]): Association[] {
	const added = mine.filter((one) => !theirs.some((each) => String(each.id) === String(one.id)));
	return [...theirs, ...added];
}

/** What is undefined here says nothing against what is known there. */
function known(log: KeptLog): KeptLog {
	return Object.fromEntries(Object.entries(log).filter(([, value]) => value !== undefined)) as unknown as KeptLog;
}

/** What was noted before a part is told by who knew of it: a panel that had not read the log yet began it with nothing. */
function partOf(base: Partial<KeptLog>, mine: KeptLog, theirs: KeptLog): Pick<KeptLog, "part" | "notedBefore"> {
	const { value: part } = pick(base.part, mine.part, theirs.part);
	if (part === undefined) return {};
	const [first, second] = mine.part === part ? [mine, theirs] : [theirs, mine];
	const isBoth = second.part === part;
	return { part, notedBefore: first.notedBefore || (isBoth && second.notedBefore) || "" };
}

/** What is neither the one's nor the other's has not been saved by anybody. */
function progress(base: Partial<KeptLog>, mine: KeptLog, theirs: KeptLog, value: KeptLog) {
	const latest = Math.max(mine.revision, theirs.revision);
	const isKnown =
		sameContent(value, theirs) || (sameContent(value, mine) && sameContent(theirs, { ...theirs, ...base }));
	const revision = isKnown ? latest : latest + 1;
	return { revision, savedRevision: Math.min(savedOf(mine, theirs), revision) };
}

/** A log that this CRM has nothing to do with counts as saved; one that it is to get was saved by whoever hands it over. */
function savedOf(mine: KeptLog, theirs: KeptLog): number {
	const handed = [mine, theirs].filter((log) => !log.foreign);
	return Math.max(...(handed.length > 0 ? handed : [mine, theirs]).map((log) => log.savedRevision));
}

function sameContent(one: KeptLog, other: KeptLog): boolean {
	return content.every((name) => same(one[name], other[name]));
}
