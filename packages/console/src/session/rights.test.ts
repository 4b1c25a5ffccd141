import { allPermissions } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import { grantOf } from "../test-support/selves.ts";
import { clientNeed, inDivision, lostDuties, needs } from "./needs.ts";
import { allRights, Rights } from "./rights.ts";

describe("what the signed-in person may do", () => {
	const view = { permissions: ["routing:queue:view"] };

	it.each([
		["a permission anywhere", ["routing:queue:view"], "north", undefined, true],
		["in that division", ["routing:queue:view"], "north", "north", true],
		["in another one", ["routing:queue:view"], "north", "south", false],
		["in every one, held in one", ["routing:queue:view"], "north", "*", false],
		["in one, held in every one", ["routing:queue:view"], "*", "south", true],
		["in every one, held in every one", ["routing:queue:view"], "*", "*", true],
		["by a pattern", ["routing:*:view"], "*", "*", true],
		["by everything", ["*:*:*"], "*", "*", true],
		["another action", ["routing:queue:edit"], "*", undefined, false],
		["whatever its letter case", ["Routing:Queue:View"], "*", "*", true],
	])("%s", (_what, permissions, place, divisionId, allowed) => {
		const rights = new Rights([grantOf(permissions, place)]);
		expect(rights.may({ ...view, ...(divisionId === undefined ? {} : { divisionId }) })).toBe(allowed);
	});

	it("one of several alternatives is enough, and nobody without grants may anything", () => {
		const either = { permissions: ["a:b:c", "routing:queue:view"] };
		expect(new Rights([grantOf(["routing:queue:view"])]).may(either)).toBe(true);
		expect(new Rights([]).may(either)).toBe(false);
		expect(new Rights([]).lack(either)).toBe(either);
		expect(allRights.lack(either)).toBeUndefined();
	});

	it("of several that are needed at once, one is not enough", () => {
		const both = { permissions: ["a:b:c", "routing:queue:view"], all: true as const };
		expect(new Rights([grantOf(["routing:queue:view"])]).may(both)).toBe(false);
		expect(new Rights([grantOf(["routing:queue:view", "a:b:c"])]).may(both)).toBe(true);
	});

	it("covers a role only where every permission of it is held", () => {
		const rights = new Rights([grantOf(["a:b:*"], "north"), grantOf(["c:d:e"], "*")]);
		expect(rights.covers(["a:b:x", "c:d:e"], "north")).toBe(true);
		expect(rights.covers(["a:b:x", "c:d:e"], "south")).toBe(false);
		expect(rights.covers(["a:*:*"], "north")).toBe(false);
		expect(rights.covers([], "south")).toBe(true);
	});

	it("asked for what no role's table has, so that nobody could be given it", () => {
		const given = new Set(allPermissions());
		const asked = Object.entries(needs).flatMap(([action, need]) => need.permissions.map((one) => `${action}: ${one}`));
		expect(asked.length).toBeGreaterThan(100);
		expect(asked.filter((one) => !given.has(one.slice(one.indexOf(" ") + 1)))).toEqual([]);
	});

	it("a client that people sign in with is the whole organization's, a program's is not", () => {
		expect(clientNeed(needs.editClient, "CODE").divisionId).toBe("*");
		expect(clientNeed(needs.editClient, "TOKEN").divisionId).toBe("*");
		expect(clientNeed(needs.editClient, "CLIENT-CREDENTIALS").divisionId).toBeUndefined();
		expect(inDivision(needs.addPerson, undefined)).toBe(needs.addPerson);
	});
});

describe("what a change would take from oneself", () => {
	const admin = grantOf(["*:*:*"], "*", { roleId: "admin" });
	const again = grantOf(["*:*:*"], "*", { subjectId: "g1", roleId: "admin" });

	it("is nothing while another grant still allows it", () => {
		const rights = new Rights([admin, again]);
		expect(lostDuties(rights, rights.without("me", "admin", "*"))).toEqual([]);
		expect(lostDuties(rights, rights.withoutGroup("g1"))).toEqual([]);
	});

	it("is told when the role itself changes, whoever it comes from", () => {
		const rights = new Rights([admin, again]);
		const after = rights.withRole("admin", ["directory:group:edit"]);
		expect(lostDuties(rights, after)).not.toContain("editGroups");
		expect(lostDuties(rights, after)).toContain("editRoles");
	});

	it("is what needs every division when a role is left in one alone", () => {
		const rights = new Rights([admin, grantOf(["*:*:*"], "home", { roleId: "admin" })]);
		expect(lostDuties(rights, rights.without("me", "admin", "*"))).toEqual([
			"editRoles",
			"editGroups",
			"editClients",
			"editDeployments",
			"editSignInRules",
		]);
	});
});
