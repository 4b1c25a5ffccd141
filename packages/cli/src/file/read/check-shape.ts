/** Whether a file has the format's shape, and in words where it has not. */
import { nearestName } from "@inlay/contract/nearest";
import { Ajv, type ErrorObject } from "ajv";
import { FileSchema, type InlayFile } from "../format/schema.ts";
import type { Path } from "./problems.ts";

export interface ShapeProblem {
	path: Path;
	/** The key itself is wrong, and not what it has. */
	isKey?: true;
	text: string;
}

const check = new Ajv({ allErrors: true, strict: false, verbose: true }).compile<InlayFile>(FileSchema);

export function checkShape(value: unknown): { file: InlayFile } | { problems: ShapeProblem[] } {
	if (check(value)) return { file: value };
	return { problems: withoutEchoes((check.errors ?? []).map(problemOf)) };
}

function problemOf(error: ErrorObject): ShapeProblem {
	const path = pathOf(error.instancePath);
	const { params, keyword, parentSchema = {}, propertyName } = error;
	if (propertyName !== undefined)
		return { path: [...path, propertyName], isKey: true, text: keyText(propertyName, error) };
	if (keyword === "additionalProperties") {
		const key = String(params.additionalProperty);
		const known = Object.keys((parentSchema.properties ?? {}) as object);
		return { path: [...path, key], isKey: true, text: unknownKey(key, known) };
	}
	if (keyword === "required") return { path, text: `${params.missingProperty} is missing.` };
	return { path, text: textOf(keyword, params, parentSchema, error.data) };
}

function textOf(
	keyword: string,
	params: Record<string, unknown>,
	schema: Record<string, unknown>,
	data: unknown,
): string {
	const { description } = schema as { description?: string };
	switch (keyword) {
		case "type":
			return `It has to be ${kinds[String(params.type)] ?? params.type}, not ${kindOf(data)}.`;
		case "const":
			return `It has to be ${params.allowedValue}.`;
		case "enum":
			return notAmong(String(data), (params.allowedValues as unknown[]).map(String));
		case "minimum":
		case "maximum":
			return `It has to be ${keyword === "minimum" ? "at least" : "at most"} ${params.limit}.`;
		case "minLength":
			return "It must not be empty.";
		case "maxLength":
			return `It may have ${params.limit} characters at most.`;
		case "maxItems":
			return `It may have ${params.limit} entries at most.`;
		case "pattern":
			if (params.pattern === "\\S") return "It must not be blank.";
			return `${JSON.stringify(data)} is not what stands here${description ? `: ${lowerFirst(description)}` : `: it has to match ${params.pattern}.`}`;
		default:
			return `${JSON.stringify(data)} is not what stands here (${keyword} ${JSON.stringify(params)}).${description ? ` ${description}` : ""}`;
	}
}

function keyText(name: string, { keyword, parentSchema }: ErrorObject): string {
	if (keyword === "minLength") return "A key must not be empty.";
	const { description } = (parentSchema ?? {}) as { description?: string };
	return `"${name}" cannot stand here${description ? `: it has to be ${lowerFirst(description)}` : "."}`;
}

function lowerFirst(text: string): string {
	return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

const kinds: Readonly<Record<string, string>> = {
	object: "a mapping",
	array: "a list",
	string: "a text",
	number: "a number",
	integer: "a whole number",
	boolean: "true or false",
};

function kindOf(data: unknown): string {
	if (data === null) return "nothing";
	if (Array.isArray(data)) return "a list";
	return kinds[typeof data] ?? typeof data;
}

function unknownKey(key: string, known: readonly string[]): string {
	if (known.length === 0) return `"${key}" cannot stand here.`;
	const near = nearestName(key, known);
	return `There is no ${key}.${near ? ` Is it ${near}?` : ` There are: ${known.join(", ")}.`}`;
}

function notAmong(value: string, known: readonly string[]): string {
	const near = nearestName(value, known);
	if (near) return `${value} is none of them. Is it ${near}?`;
	return `${value} is none of them${known.length > 30 ? "" : `: ${known.join(", ")}`}.`;
}

function pathOf(pointer: string): Path {
	const parts = pointer.split("/").slice(1);
	return parts.map((part) => {
		const text = part.replaceAll("~1", "/").replaceAll("~0", "~");
		return /^\d+$/.test(text) ? Number(text) : text;
	});
}

/** A key that cannot be is told once, and not again as what its mapping lacks. */
function withoutEchoes(problems: readonly ShapeProblem[]): ShapeProblem[] {
	const told = new Set<string>();
	return problems.filter(({ path, text }) => {
		const key = JSON.stringify([path, text]);
		if (told.has(key) || text.startsWith("property name")) return false;
		told.add(key);
		return true;
	});
}
