import data from "./models.generated.json" with { type: "json" };

/** The part of JSON Schema (2020-12) in which the platform's models are written. */
export interface JsonSchema {
	$ref?: string;
	$defs?: Record<string, JsonSchema>;
	type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
	properties?: Record<string, JsonSchema>;
	required?: readonly string[];
	items?: JsonSchema;
	additionalProperties?: JsonSchema;
	enum?: readonly string[];
	/** `date-time`: an ISO 8601 string with its offset. */
	format?: string;
	readOnly?: boolean;
}

/**
 * Request, response and event models of the platform by name, as the official SDK 262 declares them.
 * References between them read `#/$defs/<name>`. An empty schema allows any JSON value.
 */
export const platformModels = data as unknown as Readonly<Record<string, JsonSchema>>;

/**
 * Self-contained schema of a type as `PlatformOperation` writes it: a model's name, `Array<...>`, `string`, `number`,
 * `boolean` or `object` (any value). Throws for a name that is no model.
 */
export function platformSchema(type: string): JsonSchema {
	const schema = typeSchema(type);
	const names = reachedFrom(schema);
	if (names.size === 0) return schema;
	return { ...schema, $defs: Object.fromEntries([...names].map((name) => [name, model(name)])) };
}

/** All models with their references under another prefix, e.g. `#/components/schemas/` for OpenAPI. */
export function platformComponents(prefix: string): Record<string, JsonSchema> {
	const text = JSON.stringify(platformModels).replaceAll('"#/$defs/', JSON.stringify(prefix).slice(0, -1));
	return JSON.parse(text) as Record<string, JsonSchema>;
}

/** Schema of a type whose references into the models stay open; the caller supplies `$defs`. */
function typeSchema(type: string): JsonSchema {
	const item = /^Array<(.+)>$/.exec(type)?.[1];
	if (item) return { type: "array", items: typeSchema(item) };
	if (type === "object") return {};
	if (type === "string" || type === "number" || type === "boolean") return { type };
	model(type);
	return { $ref: `#/$defs/${type}` };
}

function model(name: string): JsonSchema {
	const schema = Object.hasOwn(platformModels, name) ? platformModels[name] : undefined;
	if (!schema) throw new Error(`The platform has no model named ${name}.`);
	return schema;
}

function reachedFrom(schema: JsonSchema): Set<string> {
	const names = new Set<string>();
	const open = referencesOf(schema);
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (names.has(name)) continue;
		names.add(name);
		open.push(...referencesOf(model(name)));
	}
	return names;
}

function referencesOf(schema: JsonSchema): string[] {
	const own = schema.$ref ? [schema.$ref.slice("#/$defs/".length)] : [];
	const nested = [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})];
	return nested.reduce<string[]>((all, part) => (part ? all.concat(referencesOf(part)) : all), own);
}
