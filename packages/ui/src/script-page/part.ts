/** A part of a script's page, ready to be shown; `Steps` is for whoever does them. */
export type ScriptPart<Steps> =
	| { kind: "container"; id: string; layout: "row" | "column"; gap: number; parts: Array<ScriptPart<Steps>> }
	| { kind: "text"; id: string; role: "heading" | "paragraph" | "note"; parts: ScriptText[] }
	| { kind: "image"; id: string; address: string; alt: string }
	| { kind: "divider"; id: string }
	| ScriptInput
	| { kind: "link"; id: string; medium: "phone" | "email"; address: string; label: string }
	| { kind: "button"; id: string; label: string; steps: Steps }
	| { kind: "webPage"; id: string; title: string; address?: string; height: number }
	| { kind: "attributes"; id: string; label: string; rows: Array<[name: string, value: string]> }
	| { kind: "contact"; id: string; label: string; fields: ScriptContactField[] }
	| { kind: "progress"; id: string; at: number; of: number; name: string };

/** What was written, or what stands for a variable. */
export interface ScriptText {
	text: string;
	variable?: string;
	missing?: boolean;
}

export interface ScriptContactField {
	/** Of the column. */
	name: string;
	value: string;
	mayEdit: boolean;
}

export interface ScriptInput {
	kind: "textInput" | "numberInput" | "dateInput" | "dropdown" | "radio" | "checkbox";
	id: string;
	label: string;
	variable: string;
	value: string;
	lines: number;
	options: Array<{ value: string; label: string }>;
}

/** What a page's parts do, and what they say where the script says nothing. */
export interface ScriptDeeds<Steps> {
	/** Steps are being done. */
	busy: boolean;
	change(variable: string, value: string | boolean | null): void;
	press(label: string, steps: Steps): void;
	contact: ScriptContactDeeds;
	/** Absent: the browser's own way. */
	call(address: string): void;
	mail?(address: string): void;
	say(key: ScriptWord, params?: Record<string, string | number>): string;
}

/** What was typed of the campaign's contact stays over pages until it is saved. */
export interface ScriptContactDeeds {
	typed: Readonly<Record<string, string>>;
	type(name: string, value: string): void;
	/** Keeps what was typed of these columns. */
	save(names: readonly string[]): void;
}

export type ScriptWord = "missing" | "saveContact" | "choose" | "noAttributes" | "unsafe" | "webPage" | "page";
