import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let masterAdmin: { id: string; name: string };
let admin: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	masterAdmin = await people.authorization.defaultRole("admin");
});

afterAll(() => people.close());

// Each test begins with one administrator: those of the test before go, which the server itself may do.
beforeEach(async () => {
	const all = (await people.users.list({}, { pageSize: 500, pageNumber: 1 })).users;
	for (const { id, state } of all) if (state !== "deleted") await people.users.remove(id);
	const groups = await people.users.groups.list({}, { pageSize: 500, pageNumber: 1 });
	for (const { id } of groups.groups) await people.users.groups.remove("server", id);
	admin = await givers.person([]);
});

type Answer = Awaited<ReturnType<Giver["call"]>>;
type Way = (one: Giver, last: Giver) => Promise<{ method: string; path: string; body?: unknown }>;

const rolePath = () => `authorization/roles/${masterAdmin.id}`;
const grantPath = (id: string) => `authorization/subjects/${id}/divisions/*/roles/${masterAdmin.id}`;
const makeAdmin = (id: string, type: "PC_USER" | "PC_GROUP" = "PC_USER") =>
	people.authorization.grant(id, masterAdmin.id, "*", type);

function expectRefused(answer: Answer, status: number, code: string): void {
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([status, code]);
}

async function group(wanted: { memberIds?: string[]; ownerIds?: string[]; includeOwners?: boolean }) {
	const rest = { name: `Admins ${admin.user.id}`, type: "official", visibility: "public", rulesVisible: true };
	const made = await people.users.groups.create("server", { ...rest, rolesEnabled: true, ...wanted });
	await makeAdmin(made.id, "PC_GROUP");
	return made;
}

async function withoutPassword(userId: string): Promise<void> {
	await people.kernel.database.db
		.updateTable("credentials")
		.set({ password_hash: null })
		.where("user_id", "=", userId)
		.execute();
}

async function holdsEverything(): Promise<boolean> {
	return (await givers.held(admin.user.id)).includes("*:*:*@*");
}

/** How somebody's own administration ends, by each thing that it can hang on. */
const own: Record<string, Way> = {
	"emptied the role Master Admin": async () => ({
		method: "PUT",
		path: rolePath(),
		body: { name: masterAdmin.name, permissions: ["directory:user:view"] },
	}),
	"set the last administrator inactive": async (_one, { user }) => ({
		method: "PATCH",
		path: `users/${user.id}`,
		body: { version: 1, state: "inactive" },
	}),
	"set the last administrator deleted": async (_one, { user }) => ({
		method: "PATCH",
		path: `users/${user.id}`,
		body: { version: 1, state: "deleted" },
	}),
	"deleted the last administrator": async (_one, { user }) => ({ method: "DELETE", path: `users/${user.id}` }),
	"revoked the last grant of Master Admin": async (_one, { user }) => ({ method: "DELETE", path: grantPath(user.id) }),
	"set the last administrator's roles to none": async (_one, { user }) => ({
		method: "PUT",
		path: `users/${user.id}/roles`,
		body: [],
	}),
};

const small = [
	"authorization:role:edit",
	"authorization:role:delete",
	"authorization:grant:add",
	"authorization:grant:delete",
	"directory:user:edit",
	"directory:user:delete",
	"directory:group:edit",
	"directory:group:delete",
];

describe("what went wrong: one small permission removed the last administrator for good", () => {
	test.each(Object.entries(own))("it %s", async (_what, way) => {
		await makeAdmin(admin.user.id);
		const one = await givers.person([[small, "*"]]);
		const { method, path, body } = await way(one, admin);
		expectRefused(await one.call(method, path, body), 403, "missing.division.permission");
		expect(await holdsEverything()).toBe(true);
		expect((await people.users.get(admin.user.id)).state).toBe("active");
	});

	test.each(Object.entries(own))("the last administrator %s, all alone", async (_what, way) => {
		await makeAdmin(admin.user.id);
		// Neither who is out of work nor a program can give the organization back.
		const away = await givers.person([]);
		await makeAdmin(away.user.id);
		await people.users.update(away.user.id, { state: "inactive" });
		// Nor who has no password: nobody can sign in as them.
		const unborn = await givers.person([]);
		await makeAdmin(unborn.user.id);
		await withoutPassword(unborn.user.id);
		const { method, path, body } = await way(admin, admin);
		const answer = await admin.call(method, path, body);
		expectRefused(answer, 409, "last.administrator");
		expect(answer.json().message).toContain("an active user who has a password");
		expect(await holdsEverything()).toBe(true);
		expect((await people.users.get(admin.user.id)).state).toBe("active");
	});

	test("the console asked for a press that was refused then: the role that all hangs on is told before", async () => {
		const path = (id: string) => `/api/inlay/v1/roles/${masterAdmin.id}/holders/${id}`;
		const looker = await givers.person([[["authorization:grant:view"], "*"]]);
		const hangsOn = async (id: string) => (await looker.call("GET", path(id))).json();
		await makeAdmin(admin.user.id);
		expect(await hangsOn(admin.user.id)).toEqual({ isLastAdministrator: true });
		const away = await givers.person([]);
		await makeAdmin(away.user.id);
		await withoutPassword(away.user.id);
		expect(await hangsOn(away.user.id), "nothing hangs on who cannot sign in").toEqual({ isLastAdministrator: false });
		expect(await hangsOn(admin.user.id)).toEqual({ isLastAdministrator: true });
		const { id } = await group({ memberIds: [(await givers.person([])).user.id] });
		expect(await hangsOn(admin.user.id), "a group does it as well").toEqual({ isLastAdministrator: false });
		await people.authorization.grants.revoke("server", {
			subjectId: admin.user.id,
			roleId: masterAdmin.id,
			divisionId: "*",
		});
		expect(await hangsOn(id), "then all hangs on it").toEqual({ isLastAdministrator: true });
	});

	test.each(Object.entries(own).slice(1))(
		"with a second one, an administrator %s: that stays allowed",
		async (_w, way) => {
			await makeAdmin(admin.user.id);
			await makeAdmin((await givers.person([])).user.id);
			const { method, path, body } = await way(admin, admin);
			expect((await admin.call(method, path, body)).statusCode).toBeLessThan(300);
		},
	);

	test("a group gave the last administrator their rights, and was left, disowned or deleted", async () => {
		const id = admin.user.id;
		const made = await group({ memberIds: [id] });
		expectRefused(await admin.call("DELETE", `groups/${made.id}/members?ids=${id}`), 409, "last.administrator");
		expectRefused(await admin.call("DELETE", `groups/${made.id}`), 409, "last.administrator");
		expectRefused(await admin.call("DELETE", grantPath(made.id)), 409, "last.administrator");
		expect(await holdsEverything()).toBe(true);
	});

	test("an owner was the last administrator, and the group let its owners go", async () => {
		const made = await group({ ownerIds: [admin.user.id], includeOwners: true });
		for (const change of [{ includeOwners: false }, { ownerIds: [] }]) {
			const body = { version: 1, ...change };
			expectRefused(await admin.call("PUT", `groups/${made.id}`, body), 409, "last.administrator");
		}
		expect(await holdsEverything()).toBe(true);
	});

	test("a role of one's own making allowed everything, and was emptied or deleted", async () => {
		const role = await givers.role("*:*:*");
		await people.authorization.grant(admin.user.id, role, "*");
		const path = `authorization/roles/${role}`;
		const body = { name: `Emptied ${role}`, permissions: [] };
		expectRefused(await admin.call("PUT", path, body), 409, "last.administrator");
		expectRefused(await admin.call("DELETE", path), 409, "last.administrator");
		expect(await holdsEverything()).toBe(true);
	});

	test("two administrators took each other's rights at once", async () => {
		await makeAdmin(admin.user.id);
		const other = await givers.person([]);
		await makeAdmin(other.user.id);
		const answers = await Promise.all([
			admin.call("PATCH", `users/${other.user.id}`, { version: 1, state: "inactive" }),
			other.call("PATCH", `users/${admin.user.id}`, { version: 1, state: "inactive" }),
		]);
		const done = answers.filter((answer) => answer.statusCode === 200);
		expect(done, answers.map((answer) => answer.body).join()).toHaveLength(1);
	});

	test("nobody held Master Admin, and its policies were changed by who does not have it all", async () => {
		const one = await givers.person([[["authorization:role:edit"], "*"]]);
		for (const permissions of [[], ["*:*:*", "authorization:role:edit"]]) {
			const answer = await one.call("PUT", rolePath(), { name: masterAdmin.name, permissions });
			if (permissions.length === 0) expectRefused(answer, 403, "missing.division.permission");
			else expect(answer.statusCode).toBe(200);
		}
	});
});

describe("what went wrong: the owner of a group that holds roles", () => {
	test("made themselves that with directory:group:edit alone", async () => {
		const made = await group({});
		const one = await givers.person([[["directory:group:edit"], "*"]]);
		const body = { version: 1, ownerIds: [one.user.id] };
		expectRefused(await one.call("PUT", `groups/${made.id}`, body), 403, "missing.division.permission");
		expect((await people.users.groups.get(made.id)).ownerIds).toEqual([]);
	});

	test("removed its members without being judged", async () => {
		await makeAdmin(admin.user.id);
		const [owner, member] = [await givers.person([]), await givers.person([])];
		const made = await group({ ownerIds: [owner.user.id], memberIds: [member.user.id] });
		const path = `groups/${made.id}/members?ids=${member.user.id}`;
		expectRefused(await owner.call("DELETE", path), 403, "missing.division.permission");
		expect(await people.users.groups.memberIds(made.id)).toEqual([member.user.id]);
		expect((await admin.call("DELETE", path)).statusCode).toBe(202);
	});
});
