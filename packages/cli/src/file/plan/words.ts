/** A plan as people read it, and as programs do. */
import { words } from "../format/sections.ts";
import type { Staged } from "../kinds/deployments.ts";
import type { Change } from "./compare.ts";
import type { Plan, Step } from "./step.ts";

const marks = { create: "+", change: "~", delete: "-" } as const;
/** Entries of a list that are told; the rest is counted. */
const mostTold = 12;

/** What a second `inlay destroy` says. */
export const nothingToDelete = "Nothing to delete: the organization has nothing of what the file describes.";

/** @param none what is said where nothing is to be done */
export function planText({ steps, notes }: Plan, none?: string): string {
	const lines = steps.flatMap((step) => [...stepLines(step), ""]);
	return [...lines, ...notes.map((note) => `Note: ${plain(note)}`), summary(steps, none)].join("\n");
}

/** What `inlay diff` says of an organization. @param unnamed what it has and the file does not name */
export function diffText(plan: Plan, unnamed: readonly string[]): string {
	if (unnamed.length === 0) return planText(plan, "No difference.");
	const lines = unnamed.map((one) => `  ${one}`);
	return [planText(plan), "", "Only in the organization (left alone by apply):", ...lines].join("\n");
}

/** For people: terminals do what control characters in a name say. */
export function plain(text: string): string {
	return text.replace(/\p{Cc}+/gu, " ");
}

function stepLines(step: Step): string[] {
	const { action, section, name, changes, because } = step;
	const head = `${marks[action]} ${words[section]} ${JSON.stringify(plain(name))}${isSwitch(step) ? turned(changes) : ""}`;
	const why = because === undefined ? [] : [`    because ${plain(because)}`];
	if (isSwitch(step) || action === "delete") return [head, ...why];
	return [head, ...why, ...changes.map((change) => `    ${changeText(change, action === "create")}`)];
}

function isSwitch({ section, changes }: Step): boolean {
	return section === "deployments" && changes.length === 1 && changes[0]?.field === "active";
}

function turned([change]: readonly Change[]): string {
	return change?.after === true ? ": switched on" : ": switched off";
}

export function changeText({ field, before, after }: Change, isNew = false): string {
	const label = field === "grants" ? "roles" : field;
	if (field === "script") return `${label}: ${scriptText(before, after)}`;
	if (field === "staged") return stagedText(before as Staged);
	if (isNew || before === undefined) return `${label}: ${valueText(after)}`;
	if (isPlainList(before) && isPlainList(after)) return `${label}: ${listText(before, after)}`;
	return `${label}: ${valueText(before)} → ${valueText(after)}`;
}

function stagedText({ version, groups }: Staged): string {
	return `ends version ${version}, which is with some groups first: ${told(groups.map(plain))} get this one, too`;
}

function isPlainList(value: unknown): value is unknown[] {
	return Array.isArray(value) && value.every((one) => typeof one !== "object");
}

function listText(before: readonly unknown[], after: readonly unknown[]): string {
	const fold = (one: unknown) => String(one).toLowerCase();
	const [was, is] = [new Set(before.map(fold)), new Set(after.map(fold))];
	const added = after.filter((one) => !was.has(fold(one))).map((one) => `+ ${plain(String(one))}`);
	const gone = before.filter((one) => !is.has(fold(one))).map((one) => `- ${plain(String(one))}`);
	return added.length + gone.length === 0 ? `${valueText(before)} → ${valueText(after)}` : told([...added, ...gone]);
}

function valueText(value: unknown): string {
	if (value === undefined) return "(nothing)";
	if (isPlainList(value)) return value.length === 0 ? "(none)" : told(value.map((one) => plain(String(one))));
	return plain(JSON.stringify(value));
}

function told(entries: readonly string[]): string {
	const shown = entries.slice(0, mostTold).join(", ");
	return entries.length > mostTold ? `${shown} and ${entries.length - mostTold} more` : shown;
}

function scriptText(before: unknown, after: unknown): string {
	const [was, is] = [linesOf(before), linesOf(after)];
	if (was.length === 0) return is.length === 1 ? "1 line" : `${is.length} lines`;
	if (is.length === 0) return "taken away";
	return `+${without(is, was)} -${without(was, is)} lines of ${is.length}`;
}

function linesOf(value: unknown): string[] {
	return typeof value === "string" && value !== "" ? value.replace(/\n$/, "").split("\n") : [];
}

/** How many of these lines are not among those. */
function without(lines: readonly string[], others: readonly string[]): number {
	const left = new Map<string, number>();
	for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
	return lines.filter((line) => {
		const count = left.get(line) ?? 0;
		left.set(line, count - 1);
		return count <= 0;
	}).length;
}

export function summary(steps: readonly Step[], none = "No change: the organization has what the file says."): string {
	if (steps.length === 0) return none;
	const of = (action: Step["action"]) => steps.filter((step) => step.action === action).length;
	return `Plan: ${of("create")} to create, ${of("change")} to change, ${of("delete")} to delete.`;
}

/** For CI. Scripts are told by their texts, as everything else. */
export function planJson({ steps, notes }: Plan): object {
	const told = steps.map(({ id, action, section, name, changes, because, found, after }) => ({
		step: id,
		action,
		kind: words[section],
		section,
		name,
		...(found ? { id: found.id } : {}),
		changes,
		...(because === undefined ? {} : { because }),
		after,
	}));
	return { changes: told, notes, hasChanges: steps.length > 0 };
}
