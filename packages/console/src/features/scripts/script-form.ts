import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import { checkScript, type OutsideFacts, type ScriptFinding } from "@inlay/contract/scripter/check-script";

/** A script as it is being written (`getInlayScript`). */
export interface ScriptThing {
	id: string;
	name: string;
	version: number;
	division?: { id: string };
	document: ScriptDocument;
	published?: { versionId: string; number: number; at: string };
}

/** What two may change without getting in each other's way; all but the names is JSON with sorted keys, so that it compares. */
export interface ScriptForm {
	name: string;
	startPageId: string;
	pages: string;
	variables: string;
	actions: string;
	onLoad: string;
}

/** A finding of the check, or a name that is missing: then `subject` is the id, or a variable's place in the list. */
export type Finding = Omit<ScriptFinding, "code"> & { code: ScriptFinding["code"] | "name.missing" };

export const newDocument: ScriptDocument = {
	startPageId: "start",
	pages: [{ id: "start", name: "1", root: { kind: "container", id: "start-root", layout: "column", children: [] } }],
	variables: [],
	actions: [],
};

export function scriptFormOf({ name, document }: Pick<ScriptThing, "name" | "document">): ScriptForm {
	return { name, ...formOfDocument(document) };
}

export function formOfDocument({ startPageId, pages, variables, actions, onLoad = [] }: ScriptDocument) {
	return {
		startPageId,
		pages: sorted(pages),
		variables: sorted(variables),
		actions: sorted(actions),
		onLoad: sorted(onLoad),
	};
}

export function documentOf(form: ScriptForm): ScriptDocument {
	const onLoad = JSON.parse(form.onLoad);
	return {
		startPageId: form.startPageId,
		pages: JSON.parse(form.pages),
		variables: JSON.parse(form.variables),
		actions: JSON.parse(form.actions),
		...(onLoad.length > 0 ? { onLoad } : {}),
	};
}

/** A part of the document as the form keeps it. */
export function sorted(value: unknown): string {
	return JSON.stringify(value, (_key, one) =>
		one !== null && typeof one === "object" && !Array.isArray(one)
			? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
			: one,
	);
}

/** All that is wrong or doubtful: what the server would refuse stands first. */
export function findingsOf(document: ScriptDocument, outside?: OutsideFacts): Finding[] {
	const blank = (name: string) => name.trim() === "";
	const missing = (subject: string): Finding => ({ code: "name.missing", isFault: true, subject });
	return [
		...document.pages.filter(({ name }) => blank(name)).map(({ id }) => ({ ...missing(id), pageId: id })),
		...document.actions.filter(({ name }) => blank(name)).map(({ id }) => ({ ...missing(id), actionId: id })),
		...document.variables.flatMap(({ name }, at) => (blank(name) ? [missing(String(at))] : [])),
		...checkScript(document, outside),
	].toSorted((a, b) => Number(b.isFault) - Number(a.isFault));
}

/** Whether it can be sent; where in the script it is wrong, `findingsOf` says. */
export function scriptProblems(form: ScriptForm): Set<keyof ScriptForm> {
	const problems = new Set<keyof ScriptForm>();
	if (form.name.trim() === "") problems.add("name");
	if (findingsOf(documentOf(form)).some(({ isFault }) => isFault)) problems.add("pages");
	return problems;
}

/** Reads an exported file; undefined where it holds no script. What is wrong within, the check says. */
export function readExported(text: string): { name: string; document: ScriptDocument } | undefined {
	try {
		const { name, document } = JSON.parse(text);
		const isScript =
			typeof name === "string" && [document.pages, document.variables, document.actions].every(Array.isArray);
		if (!isScript || document.pages.length === 0) return undefined;
		findingsOf(document);
		return { name, document };
	} catch {
		return undefined;
	}
}
