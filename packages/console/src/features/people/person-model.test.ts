import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { PersonModel } from "./person-model.ts";

function server() {
	return new FakeApi()
		.on("GET /api/v2/users/u1?expand=groups", { id: "u1", name: "Ann", groups: [{ id: "g1" }] })
		.on("GET /api/v2/users/u1/roles", { roles: [{ id: "r1", name: "Agent" }], permissions: [] })
		.on("GET /api/v2/authorization/roles", page())
		.on("GET /api/v2/groups", page());
}

async function open(api: FakeApi) {
	const model = new PersonModel(api, "u1");
	await model.facts.load();
	return model;
}

describe("a person", () => {
	it("joins and leaves groups, and unsaved roles stay as they are", async () => {
		const api = server().on("POST /api/v2/groups/g2/members", {}).on("DELETE /api/v2/groups/g1/members?ids=u1", {});
		const model = await open(api);
		model.roleIds.value = ["r1", "r2"];
		const both = [model.setMember("g2", true), model.setMember("g1", false)];
		expect(model.groupIds.value).toEqual(["g2"]);
		expect(await Promise.all(both)).toEqual([true, true]);
		expect(model.groupIds.value).toEqual(["g2"]);
		expect(model.roleIds.value).toEqual(["r1", "r2"]);
	});

	it("is not shown in a group that the server refused", async () => {
		const api = server().on("POST /api/v2/groups/g2/members", () => {
			throw refuse(403, "missing.permissions");
		});
		const model = await open(api);
		expect(await model.setMember("g2", true)).toBe(false);
		expect(model.groupIds.value).toEqual(["g1"]);
		expect(model.joining.error.value?.code).toBe("missing.permissions");
	});
});
