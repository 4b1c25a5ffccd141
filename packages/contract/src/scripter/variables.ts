import { ownValue } from "../own-value.ts";
import type { ScriptDocument, ScriptValue, ScriptVariable } from "./agent-script.ts";

/** What scripts can name without declaring it (agent-features 17, "Variables"). */
export const builtInVariables = [
	"Scripter.Interaction ID",
	"Scripter.Queue Name",
	"Scripter.Customer Formatted Number",
	"Scripter.Customer Name",
	"Scripter.Agent Name",
	"Scripter.Call Duration",
	"Scripter.Direction",
	"Callback.Number",
	"Callback.Scheduled Time",
	"Callback.Name",
	"Email.Subject",
	"Message.Channel",
] as const;

export type BuiltInVariable = (typeof builtInVariables)[number];

/** Names that begin so are read of the interaction: an attribute, a column of the outbound contact. */
const families = ["Participant.", "Outbound.", "Scripter.", "Callback.", "Email.", "Message."];

/** Whether a custom variable may not be called so, as the name means something already. */
export function isReserved(name: string): boolean {
	const lower = name.toLowerCase();
	return families.some((family) => lower.startsWith(family.toLowerCase()));
}

/** Whether a text may name it: built in, read of the interaction, or declared by the script. */
export function isKnown(name: string, document: Pick<ScriptDocument, "variables">): boolean {
	if (name.startsWith("Participant.") || name.startsWith("Outbound.")) return name.split(".", 2)[1] !== "";
	if (builtInVariables.some((each) => each === name)) return true;
	return document.variables.some((variable) => variable.name === name);
}

/** A value as the variable's type takes it; undefined where it is none: `"4711"` for a number, `"yes"` never for a date. */
export function valueFor(variable: Pick<ScriptVariable, "type">, value: ScriptValue): ScriptValue | undefined {
	if (value === null || value === "") return variable.type === "string" ? "" : null;
	switch (variable.type) {
		case "string":
			return String(value);
		case "number": {
			const number = typeof value === "boolean" ? Number.NaN : Number(value);
			return Number.isFinite(number) ? number : undefined;
		}
		case "boolean":
			if (typeof value === "boolean") return value;
			return ownValue({ true: true, false: false }, String(value).toLowerCase());
		case "date":
			return isDay(value) ? value : undefined;
	}
}

/** The values with which a script begins: of attributes where a variable takes them, otherwise its own. */
export function firstValues(
	document: Pick<ScriptDocument, "variables">,
	attributes: Readonly<Record<string, string>>,
): Record<string, ScriptValue> {
	return Object.fromEntries(
		document.variables.map((variable) => {
			const given = variable.input ? ownValue(attributes, variable.name) : undefined;
			const taken = given === undefined ? undefined : valueFor(variable, given);
			return [variable.name, taken ?? valueFor(variable, variable.default ?? null) ?? null];
		}),
	);
}

function isDay(value: ScriptValue): boolean {
	if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const day = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
