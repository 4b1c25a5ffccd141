import type { ScriptComponent, ScriptStep } from "@inlay/contract/scripter/agent-script";

/** How a field is entered. */
export type FieldKind =
	| "line"
	| "optionalLine"
	| "text"
	| "number"
	| "flag"
	| "variable"
	| "page"
	| "pages"
	| "action"
	| "options"
	| "attributes"
	| "names"
	| "columns"
	| "role"
	| "layout"
	| "target"
	| "response"
	| "service"
	| "outputs"
	| "steps";

export type FieldName =
	| "label"
	| "variable"
	| "options"
	| "address"
	| "alt"
	| "role"
	| "text"
	| "lines"
	| "target"
	| "title"
	| "height"
	| "names"
	| "serviceId"
	| "inputs"
	| "outputs"
	| "columns"
	| "readOnly"
	| "searchString"
	| "again"
	| "pageIds"
	| "layout"
	| "visibleIf"
	| "pageId"
	| "value"
	| "attributes"
	| "to"
	| "code"
	| "number"
	| "at"
	| "flagged"
	| "actionId"
	| "responseId"
	| "steps"
	| "onChange";

export type Fields = Partial<Record<FieldName, FieldKind>>;

const input: Fields = { label: "line", variable: "variable" };
const link: Fields = { target: "line", label: "optionalLine" };

/** What can be entered of an element, in the order of the form. */
export const componentFields: Readonly<Record<ScriptComponent["kind"], Fields>> = {
	text: { role: "role", text: "text" },
	textInput: { ...input, lines: "number", onChange: "steps" },
	numberInput: { ...input, onChange: "steps" },
	dateInput: { ...input, onChange: "steps" },
	dropdown: { ...input, options: "options", onChange: "steps" },
	radio: { ...input, options: "options", onChange: "steps" },
	checkbox: { ...input, onChange: "steps" },
	button: { label: "line", steps: "steps" },
	container: { layout: "layout" },
	divider: {},
	image: { address: "line", alt: "line" },
	phoneLink: link,
	emailLink: link,
	webPage: { title: "line", address: "line", height: "number" },
	attributeTable: { label: "line", names: "names" },
	contactForm: { label: "line", columns: "columns", readOnly: "names" },
	progress: { pageIds: "pages" },
};

export const stepFields: Readonly<Record<ScriptStep["kind"], Fields>> = {
	changePage: { pageId: "page" },
	setVariable: { variable: "variable", value: "line" },
	setAttributes: { attributes: "attributes" },
	alert: { text: "text" },
	blindTransfer: { to: "target" },
	consultTransfer: { to: "target" },
	startRecording: {},
	stopRecording: {},
	securePause: {},
	disconnect: {},
	setWrapUpCode: { code: "line" },
	scheduleCallback: { number: "line", at: "line" },
	dial: { number: "line" },
	openAddress: { address: "line" },
	screenPop: { searchString: "line", again: "flag" },
	updateContact: { columns: "attributes" },
	doNotCall: {},
	flag: { flagged: "flag" },
	insertResponse: { responseId: "response" },
	callService: { serviceId: "service", inputs: "attributes", outputs: "outputs" },
	run: { actionId: "action" },
};

/** Which field a finding is about. */
export const fieldsOfFindings: Readonly<Record<string, readonly FieldName[]>> = {
	"variable.undeclared": ["variable"],
	"page.unknown": ["pageId"],
	"action.unknown": ["actionId"],
	"expression.unreadable": ["visibleIf", "value"],
	"address.unsafe": ["address"],
	"options.missing": ["options"],
	"choice.missing": ["code", "responseId", "to", "searchString", "serviceId"],
	"columns.missing": ["columns"],
	"label.missing": ["label"],
};
