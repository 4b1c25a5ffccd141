import { type JsonSchema, platformModels, platformSchema } from "@inlay/contract";
import { Ajv } from "ajv";

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/**
 * Where a value departs from the platform's model: wrong types, missing keys, and keys that the model does not have.
 * Empty when it conforms.
 */
export function departures(model: string, value: unknown): string[] {
	const schema = platformSchema(model);
	const check = ajv.compile(schema);
	const wrong = check(value) ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
	return [...wrong, ...strangers(schema, value, "")];
}

function strangers(schema: JsonSchema, value: unknown, at: string): string[] {
	const resolved = schema.$ref ? platformModels[schema.$ref.slice("#/$defs/".length)] : schema;
	if (!resolved || value === null || typeof value !== "object") return [];
	if (Array.isArray(value))
		return value.flatMap((one, index) => strangers(resolved.items ?? {}, one, `${at}/${index}`));
	const { properties, additionalProperties } = resolved;
	if (!properties && !additionalProperties) return [];
	return Object.entries(value).flatMap(([key, one]) => {
		const known = properties?.[key] ?? additionalProperties;
		return known ? strangers(known, one, `${at}/${key}`) : [`${at}/${key} is no key of the model`];
	});
}
