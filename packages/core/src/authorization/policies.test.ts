import { allPermissions } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import { expandPermissions, joinPolicies, permissionsOf, policiesOf, readPolicies } from "./policies.ts";

const policy = (entityName: string, ...actionSet: string[]) => ({ domain: "routing", entityName, actionSet });

describe("policies", () => {
	test("are one per domain and entity, and say the same as the flat list they came from", () => {
		const flat = ["routing:queue:view", "routing:queue:edit", "routing:skill:*", "routing:queue:view"];
		expect(policiesOf(flat)).toEqual([policy("queue", "view", "edit"), policy("skill", "*")]);
		expect(permissionsOf(policiesOf(flat)).sort()).toEqual([...new Set(flat)].sort());
	});

	test("of one entity are joined, whatever the case of its letters, and keep what only clients know", () => {
		const joined = joinPolicies([
			{ ...policy("queue", "view"), policyName: "Queues", allowConditions: true },
			{ ...policy("Queue", "edit", "view") },
		]);
		expect(joined).toEqual([{ ...policy("queue", "view", "edit"), policyName: "Queues", allowConditions: true }]);
	});

	test("an action is named once, however often it was sent", () => {
		expect(readPolicies([policy("queue", "view", "view")])).toEqual([policy("queue", "view")]);
	});

	test.each([
		[{ ...policy("queue", "view"), domain: undefined }, "permissionPolicies.0.domain"],
		[policy("", "view"), "permissionPolicies.0.entityName"],
		[policy("queue:x", "view"), "permissionPolicies.0.entityName"],
		[policy("queue"), "permissionPolicies.0.actionSet"],
		[policy("queue", "view*"), "permissionPolicies.0.actionSet"],
		[{ ...policy("queue", "view"), resourceConditionNode: {} }, "permissionPolicies.0.resourceConditionNode"],
	])("%j is refused whole, and named", (sent, fieldName) => {
		expect(() => readPolicies([sent as never])).toThrow(
			expect.objectContaining({
				status: 400,
				options: expect.objectContaining({ details: [expect.objectContaining({ fieldName })] }),
			}),
		);
	});

	test.each(["routing", "routing:queue", "a:b:c:d", "::"])("%j is no permission", (permission) => {
		expect(() => policiesOf([permission])).toThrow(expect.objectContaining({ status: 400 }));
	});
});

describe("what a set of permissions covers", () => {
	test("is all of the catalogue for everything", () => {
		expect(expandPermissions(["*:*:*"])).toEqual([...new Set(allPermissions())].sort());
	});

	test("is an entity's actions for its wildcard, and never more", () => {
		const covered = expandPermissions(["routing:queue:*"]);
		expect(covered).toContain("routing:queue:view");
		expect(covered.every((one) => one.startsWith("routing:queue:"))).toBe(true);
	});

	test("keeps what the catalogue does not know, but no wildcard: clients compare whole strings", () => {
		expect(expandPermissions(["own:thing:do", "own:thing:*"])).toEqual(["own:thing:do"]);
	});
});
