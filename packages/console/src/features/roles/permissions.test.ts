import { describe, expect, it } from "vitest";
import { coveringPattern, difference, entriesOf, matching, permissionsOfRole, policiesWith } from "./permissions.ts";

const catalogue = entriesOf([
	{ domain: "routing", permissionMap: { queue: [{ action: "view", label: "Routing > Queue > View" }] } },
	{
		domain: "oauth",
		permissionMap: {
			client: [
				{ action: "view", label: "OAuth > Client > View" },
				{ action: "edit", label: "OAuth > Client > Edit" },
			],
		},
	},
]);

describe("the permission catalogue", () => {
	it("comes by domain, in the order of names", () => {
		expect(catalogue.map((one) => [one.domain, one.entries.length])).toEqual([
			["oauth", 2],
			["routing", 1],
		]);
	});

	it.each([
		["", 3],
		["  ", 3],
		["view", 2],
		["client VIEW", 1],
		["oauth:client:edit", 1],
		["nothing", 0],
	])("with %o typed shows %d", (text, count) => {
		expect(matching(catalogue, text).flatMap((one) => one.entries)).toHaveLength(count);
	});
});

describe("what a role allows", () => {
	const policies = [
		{ domain: "a", entityName: "b", actionSet: ["view", "edit"], policyDescription: "kept" },
		{ domain: "c", entityName: "*", actionSet: ["view"] },
	];

	it("is one line per permission, patterns as they are", () => {
		expect(permissionsOfRole({ permissionPolicies: policies })).toEqual(["a:b:edit", "a:b:view", "c:*:view"]);
	});

	it("goes back with what the form does not show", () => {
		const sent = policiesWith(policies, ["a:b:view", "c:*:view", "d:e:f"]);
		expect(sent).toEqual([
			{ domain: "a", entityName: "b", actionSet: ["view"], policyDescription: "kept" },
			policies[1],
			{ domain: "d", entityName: "e", actionSet: ["f"] },
		]);
	});

	it("by a pattern cannot be taken one by one", () => {
		expect(coveringPattern(["c:*:view"], "c:x:view")).toBe("c:*:view");
		expect(coveringPattern(["c:*:view"], "c:x:edit")).toBeUndefined();
		expect(coveringPattern(["c:x:view"], "c:x:view")).toBeUndefined();
	});

	it.each([
		["a permission more", ["a:b:c"], ["a:b:c", "a:b:d"], ["a:b:d"], []],
		["one less", ["a:b:c", "a:b:d"], ["a:b:c"], [], ["a:b:d"]],
		["one that a pattern covers anyway", ["a:*:*"], ["a:*:*", "a:b:c"], [], []],
		["a pattern in place of one", ["a:b:c"], ["a:b:*"], ["a:b:*"], []],
		["one in place of a pattern", ["a:b:*"], ["a:b:c"], [], ["a:b:*"]],
	])("after %s gives and takes that alone", (_what, before, after, given, taken) => {
		expect(difference(before, after)).toEqual({ given, taken });
	});
});
