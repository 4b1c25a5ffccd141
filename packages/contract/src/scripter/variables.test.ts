import { describe, expect, it } from "vitest";
import type { ScriptValue, ScriptVariableType } from "./agent-script.ts";
import { firstValues, isKnown, isReserved, valueFor } from "./variables.ts";

describe("a script's variables", () => {
	it.each<[ScriptVariableType, ScriptValue, ScriptValue | undefined]>([
		["string", 5, "5"],
		["string", null, ""],
		["number", "4711", 4711],
		["number", "47a", undefined],
		["number", true, undefined],
		["number", "", null],
		["boolean", "TRUE", true],
		["boolean", "yes", undefined],
		["date", "2026-02-28", "2026-02-28"],
		["date", "2026-02-30", undefined],
		["date", "26.11.2026", undefined],
	])("of type %s takes %j as %j", (type, given, taken) => {
		expect(valueFor({ type }, given)).toBe(taken);
	});

	it("begin with an attribute where they take one that fits, otherwise with their own value", () => {
		const variables = [
			{ name: "order", type: "number", default: 1, input: true } as const,
			{ name: "product", type: "string", default: "Lamp" } as const,
			{ name: "paid", type: "boolean", input: true, default: false } as const,
		];
		expect(firstValues({ variables }, { order: "4711", product: "Chair", paid: "perhaps" })).toEqual({
			order: 4711,
			product: "Lamp",
			paid: false,
		});
	});

	it("one named like what every object of JavaScript has began with that", () => {
		const variables = ["constructor", "toString", "__proto__"].map(
			(name) => ({ name, type: "string", input: true }) as const,
		);
		expect(Object.values(firstValues({ variables }, {}))).toEqual(["", "", ""]);
		expect(valueFor({ type: "boolean" }, "constructor")).toBe(undefined);
	});

	it("one named like a built-in would have hidden it", () => {
		expect(["Scripter.Queue Name", "participant.x", "Email.Subject", "Outbound.id"].map(isReserved)).toEqual(
			Array(4).fill(true),
		);
		expect(isReserved("Participants")).toBe(false);
		const document = { variables: [{ name: "order", type: "string" } as const] };
		expect(["order", "Participant.x", "Scripter.Queue Name"].every((name) => isKnown(name, document))).toBe(true);
		expect(["ordr", "Participant.", "Scripter.Cue"].some((name) => isKnown(name, document))).toBe(false);
	});
});
