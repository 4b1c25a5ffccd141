import type { ScriptComponent, ScriptDocument, ScriptPage, ScriptStep } from "@inlay/contract/scripter/agent-script";
import { componentsOf, stepListsOf } from "@inlay/contract/scripter/walk";
import { sorted } from "./script-form.ts";

/** The list with one moved by so many places; at an end it stays. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
	const to = at + by;
	const one = list[at];
	if (one === undefined || to < 0 || to >= list.length) return [...list];
	return list.toSpliced(at, 1).toSpliced(to, 0, one);
}

/** An id that nothing in the script has. */
export function freshId(document: ScriptDocument, stem: string): string {
	const taken = new Set([
		...document.pages.flatMap((page) => [page.id, ...componentsOf(page).map(({ id }) => id)]),
		...document.actions.map(({ id }) => id),
	]);
	for (let number = 1; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

export function freshPage(document: ScriptDocument): ScriptPage {
	const id = freshId(document, "page");
	const root = { kind: "container", id: freshId(document, `${id}-root`), layout: "column", children: [] } as const;
	return { id, name: String(document.pages.length + 1), root: { ...root, children: [] } };
}

/** An element as it begins: what it must have is there, and empty. */
export function freshComponent(document: ScriptDocument, kind: ScriptComponent["kind"]): ScriptComponent {
	const id = freshId(document, kind.toLowerCase());
	const variable = document.variables[0]?.name ?? "";
	switch (kind) {
		case "container":
			return { kind, id, layout: "column", children: [] };
		case "text":
			return { kind, id, role: "paragraph", text: "" };
		case "image":
			return { kind, id, address: "https://", alt: "" };
		case "divider":
			return { kind, id };
		case "dropdown":
		case "radio":
			return { kind, id, label: "", variable, options: [] };
		case "phoneLink":
		case "emailLink":
			return { kind, id, target: "" };
		case "button":
			return { kind, id, label: "", steps: [] };
		case "webPage":
			return { kind, id, title: "", address: "https://" };
		case "attributeTable":
			return { kind, id, label: "" };
		case "contactForm":
			return { kind, id, label: "", columns: [] };
		case "progress":
			return { kind, id, pageIds: document.pages.map((page) => page.id) };
		default:
			return { kind, id, label: "", variable };
	}
}

export function freshStep(kind: ScriptStep["kind"]): ScriptStep {
	switch (kind) {
		case "changePage":
			return { kind, pageId: "" };
		case "setVariable":
			return { kind, variable: "", value: "" };
		case "setAttributes":
			return { kind, attributes: [] };
		case "alert":
			return { kind, text: "" };
		case "blindTransfer":
		case "consultTransfer":
			return { kind, to: { kind: "number", number: "" } };
		case "setWrapUpCode":
			return { kind, code: "" };
		case "scheduleCallback":
			return { kind, number: "", at: "" };
		case "dial":
			return { kind, number: "" };
		case "openAddress":
			return { kind, address: "https://" };
		case "screenPop":
			return { kind, searchString: "", again: true };
		case "updateContact":
			return { kind, columns: [] };
		case "flag":
			return { kind, flagged: true };
		case "insertResponse":
			return { kind, responseId: "" };
		case "callService":
			return { kind, serviceId: "", inputs: [], outputs: [] };
		case "run":
			return { kind, actionId: "" };
		default:
			return { kind };
	}
}

type Named = { pageId: string } | { actionId: string } | { variable: string };

/** Names of the pages and actions that refer to something, each once. */
export function placesOf(document: ScriptDocument, what: Named): string[] {
	const [[key, wanted] = ["", ""]] = Object.entries(what);
	const names = (one: object) =>
		(one as Record<string, unknown>)[key] === wanted ||
		(key === "variable" &&
			"outputs" in one &&
			(one.outputs as Array<{ variable: string }>).some((to) => to.variable === wanted));
	const nameOf = ({ pageId, actionId }: { pageId?: string; actionId?: string }) =>
		document.pages.find(({ id }) => id === pageId)?.name ?? document.actions.find(({ id }) => id === actionId)?.name;
	const bySteps = stepListsOf(document).filter(({ steps }) => steps.some(names));
	const byComponents = document.pages.filter((page) =>
		componentsOf(page).some(
			(one) => names(one) || (key === "pageId" && "pageIds" in one && one.pageIds.includes(wanted)),
		),
	);
	const found = [...bySteps.map(nameOf), ...byComponents.map(({ name }) => name)];
	return [...new Set(found.filter((name) => name !== undefined))];
}

/** What differs between two documents: names of pages, and which of the other parts. */
export function changesBetween(before: ScriptDocument, after: ScriptDocument) {
	const same = (one: unknown, other: unknown) => sorted(one) === sorted(other);
	const old = new Map(before.pages.map((page) => [page.id, page]));
	const pages = after.pages.filter((page) => !same(old.get(page.id), page)).map(({ name }) => name);
	const gone = before.pages.filter(({ id }) => !after.pages.some((page) => page.id === id)).map(({ name }) => name);
	const order = (document: ScriptDocument) => document.pages.map(({ id }) => id);
	return {
		pages: [...pages, ...gone],
		hasOther:
			!same(order(before), order(after)) ||
			before.startPageId !== after.startPageId ||
			!same(before.onLoad, after.onLoad),
		variables: !same(before.variables, after.variables),
		actions: !same(before.actions, after.actions),
	};
}

/** The thing with a field of another value; without the field where there is none. */
export function withField<T extends object>(of: T, name: string, value: unknown): T {
	const { [name]: _before, ...rest } = of as Record<string, unknown>;
	return (value === undefined ? rest : { ...rest, [name]: value }) as T;
}
