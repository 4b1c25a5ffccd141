import { agentPermissionRows, allPermissions, holdsPermission } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import { defaultRoles } from "./default-roles.ts";

function permissionsOf(id: string): readonly string[] {
	return defaultRoles.find((role) => role.defaultRoleId === id)?.permissions ?? [];
}

describe("the agent", () => {
	test("holds every row of the guide's table, but for those that say they are for others", () => {
		const lacking = agentPermissionRows.filter(
			(row) => !row.permissions.some((wanted) => holdsPermission(permissionsOf("agent"), wanted)),
		);
		expect(lacking.map((row) => row.effect)).toEqual([
			"A quality evaluator sees assigned-evaluation notices in the User Inbox",
			"An administrator sees shift-trade notices in the User Inbox",
		]);
	});

	test("holds nothing by wildcard: each action was chosen", () => {
		expect(permissionsOf("agent").filter((permission) => permission.includes("*"))).toEqual([]);
	});

	test.each([
		"conversation:communication:view",
		"conversation:communication:disconnect",
		"conversation:call:assign",
		"conversation:call:pull",
		"conversation:call:monitor",
		"conversation:recording:pauseOthers",
		"conversation:participant:attributesview",
		"externalContacts:contact:delete",
		"telephony:plugin:all",
		"telephony:otherStationAssociation:edit",
		"presence:userPresence:edit",
		"routing:queueMember:manage",
		"directory:user:edit",
	])("held %s, which acts on other people's work", (permission) => {
		expect(holdsPermission(permissionsOf("agent"), permission)).toBe(false);
	});
});

describe("the supervisor", () => {
	test("holds what the agents they lead hold", () => {
		const beyond = permissionsOf("agent").filter((one) => !holdsPermission(permissionsOf("supervisor"), one));
		expect(beyond).toEqual([]);
	});

	test.each(["conversation:communication:view", "conversation:communication:disconnect", "conversation:call:assign"])(
		"holds %s",
		(permission) => expect(holdsPermission(permissionsOf("supervisor"), permission)).toBe(true),
	);

	test.each([
		"oauth:",
		"authorization:",
		"integrations:",
		"directory:organization",
		"directory:group",
		"directory:user:",
	])("administers nothing under %s", (prefix) => {
		const held = allPermissions().filter(
			(one) => one.startsWith(prefix) && holdsPermission(permissionsOf("supervisor"), one),
		);
		// What a script's step asks is asked as an agent, and nobody administers by it.
		const works = ["directory:user:view", "integrations:action:execute"];
		expect(held.filter((one) => !works.includes(one))).toEqual([]);
	});
});

test.each([
	["evaluator", "quality:evaluation:edit", "quality:evaluationForm:add"],
	["planner", "wfm:schedule:edit", "outbound:campaign:view"],
	["campaignAdmin", "outbound:campaign:edit", "integrations:integration:view"],
	["integrationAdmin", "integrations:integration:edit", "oauth:client:edit"],
	["oauthAdmin", "oauth:client:authorize", "integrations:integration:view"],
])("the %s may %s and not %s; nobody of them gives roles or sees to people", (id, may, mayNot) => {
	const held = permissionsOf(id);
	expect(holdsPermission(held, "directory:user:view")).toBe(true);
	expect(
		[may, mayNot, "authorization:grant:add", "directory:user:edit", "directory:user:setPassword"].map((one) =>
			holdsPermission(held, one),
		),
	).toEqual([true, false, false, false, false]);
});

test("default roles name only permissions that exist", () => {
	const known = allPermissions();
	const named = defaultRoles.flatMap((role) => role.permissions);
	const unknown = named.filter((one) => !known.some((permission) => holdsPermission([one], permission)));
	expect([...new Set(unknown)]).toEqual([]);
});
