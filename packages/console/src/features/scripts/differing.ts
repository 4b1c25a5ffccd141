import type { ScriptForm } from "./script-form.ts";

/** What a field of two scripts says otherwise, line by line, so that both can be read; what they share is left out. */
export function differing(field: keyof ScriptForm, mine: ScriptForm, theirs: ScriptForm) {
	if (field === "name") return { mine: mine.name, theirs: theirs.name };
	if (field === "startPageId") return { mine: startOf(mine), theirs: startOf(theirs) };
	const [own, other] = [linesOf(JSON.parse(mine[field])), linesOf(JSON.parse(theirs[field]))];
	return { mine: without(own, other), theirs: without(other, own) };
}

function startOf({ startPageId, pages }: ScriptForm): string {
	const all: Item[] = JSON.parse(pages);
	return all.find(({ id }) => id === startPageId)?.name ?? startPageId;
}

interface Item {
	id?: string;
	name?: string;
	kind?: string;
}

/** Lines by where they stand: known by ids, which stay, and shown by names. */
type Lines = Map<string, string>;

function linesOf(value: unknown, key = "", shown: readonly string[] = [], lines: Lines = new Map()): Lines {
	if (Array.isArray(value)) return ofList(value, key, shown, lines);
	if (value === null || typeof value !== "object") return lines.set(key, [...shown, String(value ?? "")].join(": "));
	for (const [name, one] of Object.entries(value)) {
		const isStructure = name === "root" || name === "children" || name === "steps";
		if (name !== "id") linesOf(one, `${key}/${name}`, isStructure ? shown : [...shown, name], lines);
	}
	return lines;
}

function ofList(list: readonly unknown[], key: string, shown: readonly string[], lines: Lines): Lines {
	const titles = list.map((one, at) => titleOf(one, at));
	// What is new, gone or elsewhere shows in the row of them all.
	if (list.length > 0) lines.set(`${key}/*`, [...shown, titles.join(", ")].join(": "));
	for (const [at, one] of list.entries()) {
		const { id, name } = (one ?? {}) as Item;
		if (typeof one === "object") linesOf(one, `${key}/${id ?? name ?? at}`, [...shown, titles[at] ?? ""], lines);
	}
	return lines;
}

function titleOf(one: unknown, at: number): string {
	if (one === null || typeof one !== "object") return String(one);
	const { name, kind } = one as Item;
	return name ?? (kind ? `${at + 1} ${kind}` : String(at + 1));
}

function without(lines: Lines, others: Lines): string {
	return [...lines].flatMap(([key, line]) => (others.get(key) === line ? [] : [line])).join("\n");
}
