import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { PersonModel } from "./person-model.ts";

const subject = "/api/v2/authorization/subjects/u1?includeDuplicates=true";

/** Grants as pairs of who holds the role and its id. */
function grants(...held: Array<[subjectId: string, roleId: string]>) {
	return { id: "u1", grants: held.map(([subjectId, id]) => ({ subjectId, role: { id } })) };
}

const factorPath = "/api/inlay/v1/users/u1/secondfactor";

function server() {
	return new FakeApi()
		.on("GET /api/v2/users/u1?expand=groups", { id: "u1", name: "Ann", groups: [{ id: "g1" }] })
		.on(`GET ${subject}`, grants(["u1", "r1"], ["g1", "r9"]))
		.on("GET /api/v2/authorization/roles", page())
		.on("GET /api/v2/groups", page())
		.on(`GET ${factorPath}`, { enrolled: true, recoveryCodesLeft: 3, required: false });
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

describe("a person's roles", () => {
	const sent = (api: FakeApi) => api.asked.findLast((one) => one.what === "PUT /api/v2/users/u1/roles")?.body;

	it("saving a page gave the roles of the person's groups to the person as well", async () => {
		const api = server().on("PUT /api/v2/users/u1/roles", {});
		const model = await open(api);
		expect(model.roleIds.value).toEqual(["r1"]);
		model.roleIds.value = ["r1", "r2"];
		expect(await model.saveRoles()).toBe(true);
		expect(sent(api)).toEqual(["r1", "r2"]);
	});

	it("saving an old page took away what another had just given, and gave back what they had taken", async () => {
		const api = server().on("PUT /api/v2/users/u1/roles", {});
		api.on(`GET ${subject}`, grants(["u1", "r1"], ["u1", "r2"]));
		const model = await open(api);
		api.on(`GET ${subject}`, grants(["u1", "r2"], ["u1", "r3"]));
		model.roleIds.value = ["r1", "r4"];
		expect(await model.saveRoles()).toBe(true);
		expect(sent(api)).toEqual(["r3", "r4"]);
	});

	it("gets a password that the next sign-in asks to change, and loses a lost second factor", async () => {
		const api = server()
			.on("POST /api/v2/users/u1/password", undefined)
			.on(`DELETE ${factorPath}`, () => {
				api.on(`GET ${factorPath}`, { enrolled: false, recoveryCodesLeft: 0, required: false });
			});
		const model = await open(api);
		expect(await model.setPassword("battery staple", true)).toBe(true);
		expect(api.asked.at(-1)?.body).toEqual({ newPassword: "battery staple", mustChange: true });
		expect(model.facts.value?.factor?.enrolled).toBe(true);
		expect(await model.resetFactor()).toBe(true);
		expect(model.facts.value?.factor?.enrolled).toBe(false);
	});

	it("is shown without its sign-in to an administrator who may not look after that", async () => {
		const model = await open(
			server().on(`GET ${factorPath}`, () => {
				throw refuse(403, "missing.permissions");
			}),
		);
		expect(model.facts.value?.factor).toBeUndefined();
	});
});
