import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readModels } from "./declarations.ts";
import { generatedModels, modelsFile } from "./generate-models.ts";

test("the committed schemas are those of the installed SDK; else run generate-models.ts", () => {
	expect(readFileSync(modelsFile, "utf8")).toBe(generatedModels());
});

test("declarations are read with their optional marks", () => {
	const models = readModels(
		'declare namespace Models { \n\texport interface A { \n\t\t"id"?: string;\n\t\t"b": Models.B;\n\t}\n}\n',
	);
	expect(models.get("A")).toEqual([
		{ name: "id", optional: true, type: "string" },
		{ name: "b", optional: false, type: "Models.B" },
	]);
});

test("a line of an unknown kind is refused instead of lost", () => {
	const text = "declare namespace Models { \n\texport interface A { \n\t\tid(): string;\n\t}\n}\n";
	expect(() => readModels(text)).toThrow("does not know: id(): string;");
});
