import { expect, it } from "vitest";
import { readScriptFile, scriptFileName } from "./script-file.ts";

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);

it("takes a script in UTF-8, without the mark that some programs begin it with", async () => {
	expect(await readScriptFile(file("framework.js", "\ufeffvar grüße;"))).toEqual({ text: "var grüße;" });
});

it.each([
	["framework.exe", "var a;", "uploadKind"],
	["framework.js", new Uint8Array([0xff, 0xfe, 0x61]), "uploadBinary"],
	["framework.js", "x".repeat(1_048_577), "uploadLarge"],
])("refuses %s for what it is", async (name, content, problem) => {
	expect(await readScriptFile(file(name, content))).toEqual({ problem });
});

it("names a file after its deployment and version", () => {
	expect(scriptFileName("Sales / CRM №1", 3)).toBe("framework-sales-crm-no1-v3.js");
	expect(scriptFileName("★")).toBe("framework.js");
});
