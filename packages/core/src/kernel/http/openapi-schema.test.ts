import { describe, expect, it } from "vitest";
import { openApiSchema } from "./openapi-schema.ts";

const name = { type: "string", maxLength: 10 };

describe("a schema in OpenAPI 3.0's words", () => {
	it.each([
		["a constant is the only value", { const: "call", type: "string" }, { type: "string", enum: ["call"] }],
		["what may be null", { anyOf: [name, { type: "null" }] }, { ...name, nullable: true }],
		[
			"what is described and may be null",
			{ description: "Whose.", anyOf: [name, { type: "null" }] },
			{ ...name, description: "Whose.", nullable: true },
		],
		[
			"one of several, or null",
			{ anyOf: [name, { type: "integer" }, { type: "null" }] },
			{ anyOf: [name, { type: "integer" }], nullable: true },
		],
		[
			"a model or null",
			{ anyOf: [{ $ref: "#/components/schemas/User" }, { type: "null" }] },
			{ allOf: [{ $ref: "#/components/schemas/User" }], nullable: true },
		],
		["nothing but null", { type: "null" }, { nullable: true, enum: [null] }],
		[
			"a described model",
			{ $ref: "#/components/schemas/User", description: "Who." },
			{ allOf: [{ $ref: "#/components/schemas/User" }], description: "Who." },
		],
		["a model alone", { $ref: "#/components/schemas/User" }, { $ref: "#/components/schemas/User" }],
		[
			"texts by name",
			{ type: "object", patternProperties: { "^.*$": { const: 1 } }, propertyNames: { maxLength: 5 } },
			{ type: "object", additionalProperties: { enum: [1] } },
		],
		[
			"properties whose names are keywords",
			{ type: "object", properties: { const: name, type: { const: "a" } }, additionalProperties: false },
			{ type: "object", properties: { const: name, type: { enum: ["a"] } }, additionalProperties: false },
		],
		[
			"lists of lists",
			{ type: "array", items: { type: "array", items: { const: 1 } } },
			{ type: "array", items: { type: "array", items: { enum: [1] } } },
		],
	])("says %s", (_, schema, expected) => expect(openApiSchema(schema)).toEqual(expected));

	it("leaves the schema that was given as it is", () => {
		const given = { anyOf: [{ const: 1 }, { type: "null" }] };
		openApiSchema(given);
		expect(given).toEqual({ anyOf: [{ const: 1 }, { type: "null" }] });
	});
});
