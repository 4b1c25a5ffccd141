import { describe, expect, it } from "vitest";
import type { Role } from "../../session/wire.ts";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { RoleModel } from "./role-model.ts";

const base = "/api/v2/authorization/roles";
const role: Role = {
	id: "r1",
	name: "Lead",
	description: "",
	permissionPolicies: [{ domain: "a", entityName: "b", actionSet: ["view", "edit"] }],
	default: false,
	userCount: 3,
	version: 7,
};

function server() {
	let state = role;
	const api = new FakeApi()
		.on(`GET ${base}/r1`, () => state)
		.on(`PUT ${base}/r1`, (body: unknown) => {
			const sent = body as Role;
			if (sent.version !== state.version) throw refuse(409, "version.conflict");
			state = { ...state, ...sent, version: state.version + 1 };
			return state;
		});
	const colleague = (change: Partial<Role>) => {
		state = { ...state, ...change, version: state.version + 1 };
	};
	return { api, colleague, state: () => state };
}

async function open(api: FakeApi, self = selfWith(), id: string | undefined = "r1") {
	const model = new RoleModel(api, self, id);
	await model.role.load();
	return model;
}

describe("a role", () => {
	it("says before the save what it gives to and takes from those who hold it", async () => {
		const model = await open(server().api);
		model.toggle("a:b:edit", false);
		model.toggle("c:d:e", true);
		expect(model.difference.value).toEqual({ given: ["c:d:e"], taken: ["a:b:edit"] });
	});

	it("is saved under its version, and what both changed is asked about", async () => {
		const { api, colleague, state } = server();
		const model = await open(api);
		colleague({ name: "Leads" });
		model.toggle("c:d:e", true);
		expect(await model.save()).toBe("r1");
		expect([state().name, state().permissionPolicies.length]).toEqual(["Leads", 2]);
		colleague({ name: "Theirs" });
		model.details.change({ name: "Mine" });
		expect(await model.save()).toBeUndefined();
		expect(model.details.conflict.value?.fields).toEqual(["name"]);
		expect(await model.resolve("mine")).toBe("r1");
		expect(state().name).toBe("Mine");
	});

	it("lost oneself the right to change it back, and nobody said so", async () => {
		const admin = grantOf(["authorization:role:edit", "directory:group:edit"], "*", { roleId: "r1" });
		const model = await open(server().api, selfWith(admin));
		expect(model.losses(["directory:group:edit"])).toEqual(["editRoles"]);
		expect(model.losses([])).toEqual(["editRoles", "editGroups"]);
		expect(model.losses(["authorization:role:edit", "directory:group:edit"])).toEqual([]);
	});

	it("that somebody holds gets no permission that one does not hold oneself", async () => {
		const model = await open(server().api, selfWith(grantOf(["authorization:role:edit", "a:b:*"])));
		expect([model.mayAdd("a:b:x"), model.mayAdd("c:d:e")]).toEqual([true, false]);
		const fresh = new RoleModel(new FakeApi(), selfWith(grantOf(["authorization:role:add"])));
		expect(fresh.mayAdd("c:d:e")).toBe(true);
	});

	it("without a name is not sent", async () => {
		const { api } = server();
		const model = await open(api);
		model.details.change({ name: "  " });
		expect(await model.save()).toBeUndefined();
		expect(api.asked.some((one) => one.what.startsWith("PUT"))).toBe(false);
	});

	it("that is new is made, and a taken name stands at its field", async () => {
		const api = new FakeApi().on(`POST ${base}`, () => {
			throw refuse(409, "resource.already.exists", "name", { value: "Lead" });
		});
		const model = new RoleModel(api, selfWith());
		await model.role.load();
		model.details.change({ name: "Lead" });
		expect(await model.save()).toBeUndefined();
		expect(model.details.saving.error.value?.fields).toEqual(["name"]);
		api.on(`POST ${base}`, { ...role, id: "r2" });
		expect(await model.save()).toBe("r2");
	});

	it("lost a colleague's permission where both changed some, or made one choose all or nothing", async () => {
		const { api, colleague, state } = server();
		const model = await open(api);
		const actions = (...actionSet: string[]) => [{ domain: "a", entityName: "b", actionSet }];
		colleague({ permissionPolicies: actions("view", "edit", "add") });
		model.toggle("a:b:edit", false);
		model.toggle("c:d:e", true);
		expect(await model.save()).toBe("r1");
		expect(model.details.conflict.value).toBeUndefined();
		const saved = state().permissionPolicies.flatMap((one) =>
			one.actionSet.map((action) => `${one.entityName}:${action}`),
		);
		expect(saved.sort()).toEqual(["b:add", "b:view", "d:e"]);
	});
});
