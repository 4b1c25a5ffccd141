import { describe, expect, it } from "vitest";
import type { Role } from "../../session/wire.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { PersonRoles } from "./person-roles.ts";

const held = (id: string) => `GET /api/v2/authorization/subjects/${id}?includeDuplicates=true`;
const grantPath = (id: string, place: string, role: string) =>
	`/api/v2/authorization/subjects/${id}/divisions/${place}/roles/${role}`;
const role: Role = {
	id: "r2",
	name: "Lead",
	permissionPolicies: [{ domain: "a", entityName: "b", actionSet: ["view", "edit"] }],
	default: false,
	version: 1,
};
const own = grantOf(["a:b:view"], "home", { subjectId: "u1", roleId: "r1" });
const fromGroup = grantOf(["a:b:edit"], "home", { subjectId: "g1", roleId: "r9" });

function server(id = "u1") {
	return new FakeApi()
		.on(held(id), { id, grants: [own, fromGroup] })
		.on("GET /api/v2/authorization/roles?userCount=false", page(role));
}

async function open(api: FakeApi, self = selfWith(), id = "u1") {
	const model = new PersonRoles(api, id, self);
	await model.facts.load();
	return model;
}

describe("a person's roles", () => {
	it("saving a page gave the roles of the person's groups to the person as well", async () => {
		const model = await open(server());
		expect(model.facts.value?.own.map((grant) => grant.role.id)).toEqual(["r1"]);
		expect(model.facts.value?.fromGroups.map((grant) => grant.role.id)).toEqual(["r9"]);
	});

	it("saving an old page took away what another had just given: one role at a time goes to the server", async () => {
		const api = server()
			.on(`POST ${grantPath("u1", "north", "r2")}`, undefined)
			.on(`DELETE ${grantPath("u1", "home", "r1")}`, undefined);
		const model = await open(api);
		expect(await model.give("r2", "north")).toBe(true);
		expect(await model.take(own)).toBe(true);
		expect(api.asked.filter((one) => !one.what.startsWith("GET")).map((one) => one.what)).toEqual([
			`POST ${grantPath("u1", "north", "r2")}`,
			`DELETE ${grantPath("u1", "home", "r1")}`,
		]);
	});

	it("are given only where one holds all of them", async () => {
		const self = selfWith(grantOf(["a:b:view"], "*"), grantOf(["a:b:edit"], "home"));
		const model = await open(server(), self);
		expect(model.mayGive(role, "home")).toBe(true);
		expect(model.mayGive(role, "north")).toBe(false);
		expect(model.mayGive(role, "*")).toBe(false);
	});

	it("say why they cannot be taken: the right to take is missing there, or they hold more than oneself", async () => {
		const taking = ["authorization:grant:delete"];
		const lack = async (...grants: Parameters<typeof selfWith>) =>
			(await open(server(), selfWith(...grants))).lackToTake(own);
		expect(await lack(grantOf([...taking, "a:b:view"], "north"))).toEqual({ permissions: taking, divisionId: "home" });
		expect(await lack(grantOf(taking, "home"))).toEqual({ permissions: ["a:b:view"], divisionId: "home" });
		expect(await lack(grantOf([...taking, "a:*:*"], "home"))).toBeUndefined();
	});

	it("one took from oneself what one needs to give it back, and was not told", async () => {
		const admin = grantOf(["*:*:*"], "*", { subjectId: "me", roleId: "admin" });
		const small = grantOf(["directory:group:edit"], "*", { subjectId: "me", roleId: "small" });
		const model = await open(server("me"), selfWith(admin, small), "me");
		expect(model.losses(admin)).toEqual([
			"giveRoles",
			"editRoles",
			"editPeople",
			"setPasswords",
			"editClients",
			"editDeployments",
			"editSignInRules",
		]);
		expect(model.losses(small)).toEqual([]);
		expect((await open(server(), selfWith(admin))).losses(admin)).toEqual([]);
	});

	it("the last administrator was told only after the press that the role cannot be taken", async () => {
		const whole = grantOf(["*:*:*"], "*", { subjectId: "u1", roleId: "admin" });
		const path = "GET /api/inlay/v1/roles/admin/holders/u1";
		const api = server().on(path, { isLastAdministrator: true });
		const model = await open(api);
		await model.look(whole);
		expect(model.isLast.value).toBe(true);
		const small = model.look(own);
		expect(model.isLast.value, "nor is another role's question told so").toBe(false);
		await small;
		expect(
			api.asked.filter((one) => one.what === path),
			"what allows less is not looked at",
		).toHaveLength(1);
		const late = model.look(whole);
		await model.look(own);
		await late;
		expect(model.isLast.value, "of an older question").toBe(false);
	});

	it("of oneself are followed by what one may do, of others they are not", async () => {
		const self = selfWith();
		const api = server("me").on(`POST ${grantPath("me", "home", "r2")}`, undefined);
		await (await open(api, self, "me")).give("r2", "home");
		expect(self.readings).toBe(1);
		const other = server().on(`POST ${grantPath("u1", "home", "r2")}`, undefined);
		await (await open(other, self)).give("r2", "home");
		expect(self.readings).toBe(1);
	});

	it("show a refusal and stay what they are", async () => {
		const api = server().on(`DELETE ${grantPath("u1", "home", "r1")}`, () => {
			throw refuse(409, "last.administrator");
		});
		const model = await open(api);
		expect(await model.take(own)).toBe(false);
		expect(model.taking.error.value?.code).toBe("last.administrator");
		expect(model.facts.value?.own).toHaveLength(1);
	});
});
