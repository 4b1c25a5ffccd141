import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedOperations, operationsFile, readOperations } from "./generate-operations.ts";

test("the committed index is that of the installed SDK; else run generate-operations.ts", () => {
	expect(readFileSync(operationsFile, "utf8")).toBe(generatedOperations());
});

test("82 operations that are not served were told as one called constructor", () => {
	const ids = (JSON.parse(generatedOperations()) as Array<[string, string, string]>).map(([, , id]) => id);
	expect(ids.filter((id) => !/^(get|head|post|put|patch|delete)[A-Z]/.test(id))).toEqual([]);
});

test("a call that the reader cannot read is refused instead of lost", () => {
	expect(() => readOperations("this.apiClient.callApi(somewhere)")).toThrow("1 calls here, of which 0 were read");
});
