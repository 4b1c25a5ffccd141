import { expect, test } from "vitest";
import { platformComponents, platformModels, platformSchema } from "./models.ts";
import { extraOperations, minimalOperations } from "./operations.ts";

test("every request and response model has a schema whose references it carries", () => {
	const operations = [...minimalOperations, ...extraOperations];
	const types = operations.flatMap((operation) => [operation.request, operation.response]);
	for (const type of types) {
		if (type === null) continue;
		const schema = platformSchema(type);
		const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map((match) => match[1]);
		for (const name of references) expect(schema.$defs).toHaveProperty(name ?? "");
	}
});

test("types beside models: lists, primitives and any value", () => {
	expect(platformSchema("string")).toEqual({ type: "string" });
	expect(platformSchema("object")).toEqual({});
	expect(platformSchema("Array<string>")).toEqual({ type: "array", items: { type: "string" } });
	expect(platformSchema("Array<ChannelTopic>").items).toEqual({ $ref: "#/$defs/ChannelTopic" });
	expect(() => platformSchema("NoSuchModel")).toThrow("no model named NoSuchModel");
});

test("models keep what the wire promises: required, enumerations, whole numbers, times, read-only", () => {
	const client = platformModels.OAuthClient;
	expect(client?.required).toEqual(["name", "authorizedGrantType"]);
	expect(client?.properties?.id?.readOnly).toBe(true);
	expect(client?.properties?.state?.enum).toEqual(["active", "disabled", "inactive"]);
	expect(client?.properties?.accessTokenValiditySeconds?.type).toBe("integer");
	expect(client?.properties?.dateCreated?.format).toBe("date-time");
});

test("components refer to each other under the prefix asked for", () => {
	const components = platformComponents("#/components/schemas/");
	expect(components.UserPresence?.properties?.presenceDefinition?.$ref).toBe("#/components/schemas/PresenceDefinition");
	expect(JSON.stringify(components)).not.toContain("$defs");
});
