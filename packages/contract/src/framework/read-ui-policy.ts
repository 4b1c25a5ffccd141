/** Reads `settings.ui`; what cannot be used is left out and named, and the rest holds. */
import { CALL_CONTROLS, foldName, matchName } from "./names.ts";
import type { ProblemList } from "./problems.ts";
import {
	MENU_NAMES,
	noUiRules,
	UI_ADDABLE,
	UI_NEEDED,
	UI_PARTS,
	type UiAddition,
	type UiPart,
	type UiPolicy,
	type UiRules,
} from "./ui-policy.ts";
import { isRecord, readText, safeEntries, safeGet } from "./values.ts";

const ACTIONS = ["hide", "show", "rename", "order", "add"] as const;
/** More than any menu has room for. */
const MOST_ADDED = 20;
const LONGEST_TEXT = 60;
const textHint = `Write 1 to ${LONGEST_TEXT} characters; it is ignored.`;

/** Names that are known beforehand; statuses, queues and codes are the organization's own. */
const KNOWN: Partial<Record<UiPart, readonly string[]>> = { menu: MENU_NAMES, callControls: CALL_CONTROLS };

interface Reading {
	problems: ProblemList;
	/** Ids of added entries, which may be named like others. */
	added: Set<string>;
}

/** Reads `settings.ui`. Few scripts have one, so a page may have the reader loaded only then. */
export type UiReader = typeof readUiPolicy;

export function readUiPolicy(raw: unknown, path: string, problems: ProblemList): UiPolicy {
	if (raw === undefined || raw === null) return { everybody: noUiRules(), groups: [] };
	if (!isRecord(raw)) {
		problems.warn("ui.not.object", path, "Make it an object with hide, rename, order, add or groups; it is ignored.");
		return { everybody: noUiRules(), groups: [] };
	}
	const reading = { problems, added: new Set<string>() };
	const given = safeGet(raw, "groups");
	const everybody = readRules(raw, path, reading);
	if (given === undefined) return { everybody, groups: [] };
	if (!Array.isArray(given)) {
		problems.warn("ui.groups.invalid", `${path}.groups`, "Make it a list of {groups: [...], hide: …}; it is ignored.");
		return { everybody, groups: [] };
	}
	return { everybody, groups: given.flatMap((rule, at) => readGroupRule(rule, `${path}.groups[${at}]`, reading)) };
}

function readGroupRule(rule: unknown, path: string, reading: Reading): UiPolicy["groups"] {
	const groups = textsOf(safeGet(rule, "groups"), `${path}.groups`, reading.problems);
	if (groups.length === 0) {
		reading.problems.warn("ui.groups.missing", `${path}.groups`, "Name groups by name or id; the rule is ignored.");
		return [];
	}
	return [{ groups, rules: readRules(rule, path, reading) }];
}

function readRules(raw: unknown, path: string, reading: Reading): UiRules {
	const rules = noUiRules();
	// What is added first: the other actions may name it.
	for (const action of ["add", "hide", "show", "rename", "order"] as const)
		for (const [part, value, where] of partsOf(safeGet(raw, action), `${path}.${action}`, reading.problems)) {
			if (action === "add") rules[part].add = readAdditions(part, value, where, reading);
			else if (action === "rename") rules[part].rename = readRename(part, value, where, reading);
			else rules[part][action] = readNames(part, value, where, reading);
		}
	for (const part of UI_PARTS) rules[part].hide = withoutNeeded(part, rules[part].hide, path, reading.problems);
	for (const [key] of safeEntries(raw)) {
		if ((ACTIONS as readonly string[]).includes(key) || key === "groups") continue;
		reading.problems.warn("ui.action.unknown", `${path}.${key}`, `Use one of: ${ACTIONS.join(", ")}.`);
	}
	return rules;
}

function partsOf(raw: unknown, path: string, problems: ProblemList): [UiPart, unknown, string][] {
	if (raw !== undefined && raw !== null && !isRecord(raw))
		problems.warn("ui.not.object", path, `Make it an object of ${UI_PARTS.join(", ")}; it is ignored.`);
	return safeEntries(raw).flatMap(([key, value]) => {
		const part = matchName(UI_PARTS, key);
		if (part !== undefined) return [[part, value, `${path}.${key}`] as [UiPart, unknown, string]];
		problems.warn("ui.part.unknown", `${path}.${key}`, `Use one of: ${UI_PARTS.join(", ")}.`);
		return [];
	});
}

function readNames(part: UiPart, raw: unknown, path: string, reading: Reading): string[] {
	const names = textsOf(raw, path, reading.problems).map((name, at) => known(part, name, `${path}[${at}]`, reading));
	return [...new Set(names.filter((name) => name !== undefined))];
}

/** Folded; undefined and reported where a name can mean nothing. */
function known(part: UiPart, name: string, path: string, { problems, added }: Reading): string | undefined {
	const list = KNOWN[part];
	const meant = list ? (matchName(list, name) ?? (added.has(foldName(name)) ? name : undefined)) : name;
	if (meant === undefined) problems.warn("ui.name.unknown", path, `Use one of: ${list?.join(", ")}.`);
	return meant === undefined ? undefined : foldName(meant);
}

function readRename(part: UiPart, raw: unknown, path: string, reading: Reading): Record<string, string> {
	if (!isRecord(raw)) {
		reading.problems.warn("ui.not.object", path, "Make it an object of name and text; it is ignored.");
		return {};
	}
	const texts: Record<string, string> = {};
	for (const [key, value] of safeEntries(raw)) {
		const [name, text] = [known(part, key, `${path}.${key}`, reading), shortText(value)];
		if (text === undefined) reading.problems.warn("ui.text.invalid", `${path}.${key}`, textHint);
		else if (name !== undefined) texts[name] = text;
	}
	return texts;
}

function readAdditions(part: UiPart, raw: unknown, path: string, reading: Reading): UiAddition[] {
	const { problems } = reading;
	if (!UI_ADDABLE.includes(part) || !Array.isArray(raw)) {
		const text = Array.isArray(raw) ? `Only ${UI_ADDABLE.join(", ")} can be added to.` : "Use a list of {id, text}.";
		problems.warn("ui.add.invalid", path, `${text} It is ignored.`);
		return [];
	}
	if (raw.length > MOST_ADDED) problems.warn("ui.add.many", path, `Only the first ${MOST_ADDED} are shown.`);
	return raw.slice(0, MOST_ADDED).flatMap((given, at) => readAddition(part, given, `${path}[${at}]`, reading) ?? []);
}

type Given = Partial<UiAddition>;

function readAddition(part: UiPart, raw: unknown, path: string, { problems, added }: Reading): UiAddition | undefined {
	const given: Given = {
		id: readText(safeGet(raw, "id")),
		text: shortText(safeGet(raw, "text")),
		url: readText(safeGet(raw, "url")),
		status: readText(safeGet(raw, "status")),
		interactionId: readText(safeGet(raw, "interactionId")),
	};
	const wrong = wrongIn(part, given, added);
	const { id, text, url, status, interactionId } = given;
	if (wrong || id === undefined || text === undefined) {
		if (wrong) problems.warn(`ui.add.${wrong.field}`, `${path}.${wrong.field}`, wrong.text);
		return undefined;
	}
	added.add(foldName(id));
	return {
		...{ id, text },
		...(url === undefined ? {} : { url }),
		...(status === undefined ? {} : { status }),
		...(interactionId === undefined ? {} : { interactionId }),
	};
}

function wrongIn(part: UiPart, { id, text, url, status, interactionId }: Given, added: ReadonlySet<string>) {
	if (id === undefined || foldName(id) === "") return { field: "id", text: "Give it an id." };
	if (added.has(foldName(id)) || matchName(KNOWN[part] ?? [], id))
		return { field: "id", text: `There is a ${id} already; give it another id.` };
	if (text === undefined) return { field: "text", text: textHint };
	if (url !== undefined && !/^https?:\/\//i.test(url)) return { field: "url", text: "Use an http or https address." };
	if (part !== "callControls" && interactionId !== undefined)
		return { field: "interactionId", text: "Only callControls are of an interaction." };
	if (part === "statuses" && status === undefined)
		return { field: "status", text: "Say which status the agent takes, e.g. BREAK." };
	return undefined;
}

function withoutNeeded(part: UiPart, hidden: string[], path: string, problems: ProblemList): string[] {
	const needed = UI_NEEDED[part] ?? [];
	return hidden.filter((name) => {
		const found = needed.find((each) => foldName(each) === name);
		if (found) problems.warn("ui.needed", `${path}.hide.${part}`, `${found} cannot be hidden: agents need it.`);
		return found === undefined;
	});
}

function textsOf(raw: unknown, path: string, problems: ProblemList): string[] {
	if (raw === undefined || raw === null) return [];
	if (!Array.isArray(raw)) {
		problems.warn("ui.not.list", path, "Use a list of names; it is ignored.");
		return [];
	}
	return raw.flatMap((given, at) => {
		const text = readText(given);
		if (text === undefined || foldName(text) === "")
			problems.warn("ui.name.invalid", `${path}[${at}]`, "Write a name as text; it is ignored.");
		return text === undefined || foldName(text) === "" ? [] : [text];
	});
}

function shortText(raw: unknown): string | undefined {
	const text = readText(raw);
	return text === undefined || text.length > LONGEST_TEXT ? undefined : text;
}
