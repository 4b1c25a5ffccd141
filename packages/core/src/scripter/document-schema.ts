import { type ScriptDocument, scriptLimits } from "@inlay/contract/scripter/agent-script";
import { checkScript } from "@inlay/contract/scripter/check-script";
import { type TProperties, Type } from "typebox";
import { Check, Errors } from "typebox/value";
import { badField } from "../kernel/http/api-error.ts";

const text = Type.String({ maxLength: scriptLimits.text });
const id = Type.String({ minLength: 1, maxLength: 100 });
const name = Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" });
const value = Type.Union([text, Type.Number(), Type.Boolean(), Type.Null()]);
const optional = Type.Optional;

const strict = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const pairs = Type.Array(strict({ name, value: text }), { minItems: 1, maxItems: 50 });

const step = <K extends string, P extends TProperties>(kind: K, properties: P) =>
	strict({ kind: Type.Literal(kind), ...properties });

const target = Type.Union([
	step("number", { number: text }),
	step("queue", { queueId: id }),
	step("user", { userId: id }),
]);

const steps = Type.Array(
	Type.Union([
		step("changePage", { pageId: id }),
		step("setVariable", { variable: name, value: text }),
		step("setAttributes", { attributes: pairs }),
		step("alert", { text }),
		step("blindTransfer", { to: target }),
		step("consultTransfer", { to: target }),
		step("startRecording", {}),
		step("stopRecording", {}),
		step("securePause", {}),
		step("disconnect", {}),
		step("setWrapUpCode", { code: id }),
		step("scheduleCallback", { number: text, at: text }),
		step("dial", { number: text }),
		step("openAddress", { address: text }),
		step("screenPop", { searchString: text, again: optional(Type.Boolean()) }),
		step("updateContact", { columns: pairs }),
		step("doNotCall", {}),
		step("flag", { flagged: Type.Boolean() }),
		step("insertResponse", { responseId: id }),
		step("callService", {
			serviceId: id,
			inputs: Type.Array(strict({ name, value: text }), { maxItems: 30 }),
			outputs: Type.Array(strict({ name, variable: name }), { maxItems: 30 }),
		}),
		step("run", { actionId: id }),
	]),
	{ maxItems: scriptLimits.steps },
);

const component = <K extends string, P extends TProperties>(kind: K, properties: P) =>
	strict({ kind: Type.Literal(kind), id, visibleIf: optional(text), ...properties });
const input = <K extends string, P extends TProperties>(kind: K, properties: P) =>
	component(kind, {
		...{ label: text, variable: name, onChange: optional(steps) },
		...properties,
	});

const options = Type.Array(strict({ value: text, label: text }), { maxItems: 200 });
const link = { target: text, label: optional(text) };
const role = Type.Union([Type.Literal("heading"), Type.Literal("paragraph"), Type.Literal("note")]);
const layout = Type.Union([Type.Literal("row"), Type.Literal("column")]);

const columns = Type.Array(name, { maxItems: 50 });

const leaves = [
	component("text", { role, text }),
	component("image", { address: Type.String({ maxLength: 200_000 }), alt: text }),
	component("divider", {}),
	input("textInput", { lines: optional(Type.Integer({ minimum: 1, maximum: 20 })) }),
	input("numberInput", {}),
	input("dateInput", {}),
	input("dropdown", { options }),
	input("radio", { options }),
	input("checkbox", {}),
	component("phoneLink", link),
	component("emailLink", link),
	component("button", { label: text, steps }),
	component("webPage", { title: text, address: text, height: optional(Type.Integer({ minimum: 50, maximum: 4000 })) }),
	component("attributeTable", { label: text, names: optional(Type.Array(name, { maxItems: 100 })) }),
	component("contactForm", { label: text, columns, readOnly: optional(columns) }),
	component("progress", { pageIds: Type.Array(id, { minItems: 1, maxItems: scriptLimits.pages }) }),
];

/** A container of containers; as many levels as the check lets through, and no schema that names itself. */
function containerOf(levels: number) {
	let inner = component("container", {
		layout,
		gap: optional(Type.Integer({ minimum: 0, maximum: 100 })),
		children: Type.Array(Type.Union(leaves), { maxItems: 200 }),
	});
	for (let level = 1; level < levels; level++) {
		inner = component("container", {
			layout,
			gap: optional(Type.Integer({ minimum: 0, maximum: 100 })),
			children: Type.Array(Type.Union([...leaves, inner]), { maxItems: 200 }),
		}) as typeof inner;
	}
	return inner;
}

const variable = strict({
	name: Type.String({ minLength: 1, maxLength: 100, pattern: "^[^{}]*\\S[^{}]*$" }),
	type: Type.Union(["string", "number", "boolean", "date"].map((type) => Type.Literal(type))),
	default: optional(value),
	input: optional(Type.Boolean()),
	output: optional(Type.Boolean()),
});

const document = strict({
	startPageId: id,
	pages: Type.Array(
		strict({
			...{ id, name, onLoad: optional(steps), forAfterCallWork: optional(Type.Boolean()) },
			root: containerOf(scriptLimits.depth - 1),
		}),
		{ minItems: 1, maxItems: scriptLimits.pages },
	),
	variables: Type.Array(variable, { maxItems: scriptLimits.variables }),
	actions: Type.Array(strict({ id, name, steps }), { maxItems: 200 }),
	onLoad: optional(steps),
});

/**
 * Reads a script's document, whole.
 *
 * @throws ApiError 400 naming the place, for what has not the form, and for the first fault that the check finds
 */
export function readDocument(sent: unknown): ScriptDocument {
	if (!Check(document, sent))
		throw badField(`document${placeOf(sent)}`, `document${placeOf(sent)} has not the form of a script.`);
	const read = sent as ScriptDocument;
	const fault = checkScript(read).find(({ isFault }) => isFault);
	if (!fault) return read;
	const where = [fault.pageId, fault.actionId, fault.componentId].filter(Boolean).join("/");
	throw badField("document", `document: ${fault.code} (${fault.subject})${where ? ` at ${where}` : ""}.`);
}

/** The deepest place that was refused: of a union every form refuses, and the one that fits best gets furthest. */
function placeOf(sent: unknown): string {
	const places = Errors(document, sent).map(({ instancePath }) => instancePath);
	return places.reduce((deepest, each) => (each.split("/").length > deepest.split("/").length ? each : deepest), "");
}
