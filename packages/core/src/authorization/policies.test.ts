import { allPermissions } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import { expandPermissions, joinPolicies, permissionsOf, policiesOf, readPolicies, refuseUnknown } from "./policies.ts";

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

describe("a permission that the catalogue does not know was taken and kept in a role", () => {
	const refusal = (fieldName: string) =>
		expect.objectContaining({
			status: 400,
			code: "unknown.permission",
			options: expect.objectContaining({ details: [{ errorCode: "unknown.permission", fieldName }] }),
		});

	test.each([
		[{ permissions: ["routing:queue:view", "a:b:c"] }, "permissions"],
		[{ permissions: ["nowhere:*:*"] }, "permissions"],
		[
			{ permissionPolicies: [policy("queue", "view"), policy("queue", "view", "fly")] },
			"permissionPolicies.1.actionSet",
		],
		[{ permissionPolicies: [policy("cue", "view")] }, "permissionPolicies.0.entityName"],
		[{ permissionPolicies: [{ ...policy("queue", "view"), domain: "rooting" }] }, "permissionPolicies.0.domain"],
	])("%j is refused by name", (sent, field) => {
		expect(() => refuseUnknown(sent)).toThrow(refusal(field));
	});

	test.each(["*:*:*", "routing:*:*", "routing:*:view", "routing:queue:*", "ROUTING:Queue:View"])(
		"%s is known",
		(permission) => {
			expect(() => refuseUnknown({ permissions: [permission] })).not.toThrow();
		},
	);

	test("but a role that holds one from before can be saved, and gets no other", () => {
		const old = { permissionPolicies: [{ domain: "a", entityName: "b", actionSet: ["c"] }] };
		expect(() => refuseUnknown(old, ["a:b:c"])).not.toThrow();
		expect(() => refuseUnknown({ permissions: ["a:b:d"] }, ["a:b:c"])).toThrow(refusal("permissions"));
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
