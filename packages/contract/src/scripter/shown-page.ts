import { ownValue } from "../own-value.ts";
import type {
	ContactFormComponent,
	InputComponent,
	ScriptComponent,
	ScriptDocument,
	ScriptStep,
} from "./agent-script.ts";
import { evaluate, isTrue, type Lookup, textOf } from "./expression/evaluate.ts";
import { parseExpression } from "./expression/parse.ts";
import { interpolate, interpolatedParts, type TextPart, webAddress } from "./interpolate.ts";

/**
 * A part of a page as it stands before somebody: texts filled in, hidden ones left out, addresses already judged. Whoever
 * shows it, the panel or the editor's preview, knows nothing of expressions and variables.
 */
export type ShownPart =
	| { kind: "container"; id: string; layout: "row" | "column"; gap: number; parts: ShownPart[] }
	| { kind: "text"; id: string; role: "heading" | "paragraph" | "note"; parts: TextPart[] }
	| { kind: "image"; id: string; address: string; alt: string }
	| { kind: "divider"; id: string }
	| ShownInput
	| { kind: "link"; id: string; medium: "phone" | "email"; address: string; label: string }
	| { kind: "button"; id: string; label: string; steps: ScriptStep[] }
	/** Without an address: none that a script may open. */
	| { kind: "webPage"; id: string; title: string; address?: string; height: number }
	| { kind: "attributes"; id: string; label: string; rows: Array<[name: string, value: string]> }
	| { kind: "contact"; id: string; label: string; fields: ContactField[] }
	| { kind: "progress"; id: string; at: number; of: number; name: string };

export interface ContactField {
	/** Of the column. */
	name: string;
	value: string;
	mayEdit: boolean;
}

export interface ShownInput {
	kind: InputComponent["kind"];
	id: string;
	label: string;
	variable: string;
	value: string;
	lines: number;
	options: Array<{ value: string; label: string }>;
}

/** What a page reads. */
export interface PageFacts {
	lookup: Lookup;
	/** Of the customer's part. */
	attributes: Readonly<Record<string, string>>;
	/** That frames may show; none: all. */
	hosts?: readonly string[] | undefined;
	/** Of the campaign that the interaction is of, as far as it may be seen. */
	contact?: { columns: Readonly<Record<string, string>>; mayEdit: boolean } | undefined;
}

/** The page of a script as it stands now; undefined where the script has none of that id. */
export function shownPage(document: ScriptDocument, pageId: string, facts: PageFacts): ShownPart | undefined {
	const page = document.pages.find(({ id }) => id === pageId);
	return page && shown(page.root, { ...facts, document, pageId })[0];
}

interface Setting extends PageFacts {
	document: ScriptDocument;
	pageId: string;
}

/** None where it is hidden, or has nothing to show. */
function shown(component: ScriptComponent, setting: Setting): ShownPart[] {
	const { lookup } = setting;
	const { id, visibleIf } = component;
	if (visibleIf !== undefined && !isTrue(evaluate(parseExpression(visibleIf), lookup))) return [];
	const filled = (text: string) => interpolate(text, lookup);
	if ("variable" in component) return [inputOf(component, lookup)];
	switch (component.kind) {
		case "container": {
			const { kind, layout, gap = 8, children } = component;
			return [{ kind, id, layout, gap, parts: children.flatMap((child) => shown(child, setting)) }];
		}
		case "text":
			return [{ kind: "text", id, role: component.role, parts: interpolatedParts(component.text, lookup) }];
		case "image":
			return [{ kind: "image", id, address: component.address, alt: component.alt }];
		case "divider":
			return [{ kind: "divider", id }];
		case "button":
			return [{ kind: "button", id, label: filled(component.label), steps: component.steps }];
		case "phoneLink":
		case "emailLink": {
			const address = filled(component.target);
			const medium = component.kind === "phoneLink" ? "phone" : "email";
			if (address.trim() === "") return [];
			return [{ kind: "link", id, medium, address, label: filled(component.label ?? component.target) }];
		}
		case "webPage": {
			const address = webAddress(component.address, lookup, listed(setting.hosts));
			const { height = 320 } = component;
			return [{ kind: "webPage", id, title: filled(component.title), height, ...(address ? { address } : {}) }];
		}
		case "attributeTable":
			return [
				{ kind: "attributes", id, label: filled(component.label), rows: rowsOf(setting.attributes, component.names) },
			];
		case "contactForm":
			return contactOf(component, setting, filled(component.label));
		case "progress":
			return progressOf(component, setting);
	}
}

/** Nobody has listed any: any will do. */
export const listed = (hosts: readonly string[] | undefined) => (hosts && hosts.length > 0 ? hosts : undefined);

function inputOf(component: InputComponent, lookup: Lookup): ShownInput {
	const { kind, id, variable } = component;
	return {
		...{ kind, id, variable, label: interpolate(component.label, lookup), value: textOf(lookup(variable)) },
		lines: "lines" in component ? (component.lines ?? 1) : 1,
		options: "options" in component ? component.options : [],
	};
}

function rowsOf(all: Readonly<Record<string, string>>, names: string[] | undefined): Array<[string, string]> {
	return (names ?? Object.keys(all).sort()).flatMap((name) => {
		const value = ownValue(all, name);
		return value ? [[name, value] as [string, string]] : [];
	});
}

function contactOf(
	{ id, columns, readOnly = [] }: ContactFormComponent,
	{ contact }: Setting,
	label: string,
): ShownPart[] {
	if (!contact) return [];
	const fields = columns.map((name) => {
		const value = ownValue(contact.columns, name);
		return { name, value: value ?? "", mayEdit: contact.mayEdit && value !== undefined && !readOnly.includes(name) };
	});
	return [{ kind: "contact", id, label, fields }];
}

function progressOf({ id, pageIds }: { id: string; pageIds: string[] }, { document, pageId }: Setting): ShownPart[] {
	const at = pageIds.indexOf(pageId);
	if (at < 0) return [];
	const name = document.pages.find((page) => page.id === pageId)?.name ?? "";
	return [{ kind: "progress", id, at: at + 1, of: pageIds.length, name }];
}
