import type { JsonSchema } from "@inlay/contract";
import { platformModels, platformSchema } from "@inlay/contract";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat("date-time", dateTime);
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value of the SDK's type, each with its place; empty when it conforms. */
export function shapeErrors(type: string, value: unknown): string[] {
	const validate = compiled.get(type) ?? ajv.compile(platformSchema(type));
	compiled.set(type, validate);
	if (validate(value)) return [];
	return (validate.errors ?? []).map((error) => {
		const allowed = error.keyword === "enum" ? `: ${JSON.stringify(error.params.allowedValues)}` : "";
		return `${error.instancePath || "body"} ${error.message}${allowed}`;
	});
}

/** Places of fields that the SDK's type does not know, e.g. `entities[].colour`. */
export function unknownFields(type: string, value: unknown): string[] {
	const found = new Set<string>();
	collectUnknown(platformSchema(type), value, "", found);
	return [...found];
}

function collectUnknown(schema: JsonSchema, value: unknown, place: string, found: Set<string>): void {
	const resolved = schema.$ref ? (platformModels[schema.$ref.slice("#/$defs/".length)] ?? {}) : schema;
	if (Array.isArray(value)) {
		for (const item of value) collectUnknown(resolved.items ?? {}, item, `${place}[]`, found);
		return;
	}
	if (typeof value !== "object" || value === null) return;
	for (const [key, child] of Object.entries(value)) {
		const childPlace = place ? `${place}.${key}` : key;
		const childSchema = resolved.properties?.[key] ?? resolved.additionalProperties;
		if (childSchema) collectUnknown(childSchema, child, childPlace, found);
		else if (resolved.properties) found.add(childPlace);
	}
}
