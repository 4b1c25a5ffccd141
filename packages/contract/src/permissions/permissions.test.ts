import { describe, expect, test } from "vitest";
import { agentPermissionRows } from "./agent-permissions.ts";
import { allPermissions, permissionCatalogue } from "./catalogue.ts";
import { explainFeature, featureIds, featuresOf, missingRequiredRows } from "./features.ts";
import { holdsPermissions, permissionMatches } from "./match.ts";

describe("permissionMatches", () => {
	test.each([
		["conversation:call:record", "conversation:call:record", true],
		["Conversation:Call:RECORD", "conversation:call:record", true],
		["conversation:*:record", "conversation:call:record", true],
		["*:call:record", "conversation:call:record", true],
		["conversation:*", "conversation:call:record", true],
		["*", "conversation:call:record", true],
		["conversation:call:*", "conversation:email:create", false],
		["conversation:call", "conversation:call:record", false],
		["conversation:call:record:x", "conversation:call:record", false],
		["conversation:call:record", "conversation:*:record", false],
	])("%s against %s is %s", (granted, wanted, expected) => {
		expect(permissionMatches(granted, wanted)).toBe(expected);
	});
});

test("ANY needs one, ALL needs each, nothing wanted is always held", () => {
	const held = ["routing:queue:view"];
	const wanted = ["routing:queue:view", "routing:queue:edit"];
	expect(holdsPermissions(held, wanted, "ANY")).toBe(true);
	expect(holdsPermissions(held, wanted, "ALL")).toBe(false);
	expect(holdsPermissions([], [], null)).toBe(true);
});

describe("features", () => {
	test("the table has 27 rows and 16 features", () => {
		expect(agentPermissionRows).toHaveLength(27);
		expect(featureIds).toHaveLength(16);
	});

	test("a feature is open by one of its rows and tells what is lacking", () => {
		const access = explainFeature("evaluations", ["quality:evaluation:editscore"]);
		expect(access.available).toBe(true);
		expect(access.granted.map((row) => row.label)).toEqual(["Quality > Evaluation > Edit, or Edit Score"]);
		expect(access.lacking).toHaveLength(3);
	});

	test("without permissions every feature is closed; with all of them every one is open", () => {
		expect([...featuresOf([]).values()].some((access) => access.available)).toBe(false);
		const open = [...featuresOf(["*"]).values()];
		expect(open.every((access) => access.available && access.lacking.length === 0)).toBe(true);
	});

	test("the client's own permission is the one required row", () => {
		expect(missingRequiredRows(["routing:*"]).map((row) => row.feature)).toEqual(["client"]);
		expect(missingRequiredRows(["integration:customEmbeddableFramework:agent"])).toEqual([]);
	});
});

describe("catalogue", () => {
	test("holds every permission of the agent table, each once whatever its letter case", () => {
		const all = allPermissions();
		for (const row of agentPermissionRows) for (const permission of row.permissions) expect(all).toContain(permission);
		expect(new Set(all.map((permission) => permission.toLowerCase())).size).toBe(all.length);
	});

	test("labels come from the agent table, else from the names", () => {
		const labels = permissionCatalogue.flatMap((d) => d.entities.flatMap((e) => e.permissions));
		expect(labels.find((entry) => entry.permission === "wfm:agentSchedule:view")?.label).toBe(
			"Workforce Management > Agent Schedule > View",
		);
		expect(labels.find((entry) => entry.permission === "oauth:client:add")?.label).toBe("Oauth > Client > Add");
	});
});
