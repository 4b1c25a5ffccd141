import { describe, expect, it } from "vitest";
import { privateTypeId } from "../../session/wire.ts";
import { obstacles, type UseFacts } from "./who-can-use.ts";

const agentPermission = "integration:customEmbeddableFramework:agent";
const facts: UseFacts = {
	deployment: { typeId: privateTypeId, active: true, hasScript: true, groups: ["g"] },
	user: { state: "active", permissions: [agentPermission], groups: ["other", "g"] },
};
const deployment = (change: Partial<UseFacts["deployment"]>) => ({
	...facts,
	deployment: { ...facts.deployment, ...change },
});
const user = (change: Partial<UseFacts["user"]>) => ({ ...facts, user: { ...facts.user, ...change } });

describe("who can use a deployment", () => {
	it("lets in a member of its group who has the permission", () => {
		expect(obstacles(facts)).toEqual([]);
	});

	it("lets in everybody with the permission where no group is chosen", () => {
		expect(obstacles({ ...user({ groups: [] }), deployment: { ...facts.deployment, groups: [] } })).toEqual([]);
	});

	it("asks for the permission on private deployments only", () => {
		expect(obstacles(user({ permissions: [] }))).toEqual(["permission.missing"]);
		const open = { ...facts.deployment, typeId: "embeddable-framework" };
		expect(obstacles({ ...user({ permissions: [] }), deployment: open })).toEqual([]);
	});

	it("takes a wildcard for the permission", () => {
		expect(obstacles(user({ permissions: ["integration:*"] }))).toEqual([]);
	});

	it("names everything that is in the way", () => {
		const all = {
			deployment: { ...facts.deployment, active: false, hasScript: false },
			user: { state: "inactive", permissions: [], groups: [] },
		};
		expect(obstacles(all)).toEqual([
			"user.inactive",
			"deployment.inactive",
			"script.missing",
			"permission.missing",
			"group.missing",
		]);
		expect(obstacles(deployment({ active: false }))).toEqual(["deployment.inactive"]);
	});
});
