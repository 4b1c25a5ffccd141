/** The format's JSON Schema, for editors: docs/inlay.schema.json is this. */
import { FileSchema } from "./schema.ts";

/** Any JSON value; the file is formatted as all others are. */
export function jsonSchema(): unknown {
	const schema = JSON.parse(JSON.stringify(FileSchema));
	return { $schema: "http://json-schema.org/draft-07/schema#", ...(orVariables(schema) as object) };
}

/** What a variable may stand for; text takes one anyhow. */
const filled = new Set(["boolean", "integer", "number"]);
const variable = { type: "string", pattern: "^\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}$" };

/** The format's own version is what it is. */
function orVariables(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(orVariables);
	if (typeof schema !== "object" || schema === null) return schema;
	const { description, ...rest } = schema as { type?: unknown; description?: unknown };
	if (typeof rest.type === "string" && filled.has(rest.type) && !("const" in rest))
		return { anyOf: [rest, variable], ...(description === undefined ? {} : { description }) };
	return Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, orVariables(one)]));
}
