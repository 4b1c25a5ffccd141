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

it("a value of dots led an address to another folder", () => {
	const at = (value: string) => webAddress("https://crm.example/a/{{id}}/b", () => value);
	expect([at(".."), at("."), at("...")]).toEqual([undefined, undefined, "https://crm.example/a/.../b"]);
	expect(webAddress("https://crm.example/a/.{{id}}/b", () => ".")).toBeUndefined();
	expect(webAddress("https://crm.example/a/../{{id}}?q=..", () => "x")).toBe("https://crm.example/x?q=..");
});

it("an address led to a host that is not listed", () => {
	const at = (template: string) => webAddress(template, () => "x", ["crm.example", "*.shop.example"]);
	expect(at("https://crm.example/")).toBe("https://crm.example/");
	expect(at("https://a.shop.example/")).toBe("https://a.shop.example/");
	for (const other of ["https://shop.example/", "https://crm.example.evil/", "https://evilshop.example/"])
		expect(at(other)).toBeUndefined();
});
