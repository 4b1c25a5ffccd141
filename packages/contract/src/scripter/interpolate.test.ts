import { describe, expect, it } from "vitest";
import type { ScriptValue } from "./agent-script.ts";
import { interpolate, interpolatedParts, webAddress } from "./interpolate.ts";

const values: Record<string, ScriptValue> = {
	"Scripter.Agent Name": "Anna",
	order: "47/11",
	evil: "javascript:alert(1)",
	host: "evil.example",
	again: "{{order}}",
};
const lookup = (name: string) => values[name] ?? null;

describe("what a script fills in", () => {
	it("takes a value as it is: its own braces are no variables", () => {
		expect(interpolate("Hello {{Scripter.Agent Name}}, {{ order }} and {{again}}{{nobody}}!", lookup)).toBe(
			"Hello Anna, 47/11 and {{order}}!",
		);
	});

	it("marks what is missing", () => {
		expect(interpolatedParts("To {{nobody}}: {{order}}", lookup)).toEqual([
			{ text: "To " },
			{ text: "", variable: "nobody", missing: true },
			{ text: ": " },
			{ text: "47/11", variable: "order" },
		]);
	});

	it.each([
		["https://crm.example.com/o/{{order}}?x={{again}}", "https://crm.example.com/o/47%2F11?x=%7B%7Border%7D%7D"],
		["https://a.crm.example.com/", "https://a.crm.example.com/"],
		["{{evil}}", undefined],
		["http://crm.example.com/", undefined],
		["https://{{host}}/", undefined],
		["https://crm.example.com@evil.example/", undefined],
		["https://user:word@crm.example.com/", undefined],
		["https://notcrm.example.com/", undefined],
		["//crm.example.com/", undefined],
		["", undefined],
	])("SC-5 an address %s leads to %s", (template, address) => {
		expect(webAddress(template, lookup, ["crm.example.com", "*.crm.example.com"])).toBe(address);
	});
});
