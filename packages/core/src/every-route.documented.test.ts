import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi } from "./kernel/http/openapi.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

it("the API's documentation was OpenAPI 3.1, which a browser took 24 s to read", async () => {
	const document = openApi(server.routes, "https://inlay.example.com");
	expect(document.openapi).toBe("3.0.3");
	const validator = new Validator();
	expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
	expect(() => validator.resolveRefs()).not.toThrow();
	expect(Object.keys(document.paths as object).length).toBeGreaterThan(400);
});
