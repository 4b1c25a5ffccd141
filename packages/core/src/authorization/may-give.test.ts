import { describe, expect, test } from "vitest";
import type { GrantedPermission } from "../kernel/principal.ts";
import { addedRoles, beyond, inDivisions } from "./may-give.ts";

const everywhere = (permission: string): GrantedPermission => ({ permission, divisions: "all" });
const inNorth = (permission: string): GrantedPermission => ({ permission, divisions: new Set(["north"]) });

describe("what one may give", () => {
	test.each([
		["the same permission there", [inNorth("oauth:client:add")], "oauth:client:add", "north", true],
		["not elsewhere", [inNorth("oauth:client:add")], "oauth:client:add", "south", false],
		["not in every division", [inNorth("oauth:client:add")], "oauth:client:add", "*", false],
		["one's wildcard's part", [inNorth("oauth:*:*")], "oauth:client:add", "north", true],
		["one's wildcard itself", [inNorth("oauth:*:*")], "oauth:*:*", "north", true],
		["a narrower wildcard", [inNorth("oauth:*:*")], "oauth:client:*", "north", true],
		["not one's wildcard's part elsewhere", [inNorth("oauth:*:*")], "oauth:client:add", "*", false],
		["not a wider wildcard", [everywhere("oauth:client:*")], "oauth:*:*", "north", false],
		["not everything for a part of it", [everywhere("oauth:*:*")], "*:*:*", "north", false],
		["everything with everything", [everywhere("*:*:*")], "*:*:*", "*", true],
		["in one division what one may everywhere", [everywhere("oauth:client:add")], "oauth:client:add", "north", true],
		["whatever the case of its letters", [inNorth("OAuth:Client:Add")], "oauth:client:add", "north", true],
		["what two grants hold in two divisions", [inNorth("a:b:c"), everywhere("d:e:f")], "d:e:f", "south", true],
		["not what nobody gave", [], "oauth:client:add", "north", false],
	] as const)("%s", (_what, held, permission, divisionId, may) => {
		expect(beyond(held, [{ permission, divisionId }])).toEqual(may ? [] : [{ permission, divisionId }]);
	});

	test("a wildcard is not the sum of what it covers today: it covers what comes later, too", () => {
		const parts = ["add", "delete", "edit", "view", "authorize"].map((action) => everywhere(`oauth:client:${action}`));
		expect(beyond(parts, [{ permission: "oauth:client:*", divisionId: "north" }])).toHaveLength(1);
	});

	test("every division is not the sum of those of today", () => {
		const held = [{ permission: "oauth:client:add", divisions: new Set(["north", "south", "home"]) }];
		expect(beyond(held, inDivisions(["oauth:client:add"], ["north", "south", "home"]))).toEqual([]);
		expect(beyond(held, inDivisions(["oauth:client:add"], ["*"]))).toHaveLength(1);
	});

	test("names what is missing, and nothing else", () => {
		const wanted = inDivisions(["oauth:client:add", "oauth:client:edit"], ["north", "south"]);
		expect(beyond([inNorth("oauth:client:add")], wanted)).toEqual([
			{ permission: "oauth:client:edit", divisionId: "north" },
			{ permission: "oauth:client:add", divisionId: "south" },
			{ permission: "oauth:client:edit", divisionId: "south" },
		]);
	});
});

test("a role in another division is an added role", () => {
	const before = [{ roleId: "r", divisionId: "north" }];
	const after = [...before, { roleId: "r", divisionId: "*" }];
	expect(addedRoles(before, after)).toEqual([{ roleId: "r", divisionId: "*" }]);
	expect(addedRoles(after, before)).toEqual([]);
});
