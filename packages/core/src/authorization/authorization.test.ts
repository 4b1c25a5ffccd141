import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedClient, seedUser } from "../oauth/seed.ts";
import { createGivers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";

let people: TestPeople;
let token: string;
let home: string;
let agentRoleId: string;
let user: User;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	const admin = (await seedClient(people, { name: "Admin", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
	token = (await people.oauth.issueToken({ clientId: admin.id })).accessToken;
	home = await people.authorization.homeDivisionId();
	agentRoleId = (await people.authorization.defaultRole("agent")).id;
});

afterAll(() => people.close());

beforeEach(async () => {
	const email = `u${++count}@x.example`;
	user = await seedUser(people, { name: `User ${count}`, email, password: "correct horse", roles: [] });
});

function call(method: string, path: string, body?: unknown) {
	return people.call(method, `/api/v2/${path}`, { token, ...(body === undefined ? {} : { body }) });
}

async function permissionsOf(id: string): Promise<string[]> {
	return (await people.authorization.grantsOf(id)).map((grant) => grant.permission);
}

test("whoever set somebody's roles and may not see them was told that they have none", async () => {
	const givers = await createGivers(people);
	const home = await people.authorization.homeDivisionId();
	const given = await givers.role("routing:queue:view");
	const one = await givers.person([
		[["authorization:grant:add"], home],
		[["routing:queue:view"], home],
	]);
	const other = await givers.person([[["routing:queue:view"], "*"]]);
	const [kept = { roleId: "" }] = await people.authorization.grants.own(other.user.id);
	const answer = await one.call("PUT", `users/${other.user.id}/roles`, [kept.roleId, given]);
	expect(
		answer
			.json()
			.roles.map(({ id }: { id: string }) => id)
			.sort(),
	).toEqual([kept.roleId, given].sort());
	expect(answer.json().permissions, "what else they hold is not told").toEqual([]);
});

test("a role that holds an unknown permission from before could not be saved any more", async () => {
	const old = await people.authorization.seedRole({ name: "Of before", description: "", permissions: ["a:b:c"] });
	const read = (await call("GET", `authorization/roles/${old.id}`)).json();
	const saved = await call("PUT", `authorization/roles/${old.id}`, { ...read, description: "As it was" });
	expect([saved.statusCode, saved.json().description]).toEqual([200, "As it was"]);
	const more = await call("PUT", `authorization/roles/${old.id}`, { name: old.name, permissions: ["a:b:d"] });
	expect([more.statusCode, more.json().code]).toEqual([400, "unknown.permission"]);
});

describe("roles", () => {
	test("are created from policies and flat permissions, read, changed and deleted", async () => {
		const policy = { domain: "routing", entityName: "queue", actionSet: ["view", "edit"], allowConditions: false };
		const made = await call("POST", "authorization/roles", {
			name: "Queue keepers",
			permissionPolicies: [policy],
			permissions: ["routing:queue:add"],
		});
		expect(made.statusCode).toBe(200);
		expect(made.json()).toMatchObject({
			permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view", "edit", "add"] }],
			userCount: 0,
			default: false,
		});
		const { id } = made.json();
		await people.authorization.grant(user.id, id, "*");
		expect((await call("GET", `authorization/roles/${id}`)).json().userCount).toBe(1);
		await call("PUT", `authorization/roles/${id}`, { name: "Queue keepers", permissionPolicies: [] });
		expect(await permissionsOf(user.id)).toEqual([]);
		expect((await call("DELETE", `authorization/roles/${id}`)).statusCode).toBe(204);
		expect((await call("GET", `authorization/roles/${id}`)).json().code).toBe("not.found");
		expect(await people.authorization.grants.own(user.id)).toEqual([]);
	});

	test("are listed by name and by permission, wildcards counted", async () => {
		const named = (await call("GET", "authorization/roles?name=master")).json();
		expect(named.entities.map((role: { name: string }) => role.name)).toEqual(["Master Admin"]);
		const able = (await call("GET", "authorization/roles?permission=oauth:client:add&pageSize=1")).json();
		expect([able.total, able.entities.length], "Master Admin and OAuth Administrator").toEqual([2, 1]);
	});

	test.each([
		[{ name: "" }, "invalid.value", 400],
		[{ name: "MASTER ADMIN" }, "resource.already.exists", 409],
		[{ name: "X", permissionPolicies: [{ domain: "a b", entityName: "x", actionSet: ["y"] }] }, "invalid.value", 400],
		[{ name: "X", permissionPolicies: [{ domain: "a", entityName: "x", actionSet: [] }] }, "invalid.value", 400],
		[{ name: "X", permissions: ["a:b"] }, "invalid.value", 400],
		[{ name: "X", permissions: ["group_creation"] }, "not.supported", 400],
		[{ name: "X", permissions: ["routing:queue:view", "a:b:c"] }, "unknown.permission", 400],
		[
			{
				name: "X",
				permissionPolicies: [{ domain: "a", entityName: "b", actionSet: ["c"], resourceConditionNode: {} }],
			},
			"invalid.value",
			400,
		],
	])("%j is refused", async (body, code, status) => {
		const answer = await call("POST", "authorization/roles", body);
		expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
		expect(answer.json().details[0].fieldName).toBeTruthy();
		expect(await people.authorization.roles.named("X")).toBeUndefined();
	});

	test("of the product stay", async () => {
		expect((await call("DELETE", `authorization/roles/${agentRoleId}`)).statusCode).toBe(400);
		expect((await call("GET", `authorization/roles/${agentRoleId}`)).json().defaultRoleId).toBe("agent");
	});

	test("the agent's one opens the embedded client and going on queue", async () => {
		await people.authorization.grant(user.id, agentRoleId, home);
		const { permissions } = await people.authorization.userAuthorization(user.id);
		expect(permissions).toContain("integration:customEmbeddableFramework:agent");
		expect(permissions).toContain("routing:agent:onqueue");
		expect(permissions).toContain("conversation:communication:blindTransfer");
		expect(permissions).not.toContain("oauth:client:add");
	});
});

describe("grants", () => {
	const path = (division: string, role = agentRoleId) =>
		`authorization/subjects/${user.id}/divisions/${division}/roles/${role}`;

	test("are given once, shown and taken away", async () => {
		expect((await call("POST", path(home))).statusCode).toBe(204);
		expect((await call("POST", path(home))).statusCode).toBe(204);
		const subject = (await call("GET", `authorization/subjects/${user.id}`)).json();
		expect(subject).toMatchObject({ id: user.id, name: user.name });
		expect(subject.grants).toHaveLength(1);
		expect(subject.grants[0]).toMatchObject({ division: { id: home, homeDivision: true }, role: { id: agentRoleId } });
		expect((await call("DELETE", path(home))).statusCode).toBe(204);
		expect(await permissionsOf(user.id)).toEqual([]);
		expect((await call("DELETE", path(home))).statusCode).toBe(404);
	});

	test("of unknown roles, divisions, subjects and types are refused", async () => {
		expect((await call("POST", path(home, "nothing"))).statusCode).toBe(404);
		expect((await call("POST", path("nowhere"))).statusCode).toBe(404);
		const nobody = `authorization/subjects/nobody/divisions/${home}/roles/${agentRoleId}`;
		expect((await call("POST", nobody)).statusCode).toBe(404);
		expect((await call("POST", `${path(home)}?subjectType=PC_GROUP`)).statusCode).toBe(404);
		expect((await call("POST", `${path(home)}?subjectType=PC_ROBOT`)).json().code).toBe("invalid.query.param.value");
		expect(await people.authorization.grants.own(user.id)).toEqual([]);
	});

	test("reach a user through a group, and leave with it", async () => {
		const group = (await call("POST", "groups", groupBody("Reachers"))).json();
		const grant = `authorization/subjects/${group.id}/divisions/*/roles/${agentRoleId}?subjectType=PC_GROUP`;
		expect((await call("POST", grant)).statusCode).toBe(204);
		expect(await permissionsOf(user.id)).toEqual([]);
		await call("POST", `groups/${group.id}/members`, { memberIds: [user.id], version: 1 });
		expect(await permissionsOf(user.id)).toContain("routing:agent:onqueue");
		expect((await call("GET", `users/${user.id}/roles`)).json().roles).toEqual([{ id: agentRoleId, name: "Agent" }]);
		await call("DELETE", `groups/${group.id}/members?ids=${user.id}`);
		expect(await permissionsOf(user.id)).toEqual([]);
		await call("POST", `groups/${group.id}/members`, { memberIds: [user.id] });
		await call("DELETE", `groups/${group.id}`);
		expect(await permissionsOf(user.id)).toEqual([]);
	});

	test("can be set as a list of roles, kept ones keeping their division", async () => {
		const roles = await people.authorization.roles.list();
		const employee = roles.find((role) => role.defaultRoleId === "employee")?.id ?? "";
		await people.authorization.grant(user.id, agentRoleId, "*");
		const answer = await call("PUT", `users/${user.id}/roles`, [agentRoleId, employee]);
		expect(
			answer
				.json()
				.roles.map((role: { id: string }) => role.id)
				.sort(),
		).toEqual([agentRoleId, employee].sort());
		const own = await people.authorization.grants.own(user.id);
		expect(own.find((grant) => grant.roleId === agentRoleId)?.divisionId).toBe("*");
		expect(own.find((grant) => grant.roleId === employee)?.divisionId).toBe(home);
		expect((await call("PUT", `users/${user.id}/roles`, ["nothing"])).statusCode).toBe(400);
		expect(await people.authorization.grants.own(user.id)).toHaveLength(2);
		await call("PUT", `users/${user.id}/roles`, []);
		expect(await people.authorization.grants.own(user.id)).toEqual([]);
	});

	test("in one division do not let their holder grant in another", async () => {
		const division = (
			await call("POST", "authorization/divisions", { name: `North ${count}`, description: "" })
		).json();
		const granters = { name: "Granters", description: "", permissions: ["authorization:grant:add"] };
		const role = await people.authorization.seedRole(granters);
		await people.authorization.grant(user.id, role.id, division.id);
		// Only what one holds can be given.
		await people.authorization.grant(user.id, agentRoleId, division.id);
		const client = await seedClient(people, {
			name: "Admin UI",
			grant: "CODE",
			redirectUris: ["https://a.example/"],
			scopes: ["authorization"],
		});
		const issued = await people.oauth.issueToken({ clientId: client.client.id, userId: user.id });
		const grantIn = (where: string) => people.call("POST", `/api/v2/${path(where)}`, { token: issued.accessToken });
		const refused = await grantIn(home);
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
		expect((await grantIn("*")).statusCode).toBe(403);
		expect((await grantIn(division.id)).statusCode).toBe(204);
	});
});

describe("divisions", () => {
	test("home is one of them and stays", async () => {
		const listing = (await call("GET", "authorization/divisions")).json();
		expect(listing.entities.filter((one: { homeDivision: boolean }) => one.homeDivision)).toHaveLength(1);
		expect((await call("GET", "authorization/divisions/home")).json().id).toBe(home);
		expect((await call("DELETE", `authorization/divisions/${home}`)).statusCode).toBe(400);
	});

	test("with users in them stay, empty ones go with their grants", async () => {
		const { id } = (await call("POST", "authorization/divisions", { name: "South", description: "warm" })).json();
		expect((await call("POST", "authorization/divisions", { name: "south" })).statusCode).toBe(409);
		const made = await people.users.create({ name: "S", email: "south@x.example", divisionId: id });
		await people.authorization.grant(user.id, agentRoleId, id);
		expect((await call("DELETE", `authorization/divisions/${id}`)).json().message).toContain("1 USER");
		await people.users.remove(made.id);
		expect((await call("DELETE", `authorization/divisions/${id}`)).statusCode).toBe(204);
		expect(await people.authorization.grants.own(user.id)).toEqual([]);
		expect((await call("GET", `authorization/divisions/${id}`)).json().code).toBe("not.found");
	});
});

test("the permission catalogue is listed by domain", async () => {
	const listing = (await call("GET", "authorization/permissions?pageSize=100")).json();
	const oauth = listing.entities.find((one: { domain: string }) => one.domain === "oauth");
	expect(oauth.permissionMap.client.map((one: { action: string }) => one.action)).toContain("add");
});

test("subjects/me tells the grants of a client too", async () => {
	const me = (await call("GET", "authorization/subjects/me")).json();
	expect(me.grants[0]).toMatchObject({ division: { id: "*" }, role: { name: "Master Admin" } });
});

function groupBody(name: string) {
	return { name, type: "official", visibility: "public", rulesVisible: true, rolesEnabled: true };
}
