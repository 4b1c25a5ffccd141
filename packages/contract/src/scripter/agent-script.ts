/**
 * A script that an agent follows in an interaction (agent-features 17). The original's page format is not public; this is
 * ours. The tree is `rootContainer` of a page of `GET /api/v2/scripts/published/{scriptId}/pages` (platform-api 5.18).
 */
export interface ScriptDocument {
	startPageId: string;
	/** At least one. Ids are unique among pages. */
	pages: ScriptPage[];
	variables: ScriptVariable[];
	/** Steps that several triggers share, by name. */
	actions: ScriptAction[];
	/** Done once, when the script opens for an interaction. */
	onLoad?: ScriptStep[];
}

export interface ScriptPage {
	id: string;
	name: string;
	root: ContainerComponent;
	/** Done each time the page opens. */
	onLoad?: ScriptStep[];
	/** Opens by itself once after-call work begins; one page at the most. */
	forAfterCallWork?: boolean;
}

export interface ScriptAction {
	id: string;
	name: string;
	steps: ScriptStep[];
}

export type ScriptVariableType = "string" | "number" | "boolean" | "date";

/** A date is `YYYY-MM-DD`; empty is "" for text and null otherwise. */
export type ScriptValue = string | number | boolean | null;

export interface ScriptVariable {
	/** As texts name it between braces; never one of the built-in ones. */
	name: string;
	type: ScriptVariableType;
	default?: ScriptValue;
	/** Takes its first value of the participant attribute of the same name. */
	input?: boolean;
	/** Is written to the participant attribute of the same name when it changes. */
	output?: boolean;
}

interface ComponentBase {
	/** Unique in the script. */
	id: string;
	/** An expression; hidden where it is not true. */
	visibleIf?: string;
}

/** What takes a value of the agent. */
interface InputBase extends ComponentBase {
	/** Read to those who do not see; interpolated. */
	label: string;
	/** Name of the custom variable that it shows and changes. */
	variable: string;
	/** Done when the agent has changed the value. */
	onChange?: ScriptStep[];
}

export interface ContainerComponent extends ComponentBase {
	kind: "container";
	layout: "row" | "column";
	/** Between children, px. */
	gap?: number;
	children: ScriptComponent[];
}

export interface TextComponent extends ComponentBase {
	kind: "text";
	role: "heading" | "paragraph" | "note";
	/** Interpolated; `**bold**` and line breaks are the only markup. */
	text: string;
}

export interface ImageComponent extends ComponentBase {
	kind: "image";
	/** An https address, or a data address of a raster image. */
	address: string;
	/** What it shows; "" where it only adorns. */
	alt: string;
}

export interface DividerComponent extends ComponentBase {
	kind: "divider";
}

export interface TextInputComponent extends InputBase {
	kind: "textInput";
	lines?: number;
}

export interface NumberInputComponent extends InputBase {
	kind: "numberInput";
}

export interface DateInputComponent extends InputBase {
	kind: "dateInput";
}

export interface ChoiceComponent extends InputBase {
	kind: "dropdown" | "radio";
	options: Array<{ value: string; label: string }>;
}

export interface CheckboxComponent extends InputBase {
	kind: "checkbox";
}

/** Dials, or opens the composer. */
export interface LinkComponent extends ComponentBase {
	kind: "phoneLink" | "emailLink";
	/** Interpolated. */
	target: string;
	/** Interpolated; absent: the target. */
	label?: string;
}

export interface ButtonComponent extends ComponentBase {
	kind: "button";
	label: string;
	steps: ScriptStep[];
}

export interface WebPageComponent extends ComponentBase {
	kind: "webPage";
	title: string;
	/** Interpolated, each value encoded; only https and only hosts that the script lists. */
	address: string;
	/** px */
	height?: number;
}

export interface AttributeTableComponent extends ComponentBase {
	kind: "attributeTable";
	label: string;
	/** Names of participant attributes; absent: all. */
	names?: string[];
}

/** Columns of the campaign's contact, to be corrected and saved in its list; nothing where the interaction is of no campaign. */
export interface ContactFormComponent extends ComponentBase {
	kind: "contactForm";
	label: string;
	/** In their order. One that the list has not is shown empty. */
	columns: string[];
	/** Those that can only be read. */
	readOnly?: string[];
}

export interface ProgressComponent extends ComponentBase {
	kind: "progress";
	/** Page ids in their order. */
	pageIds: string[];
}

export type InputComponent =
	| TextInputComponent
	| NumberInputComponent
	| DateInputComponent
	| ChoiceComponent
	| CheckboxComponent;

export type ScriptComponent =
	| ContainerComponent
	| TextComponent
	| ImageComponent
	| DividerComponent
	| InputComponent
	| LinkComponent
	| ButtonComponent
	| WebPageComponent
	| AttributeTableComponent
	| ContactFormComponent
	| ProgressComponent;

/** Whom a transfer goes to; the texts are interpolated. */
export type ScriptTarget =
	| { kind: "number"; number: string }
	| { kind: "queue"; queueId: string }
	| { kind: "user"; userId: string };

/** One thing that a script does. A chain stops at the first that fails, and says so. */
export type ScriptStep =
	| { kind: "changePage"; pageId: string }
	/** `value` is an expression. */
	| { kind: "setVariable"; variable: string; value: string }
	/** Values are interpolated. */
	| { kind: "setAttributes"; attributes: Array<{ name: string; value: string }> }
	| { kind: "alert"; text: string }
	| { kind: "blindTransfer"; to: ScriptTarget }
	| { kind: "consultTransfer"; to: ScriptTarget }
	| { kind: "startRecording" }
	| { kind: "stopRecording" }
	| { kind: "securePause" }
	| { kind: "disconnect" }
	| { kind: "setWrapUpCode"; code: string }
	/** `at` is interpolated: ISO 8601, or `YYYY-MM-DD HH:MM` of the agent's clock. */
	| { kind: "scheduleCallback"; number: string; at: string }
	| { kind: "dial"; number: string }
	| { kind: "openAddress"; address: string }
	/** The CRM's script is told to look for it: by `inlay:scriptPop`, and where `again` says so by `screenPop`, too. */
	| { kind: "screenPop"; searchString: string; again?: boolean }
	/** Columns of the campaign's contact, kept in its list; values are interpolated. */
	| { kind: "updateContact"; columns: Array<{ name: string; value: string }> }
	| { kind: "doNotCall" }
	| { kind: "flag"; flagged: boolean }
	/** Stands in what is being written to the customer; where they are spoken with, it is shown to be said. */
	| { kind: "insertResponse"; responseId: string }
	/** Asks a web service; inputs are interpolated, outputs become values of variables. */
	| {
			kind: "callService";
			serviceId: string;
			inputs: Array<{ name: string; value: string }>;
			outputs: Array<{ name: string; variable: string }>;
	  }
	| { kind: "run"; actionId: string };

export type ScriptStepKind = ScriptStep["kind"];

/** What a script may hold at most. */
export const scriptLimits = {
	pages: 100,
	/** Of all pages together. */
	components: 2_000,
	/** Containers within containers. */
	depth: 12,
	variables: 200,
	/** In one list of steps. */
	steps: 20,
	/** Done for one trigger; then it is an endless loop (agent-features 17, "Edge cases"). */
	stepsPerTrigger: 50,
	/** Characters of a text, an address or an expression. */
	text: 10_000,
} as const;
