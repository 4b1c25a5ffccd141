import { expect, it } from "vitest";
import type { Ability } from "./abilities.ts";
import { type LabelForm, labelFormOf, labelProblems, labelRulesOf } from "./label-rules.ts";

const labels = ["a", "b"].map((id) => ({ id, name: id }) as Ability);
const rules = {
	a: { maximumCapacity: 2, interruptingLabelIds: ["b", "gone"] },
	gone: { maximumCapacity: 1, interruptingLabelIds: [] },
};

it("a label of which nothing is said is empty, and says nothing when it is sent back", () => {
	const form = labelFormOf(labels, rules);
	expect(form).toEqual({
		"label:a.capacity": "2",
		"label:a.interruptedBy": ["b"],
		"label:b.capacity": "",
		"label:b.interruptedBy": [],
	});
	expect(labelRulesOf(form, labels)).toEqual({ a: { maximumCapacity: 2, interruptingLabelIds: ["b"] } });
});

it("a label that was deleted while the page was open was sent, and refused with all the rest", () => {
	const form = labelFormOf(labels, { ...rules, b: { maximumCapacity: 1, interruptingLabelIds: ["a"] } });
	expect(labelRulesOf(form, labels.slice(1))).toEqual({ b: { maximumCapacity: 1, interruptingLabelIds: [] } });
});

it.each([
	["", []],
	["  ", []],
	["0", []],
	["25", []],
	["26", ["label:a.capacity"]],
	["-1", ["label:a.capacity"]],
	["1.5", ["label:a.capacity"]],
	["two", ["label:a.capacity"]],
])("of %j as how many are taken at a time %j is wrong", (text, wrong) => {
	const form = { ...labelFormOf(labels, {}), "label:a.capacity": text } as LabelForm;
	expect(labelProblems(form, labels, 25)).toEqual(wrong);
	expect(labelProblems(form, labels.slice(1), 25), "of a label that is gone nothing is").toEqual([]);
});
