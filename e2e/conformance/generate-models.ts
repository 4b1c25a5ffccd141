/**
 * Writes packages/contract/src/platform/models.generated.json: JSON Schema of the models that Inlay's operations and
 * notification topics use, out of the official SDK's type declarations. What the declarations leave out (enumerations,
 * whole numbers, times, read-only marks) is added from model-facts.json.
 *
 * Run: node e2e/conformance/generate-models.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { JsonSchema } from "@inlay/contract";
import { extraOperations, minimalOperations, platformTopics } from "@inlay/contract";
import { agentTopics } from "./agent-topics.ts";
import type { DeclaredModels, DeclaredProperty } from "./declarations.ts";
import { modelsIn, reachableModels, readModels } from "./declarations.ts";

interface FieldFacts {
	readOnly?: boolean;
	integer?: boolean;
	dateTime?: boolean;
	enum?: string[];
}

type ModelFacts = Record<string, Record<string, FieldFacts>>;

/** Where the schemas are kept. */
export const modelsFile = new URL("../../packages/contract/src/platform/models.generated.json", import.meta.url);

/** The text of models.generated.json: one model a line, by name. */
export function generatedModels(): string {
	const models = readModels(readFileSync(declarationsPath(), "utf8"));
	const facts = JSON.parse(readFileSync(new URL("model-facts.json", import.meta.url), "utf8")) as ModelFacts;
	const lines = [...reachableModels(rootModels(models), models)].sort().map((name) => {
		const schema = modelSchema(models.get(name) ?? [], facts[name] ?? {});
		return `${JSON.stringify(name)}:${JSON.stringify(schema)}`;
	});
	return `{\n${lines.join(",\n")}\n}\n`;
}

function declarationsPath(): string {
	const entry = createRequire(import.meta.url).resolve("purecloud-platform-client-v2/package.json");
	return entry.replace(/package\.json$/, "index.d.ts");
}

function rootModels(models: DeclaredModels): string[] {
	const operations = [...minimalOperations, ...extraOperations];
	const types = operations.flatMap((operation) => [operation.request, operation.response]);
	const named = types.flatMap((type) => (type === null ? [] : modelsIn(type, models)));
	const topics = platformTopics.filter((topic) => agentTopics.includes(topic.topic));
	const eventClasses = topics.flatMap((topic) => topic.eventClass ?? []);
	return ["ErrorBody", ...named, ...eventClasses];
}

function modelSchema(properties: readonly DeclaredProperty[], facts: Record<string, FieldFacts>): JsonSchema {
	const required = properties.filter((property) => !property.optional).map((property) => property.name);
	return {
		type: "object",
		properties: Object.fromEntries(
			properties.map((property) => [property.name, withFacts(typeSchema(property.type), facts[property.name])]),
		),
		...(required.length > 0 ? { required } : {}),
	};
}

/** `object` in the declarations stands for any JSON value, not only for objects. */
function typeSchema(type: string): JsonSchema {
	const item = /^Array<(.+)>$/.exec(type)?.[1];
	if (item) return { type: "array", items: typeSchema(item) };
	const value = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
	if (value) return { type: "object", additionalProperties: typeSchema(value) };
	const model = /^Models\.(\w+)$/.exec(type)?.[1];
	if (model) return { $ref: `#/$defs/${model}` };
	if (type === "object") return {};
	if (type === "string" || type === "number" || type === "boolean") return { type };
	throw new Error(`The SDK's declarations have a type that this generator does not know: ${type}`);
}

function withFacts(schema: JsonSchema, facts: FieldFacts | undefined): JsonSchema {
	if (!facts) return schema;
	const refined = facts.readOnly ? { ...schema, readOnly: true } : { ...schema };
	if (schema.type === "array" && schema.items) return { ...refined, items: refinedScalar(schema.items, facts) };
	if (schema.additionalProperties)
		return { ...refined, additionalProperties: refinedScalar(schema.additionalProperties, facts) };
	return refinedScalar(refined, facts);
}

function refinedScalar(schema: JsonSchema, facts: FieldFacts): JsonSchema {
	if (schema.type === "number" && facts.integer) return { ...schema, type: "integer" };
	if (schema.type !== "string") return schema;
	if (facts.dateTime) return { ...schema, format: "date-time" };
	return facts.enum ? { ...schema, enum: facts.enum } : schema;
}

if (import.meta.main) writeFileSync(modelsFile, generatedModels());
