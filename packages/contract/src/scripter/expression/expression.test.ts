import { describe, expect, it } from "vitest";
import type { ScriptValue } from "../agent-script.ts";
import { evaluate } from "./evaluate.ts";
import { parseExpression, variablesOf } from "./parse.ts";
import { ExpressionError } from "./tokens.ts";

const values: Record<string, ScriptValue> = {
	product: "Lamp",
	"Participant.order": "4711",
	count: 3,
	vip: true,
	empty: null,
	day: "2026-11-26",
	"Scripter.Queue Name": "Support & Sales",
};

const of = (source: string) => evaluate(parseExpression(source), (name) => values[name] ?? null);

describe("an expression of a script", () => {
	it.each<[string, ScriptValue]>([
		["1 + 2 × 3", 7],
		["(1 + 2) * 3", 9],
		["10 ÷ 4 − 1", 1.5],
		["0.1 + 0.2", 0.3],
		["2 - -3", 5],
		["- {{count}}", -3],
		["7 / 0", null],
		["{{count}} * {{empty}}", null],
		["'Hello ' + {{product}}", "Hello Lamp"],
		['{{product}} == "Lamp"', true],
		["{{Participant.order}} == 4711", true],
		["{{Participant.order}} > 4000 and {{vip}}", true],
		["{{Participant.order}} < 900", false],
		["{{nobody}} == ''", true],
		["{{nobody}} < 5", false],
		["not {{vip}} or {{count}} >= 3", true],
		["not {{vip}} and true", false],
		["not not {{vip}}", true],
		["not {{count}} == 4", true],
		["{{Scripter.Queue Name}} contains 'SALES'", true],
		["{{product}} contains {{empty}}", false],
		["if({{vip}}, 'gold', 'plain')", "gold"],
		["if({{count}} > 5, 1, if({{count}} != 3, 2, 4))", 4],
		["{{day}} < '2026-12-01'", true],
		["{{day}} <= '2026-11-26'", true],
		["TRUE and FALSE", false],
	])("%s comes to %j", (source, value) => {
		expect(of(source)).toBe(value);
	});

	it.each<[string, ExpressionError["code"]]>([
		["", "incomplete"],
		["1 +", "incomplete"],
		["(1", "incomplete"],
		["if(1, 2)", "unexpected"],
		["1 2", "unexpected"],
		["{{}}", "unexpected"],
		["alert('x')", "unexpected"],
		["constructor", "unexpected"],
		["1; 2", "unexpected"],
		["{{open", "unterminated"],
		["'open", "unterminated"],
		["(".repeat(60), "too.deep"],
		["-".repeat(60) + 1, "too.deep"],
		["not ".repeat(60) + 1, "too.deep"],
		["1+".repeat(10_000), "too.long"],
	])("%s is refused as %s", (source, code) => {
		expect(() => parseExpression(source)).toThrow(expect.objectContaining({ code }));
		expect(() => parseExpression(source)).toThrow(ExpressionError);
	});

	it("names its variables, each once", () => {
		const expression = parseExpression("if({{a}} > {{b}}, {{a}} + 1, not {{Scripter.Queue Name}})");
		expect(variablesOf(expression)).toEqual(["a", "b", "Scripter.Queue Name"]);
	});
});
