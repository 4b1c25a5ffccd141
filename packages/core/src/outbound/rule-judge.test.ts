import { describe, expect, test } from "vitest";
import type { Contact } from "./model.ts";
import { readPeriod } from "./periods.ts";
import { applies, compare } from "./rule-judge.ts";
import { ruleSetOf } from "./rule-set-body.ts";
import type { DialerRule, RuleCondition } from "./rule-set-model.ts";
import { modified } from "./rule-sets.ts";

const now = new Date("2026-11-28T12:00:00Z");
const facts = {
	contact: {
		data: { plan: "Gold", owes: "12.5", since: "2026-11-01T00:00:00Z" },
		numbers: {
			cell: { number: "+4915123456710", callable: true, lastAttempt: "2026-11-27T12:00:00Z" },
			home: { number: "+493012345610", callable: true },
		},
	},
	column: "cell",
	phoneColumns: [
		{ columnName: "cell", type: "Cell" },
		{ columnName: "home", type: "home" },
	],
	now,
};

const rule = (...conditions: RuleCondition[]): DialerRule => ({
	...{ id: "1", name: "One", category: "DIALER_WRAPUP", conditions, actions: [] },
});
const judge = (condition: Omit<RuleCondition, "inverted"> & { inverted?: boolean }, more: object = {}) =>
	applies(rule({ inverted: false, ...condition } as RuleCondition), "DIALER_WRAPUP", { ...facts, ...more });

test("a rule applies where all its conditions hold, and those that are inverted do not", () => {
	const gold = {
		type: "contactAttributeCondition",
		attributeName: "plan",
		valueType: "STRING",
		value: "gold",
	} as const;
	expect(judge({ ...gold, operator: "EQUALS" } as RuleCondition)).toBe(true);
	expect(judge({ ...gold, operator: "EQUALS", inverted: true } as RuleCondition)).toBe(false);
	expect(judge({ type: "phoneNumberTypeCondition", value: "cell" } as RuleCondition)).toBe(true);
	expect(judge({ type: "wrapupCondition", codes: ["a"] } as RuleCondition, { wrapupCode: "a" })).toBe(true);
	expect(judge({ type: "wrapupCondition", codes: ["a"] } as RuleCondition)).toBe(false);
	expect(applies(rule(), "DIALER_WRAPUP", facts)).toBe(true);
	expect(applies(rule(), "DIALER_PRECALL", facts)).toBe(false);
});

test("how long ago a number was called is asked by a period, and a number that was never called is neither before nor after", () => {
	const last = { type: "contactPropertyCondition", property: "LAST_ATTEMPT_BY_COLUMN", valueType: "PERIOD" } as const;
	const ago = (value: string, operator: string, attributeName = "cell") =>
		judge({ ...last, value, operator, attributeName } as RuleCondition);
	expect([ago("PT23H", "BEFORE"), ago("P2D", "BEFORE"), ago("P2D", "AFTER"), ago("PT23H", "AFTER")]).toEqual([
		true,
		false,
		true,
		false,
	]);
	expect([ago("PT1H", "BEFORE", "home"), ago("PT1H", "AFTER", "home")]).toEqual([false, false]);
});

describe("values are compared as their type says", () => {
	test.each([
		["12.5", "NUMERIC", "GREATER_THAN", "9", true],
		["12.5", "STRING", "BEGINS_WITH", "12", true],
		["", "NUMERIC", "LESS_THAN", "9", false],
		["", "STRING", "EQUALS", "", true],
		["Gold", "STRING", "IN", "silver, gold", true],
		["2026-11-01T00:00:00Z", "DATETIME", "BEFORE", "2026-11-02T00:00:00Z", true],
		["never", "DATETIME", "BEFORE", "2026-11-02T00:00:00Z", false],
	] as const)("%s as %s %s %s: %s", (said, valueType, operator, value, is) => {
		expect(compare(said, { operator, value, valueType }, now)).toBe(is);
	});
});

test.each([
	["P1D", 86_400_000],
	["P1DT12H", 129_600_000],
	["PT30M", 1_800_000],
	["P", undefined],
	["PT", undefined],
	["1D", undefined],
])("a period of %s is %s ms", (said, ms) => {
	expect(readPeriod(said)).toBe(ms);
});

describe("what rules cannot do is refused by name", () => {
	const body = (one: object) => () =>
		ruleSetOf(
			{ name: "One", rules: [{ name: "a", category: "DIALER_WRAPUP", conditions: [], ...one }] } as never,
			"DE",
		);
	const action = (actionTypeName: string, more: object = {}) =>
		body({ actions: [{ type: "Action", actionTypeName, ...more }] });
	test.each([
		["a data action", action("DATA_ACTION"), "rules[0].actions[0].actionTypeName"],
		["an action of the other kind", action("DO_NOT_DIAL"), "rules[0].actions[0].actionTypeName"],
		["a callback without its time", action("SCHEDULE_CALLBACK"), "rules[0].actions[0].properties.callbackOffset"],
		[
			"a column that is counted by a word",
			action("MODIFY_CONTACT_ATTRIBUTE", { updateOption: "INCREMENT", properties: { calls: "abc" } }),
			"rules[0].actions[0].properties.calls",
		],
		["a column that nothing becomes of", action("MODIFY_CONTACT_ATTRIBUTE"), "rules[0].actions[0].updateOption"],
		[
			"a condition on the last wrap-up",
			body({ conditions: [{ type: "contactPropertyCondition", propertyType: "LAST_WRAPUP_OVERALL" }] }),
			"rules[0].conditions[0].propertyType",
		],
		[
			"a code before the call",
			body({ category: "DIALER_PRECALL", conditions: [{ type: "wrapupCondition", codes: ["a"] }] }),
			"rules[0].conditions[0].type",
		],
		[
			"a system code that is none",
			body({ conditions: [{ type: "systemDispositionCondition", codes: ["ININ-NONE"] }] }),
			"rules[0].conditions[0].codes",
		],
		[
			"a set of words as a number",
			body({
				conditions: [
					{
						type: "contactAttributeCondition",
						attributeName: "a",
						operator: "CONTAINS",
						valueType: "NUMERIC",
						value: "1",
					},
				],
			}),
			"rules[0].conditions[0].operator",
		],
	])("%s", (_what, of, field) => {
		expect(of).toThrow(field);
	});
});

test("a column that was to be counted by 0 was counted by 1", () => {
	const contact = { data: { calls: "4" } } as unknown as Contact;
	const by = (calls: string, updateOption: "INCREMENT" | "DECREMENT" = "INCREMENT") =>
		modified(contact, { updateOption, columns: { calls } }, now).data.calls;
	expect([by("0"), by("2.5"), by(""), by("3", "DECREMENT")]).toEqual(["4", "6.5", "5", "1"]);
});
