import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let north: string;
let south: string;
let home: string;
let adminRole: string;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	home = await people.authorization.homeDivisionId();
	adminRole = (await people.authorization.defaultRole("admin")).id;
});

afterAll(() => people.close());

beforeEach(async () => {
	[north, south] = [await givers.division(), await givers.division()];
});

const clientOf = (roleId: string, divisionId: string) => ({
	name: "Robot",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId, divisionId }],
});

async function expectRefused(answer: Awaited<ReturnType<TestPeople["call"]>>, code: string): Promise<void> {
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([code === "bad.client.role" ? 400 : 403, code]);
}

describe("what went wrong", () => {
	test("with oauth:client:add alone one made a Master Admin client and was administrator by its token", async () => {
		const one = await givers.person([[["oauth:client:add"], "*"]]);
		const before = (await people.oauth.clients.list()).length;
		const refused = await one.call("POST", "oauth/clients", clientOf(adminRole, "*"));
		await expectRefused(refused, "bad.client.role");
		expect(refused.json().details[0].fieldName).toBe("roleDivisions");
		expect(await people.oauth.clients.list()).toHaveLength(before);
	});

	test("with oauth:client:edit alone one renewed the secret of a client that held more", async () => {
		const { client } = await people.oauth.clients.create("server", clientOf(adminRole, "*"));
		const one = await givers.person([[["oauth:client:edit", "oauth:client:view"], "*"]]);
		await expectRefused(await one.call("POST", `oauth/clients/${client.id}/secret`), "bad.client.role");
		expect((await people.oauth.clients.get(client.id)).secretHash).toBe(client.secretHash);
	});

	test("with authorization:grant:add in one division one gave oneself everything by PUT users/{self}/roles", async () => {
		const one = await givers.person([[["authorization:grant:add"], home]]);
		const own = await people.authorization.grants.own(one.user.id);
		const roles = [...own.map((grant) => grant.roleId), adminRole];
		await expectRefused(await one.call("PUT", `users/${one.user.id}/roles`, roles), "missing.division.permission");
		expect(await givers.held(one.user.id)).toEqual([`authorization:grant:add@${home}`]);
	});

	test("with authorization:role:edit one took one's own role from 1 permission to 285", async () => {
		const one = await givers.person([[["authorization:role:edit"], home]]);
		const [own] = await people.authorization.grants.own(one.user.id);
		const role = await people.authorization.roles.get(own?.roleId ?? "");
		const body = { name: role.name, permissions: ["*:*:*"] };
		await expectRefused(await one.call("PUT", `authorization/roles/${role.id}`, body), "missing.division.permission");
		expect(await givers.held(one.user.id)).toEqual([`authorization:role:edit@${home}`]);
	});

	test("a division's administrator signed out people of another division", async () => {
		const one = await givers.person([[["oauth:token:delete"], north]], north);
		const [own, other] = [await givers.person([], north), await givers.person([], south)];
		await expectRefused(await one.call("DELETE", `tokens/${other.user.id}`), "missing.division.permission");
		expect((await other.call("GET", "users/me")).statusCode).toBe(200);
		expect((await one.call("DELETE", `tokens/${own.user.id}`)).statusCode).toBe(204);
		expect((await own.call("GET", "users/me")).statusCode).toBe(401);
	});
});

describe("a role's wildcard", () => {
	test("is given only by who holds one as wide", async () => {
		const wide = await givers.role("oauth:*:*");
		const one = await givers.person([[["authorization:grant:add", "oauth:*:*"], north]]);
		const receiver = await givers.person([]);
		const path = (role: string, where: string) =>
			`authorization/subjects/${receiver.user.id}/divisions/${where}/roles/${role}`;
		expect((await one.call("POST", path(wide, north))).statusCode).toBe(204);
		await expectRefused(await one.call("POST", path(wide, south)), "missing.division.permission");
		await expectRefused(await one.call("POST", path(wide, "*")), "missing.division.permission");
		await expectRefused(await one.call("POST", path(adminRole, north)), "missing.division.permission");
		expect(await givers.held(receiver.user.id)).toEqual([`oauth:*:*@${north}`]);
	});
});

describe("a role that somebody holds", () => {
	test("is changed only by who may do so everywhere, and widened by who holds what is added wherever it is held", async () => {
		const role = await givers.role("routing:queue:view");
		const [inNorth, inSouth] = [await givers.person([]), await givers.person([])];
		await people.authorization.grant(inNorth.user.id, role, north);
		const changing = ["authorization:role:edit", "authorization:role:delete"];
		const queues = ["routing:queue:view", "routing:queue:edit", "routing:queue:add"];
		const ofNorth = await givers.person([[[...changing, ...queues], north]]);
		const one = await givers.person([
			[changing, "*"],
			[queues, north],
		]);
		const { name } = await people.authorization.roles.get(role);
		const path = `authorization/roles/${role}`;
		const more = { name, permissions: ["routing:queue:view", "routing:queue:edit"] };
		await expectRefused(await ofNorth.call("PUT", path, more), "missing.division.permission");
		expect((await one.call("PUT", path, more)).statusCode).toBe(200);
		await people.authorization.grant(inSouth.user.id, role, south);
		const wider = { name, permissions: queues };
		await expectRefused(await one.call("PUT", path, wider), "missing.division.permission");
		// Giving, taking, renaming and deleting: all of them reach the south.
		for (const body of [wider, { name, permissions: [] }, { name: "New" }]) {
			await expectRefused(await ofNorth.call("PUT", path, body), "missing.division.permission");
		}
		await expectRefused(await ofNorth.call("DELETE", path), "missing.division.permission");
		expect(await givers.held(inSouth.user.id)).toEqual([`routing:queue:edit@${south}`, `routing:queue:view@${south}`]);
	});

	test("that nobody holds may allow anything: granting it is what is judged", async () => {
		const one = await givers.person([
			[["authorization:role:add"], "*"],
			[["authorization:grant:add"], north],
		]);
		const made = await one.call("POST", "authorization/roles", { name: `Wide ${north}`, permissions: ["*:*:*"] });
		expect(made.statusCode).toBe(200);
		const path = `authorization/subjects/${one.user.id}/divisions/${north}/roles/${made.json().id}`;
		await expectRefused(await one.call("POST", path), "missing.division.permission");
	});
});

describe("taking away", () => {
	test("a grant, a user's roles and a group needs its permission where it is held", async () => {
		const role = await givers.role("routing:queue:view");
		const holder = await givers.person([]);
		await people.authorization.grant(holder.user.id, role, south);
		const rights = [
			"authorization:grant:add",
			"authorization:grant:delete",
			"directory:group:edit",
			"directory:group:delete",
		];
		const one = await givers.person([[rights, north]]);
		const grant = `authorization/subjects/${holder.user.id}/divisions/${south}/roles/${role}`;
		await expectRefused(await one.call("DELETE", grant), "missing.division.permission");
		await expectRefused(await one.call("PUT", `users/${holder.user.id}/roles`, []), "missing.division.permission");
		const group = await people.users.groups.create("server", groupBody(`South ${south}`, [holder.user.id]));
		await people.authorization.grant(group.id, role, south, "PC_GROUP");
		const members = `groups/${group.id}/members?ids=${holder.user.id}`;
		await expectRefused(await one.call("DELETE", members), "missing.division.permission");
		await expectRefused(await one.call("DELETE", `groups/${group.id}`), "missing.division.permission");
		expect(await givers.held(holder.user.id)).toEqual([`routing:queue:view@${south}`]);
		expect(await people.users.groups.memberIds(group.id)).toEqual([holder.user.id]);
	});

	test("a client's use, roles and life needs its permission where it holds them", async () => {
		const role = await givers.role("routing:queue:view");
		const { client } = await people.oauth.clients.create("server", clientOf(role, south));
		const one = await givers.person([[["oauth:client:edit", "oauth:client:delete", "routing:queue:view"], north]]);
		const path = `oauth/clients/${client.id}`;
		const body = { name: "Robot", authorizedGrantType: "CLIENT-CREDENTIALS" };
		await expectRefused(await one.call("PUT", path, { ...body, state: "inactive" }), "missing.division.permission");
		const elsewhere = [{ roleId: role, divisionId: north }];
		await expectRefused(
			await one.call("PUT", path, { ...body, roleDivisions: elsewhere }),
			"missing.division.permission",
		);
		expect(await people.oauth.clients.roles(client.id)).toEqual([{ roleId: role, divisionId: south }]);
		await people.oauth.clients.update("server", client.id, { ...body, state: "inactive" });
		await expectRefused(await one.call("DELETE", path), "missing.division.permission");
		expect((await one.call("PUT", path, { ...body, name: "Renamed" })).statusCode).toBe(200);
	});
});

describe("a client that is out of use", () => {
	test("comes into use by who holds what it holds", async () => {
		const { client } = await people.oauth.clients.create("server", clientOf(adminRole, "*"));
		const body = { name: "Robot", authorizedGrantType: "CLIENT-CREDENTIALS" };
		await people.oauth.clients.update("server", client.id, { ...body, state: "disabled" });
		const one = await givers.person([[["oauth:client:edit"], "*"]]);
		for (const change of [{ state: "active" }, { registeredRedirectUri: ["https://evil.example/"] }]) {
			await expectRefused(
				await one.call("PUT", `oauth/clients/${client.id}`, { ...body, ...change }),
				"bad.client.role",
			);
		}
		expect(await people.oauth.clients.get(client.id)).toMatchObject({ state: "disabled", redirectUris: [] });
	});
});

describe("another person", () => {
	test("is taken over only by who holds all that they hold, their groups' rights included", async () => {
		const role = await givers.role("oauth:client:add");
		const victim = await givers.person([]);
		const group = await people.users.groups.create("server", groupBody(`Holders ${north}`, [victim.user.id]));
		await people.authorization.grant(group.id, role, "*", "PC_GROUP");
		const one = await givers.person([[["directory:user:setPassword", "directory:user:edit"], home]]);
		const path = `users/${victim.user.id}`;
		const version = { version: victim.user.version };
		await expectRefused(
			await one.call("POST", `${path}/password`, { newPassword: "mine from now on" }),
			"missing.division.permission",
		);
		for (const change of [{ username: "mine@x.example" }, { email: "mine@x.example" }]) {
			await expectRefused(await one.call("PATCH", path, { ...version, ...change }), "missing.division.permission");
		}
		await expectRefused(
			await one.call("PATCH", path, { ...version, state: "inactive" }),
			"missing.division.permission",
		);
		await people.users.update(victim.user.id, { state: "inactive" });
		await expectRefused(await one.call("PATCH", path, { version: 2, state: "active" }), "missing.division.permission");
		expect(await people.users.get(victim.user.id)).toMatchObject({ state: "inactive", username: victim.user.username });
		expect((await one.call("PATCH", path, { version: 2, title: "Away" })).statusCode).toBe(200);
		await people.authorization.grant(one.user.id, role, "*");
		expect((await one.call("PATCH", path, { version: 3, state: "active" })).statusCode).toBe(200);
		expect((await one.call("POST", `${path}/password`, { newPassword: "a new one for you" })).statusCode).toBe(204);
	});

	test("joins a group only through who holds what the group holds, its owner too", async () => {
		const role = await givers.role("oauth:client:add");
		const [owner, editor, joining] = [
			await givers.person([]),
			await givers.person([[["directory:group:edit"], "*"]]),
			await givers.person([]),
		];
		const group = await people.users.groups.create("server", {
			...groupBody(`Keys ${north}`, []),
			ownerIds: [owner.user.id],
		});
		await people.authorization.grant(group.id, role, north, "PC_GROUP");
		for (const one of [owner, editor]) {
			const body = { memberIds: [one.user.id, joining.user.id] };
			await expectRefused(await one.call("POST", `groups/${group.id}/members`, body), "missing.division.permission");
		}
		for (const change of [{ includeOwners: true }, { ownerIds: [editor.user.id], includeOwners: true }]) {
			const body = { version: 1, ...change };
			await expectRefused(await editor.call("PUT", `groups/${group.id}`, body), "missing.division.permission");
		}
		expect(await people.users.groups.memberIds(group.id)).toEqual([]);
		expect((await people.users.groups.get(group.id)).version).toBe(1);
		await people.authorization.grant(editor.user.id, role, north);
		expect((await editor.call("POST", `groups/${group.id}/members`, { memberIds: [joining.user.id] })).statusCode).toBe(
			202,
		);
		expect(await givers.held(joining.user.id)).toEqual([`oauth:client:add@${north}`]);
	});
});

describe("two requests at once", () => {
	test("do not get round the check: what was taken away meanwhile is not given on", async () => {
		for (let round = 0; round < 8; round++) {
			const role = await givers.role("routing:queue:view");
			const [one, receiver] = [await givers.person([[["authorization:grant:add"], north]]), await givers.person([])];
			await people.authorization.grant(one.user.id, role, north);
			const revoke = { subjectId: one.user.id, roleId: role, divisionId: north };
			const path = `authorization/subjects/${receiver.user.id}/divisions/${north}/roles/${role}`;
			const [, answer] = await Promise.all([
				people.authorization.grants.revoke("server", revoke),
				one.call("POST", path),
			]);
			const events = await people.kernel.told();
			const about = events.filter((event) => (event.data as { roleId?: string } | null)?.roleId === role);
			const types = about.map((event) => `${event.type} ${event.entityId === one.user.id ? "one" : "receiver"}`);
			const given = answer.statusCode === 204;
			expect(types).toEqual(
				given
					? ["grant.added one", "grant.added receiver", "grant.removed one"]
					: ["grant.added one", "grant.removed one"],
			);
		}
	});

	test("cannot grow a role while it is handed out", async () => {
		const role = await givers.role("routing:queue:view");
		const { name } = await people.authorization.roles.get(role);
		const editor = await givers.person([
			[["authorization:role:edit", "routing:queue:view", "oauth:client:add"], north],
		]);
		const granter = await givers.person([[["authorization:grant:add", "routing:queue:view"], south]]);
		const receiver = await givers.person([]);
		const [edited, granted] = await Promise.all([
			editor.call("PUT", `authorization/roles/${role}`, {
				name,
				permissions: ["routing:queue:view", "oauth:client:add"],
			}),
			granter.call("POST", `authorization/subjects/${receiver.user.id}/divisions/${south}/roles/${role}`),
		]);
		// Whichever came first, the other one met it: nobody who holds oauth:client:add in the south has given it there.
		expect([edited.statusCode, granted.statusCode].sort()).toEqual(edited.statusCode === 200 ? [200, 403] : [204, 403]);
		expect((await givers.held(receiver.user.id)).filter((one) => one.startsWith("oauth"))).toEqual([]);
	});
});

describe("what others hold", () => {
	test("is told where one may view grants", async () => {
		const [inNorth, inSouth, everywhere] = [
			await givers.role("routing:queue:view"),
			await givers.role("routing:queue:edit"),
			await givers.role("routing:queue:add"),
		];
		const holder = await givers.person([]);
		await people.authorization.grant(holder.user.id, inNorth, north);
		await people.authorization.grant(holder.user.id, inSouth, south);
		await people.authorization.grant(holder.user.id, everywhere, "*");
		const viewer = await givers.person([[["authorization:grant:view"], north]]);
		const { grants } = (await viewer.call("GET", `authorization/subjects/${holder.user.id}`)).json();
		expect(grants.map((grant: { role: { id: string } }) => grant.role.id).sort()).toEqual([inNorth, everywhere].sort());
		const { permissions } = (await viewer.call("GET", `users/${holder.user.id}/roles`)).json();
		expect(permissions).toEqual(["routing:queue:add", "routing:queue:view"]);
		const seen = (await viewer.call("GET", `users/${holder.user.id}?expand=authorization`)).json();
		expect(seen.authorization.permissions).toEqual(["routing:queue:add", "routing:queue:view"]);
		const own = (await holder.call("GET", "users/me?expand=authorization")).json();
		expect(own.authorization.permissions).toHaveLength(3);
	});

	test("is not told by expand=authorization to those who may view no grants", async () => {
		const [nosy, holder] = [await givers.person([]), await givers.person([[["oauth:client:add"], "*"]])];
		const seen = (await nosy.call("GET", `users/${holder.user.id}?expand=authorization`)).json();
		expect(seen).toMatchObject({ id: holder.user.id });
		expect(seen).not.toHaveProperty("authorization");
	});
});

function groupBody(name: string, memberIds: string[]) {
	return { name, type: "official", visibility: "public", rulesVisible: true, rolesEnabled: true, memberIds };
}
