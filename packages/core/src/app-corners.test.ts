import { bundledClientId } from "@inlay/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recoverAdministrator } from "./app-recover-admin.ts";
import { everything } from "./authorization/judge.ts";
import type { Role } from "./authorization/model.ts";
import { permissionsOf } from "./authorization/policies.ts";
import { bundledClient } from "./oauth/bundled-client.ts";
import { seedClient } from "./oauth/seed.ts";
import { createGivers, type Giver, type Givers } from "./test-support/givers.ts";
import { keptLog } from "./test-support/log-lines.ts";
import type { taking } from "./test-support/rights-of-routes.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";

const { log, lines } = keptLog();
let people: TestPeople;
let givers: Givers;
let masterAdmin: Role;
let admin: Giver;

beforeAll(async () => {
	people = await testPeople({ log });
	givers = await createGivers(people);
	await seedClient(people, bundledClient(people.kernel.config));
});
afterAll(() => people.close());

// Each test begins with one administrator, who is alone.
beforeEach(async () => {
	const { users } = await people.users.list({}, { pageSize: 500, pageNumber: 1 });
	for (const { id, state } of users) if (state !== "deleted") await people.users.remove(id);
	const { groups } = await people.users.groups.list({}, { pageSize: 500, pageNumber: 1 });
	for (const { id } of groups) await people.users.groups.remove("server", id);
	masterAdmin = await people.authorization.defaultRole("admin");
	admin = await givers.person([]);
	await people.authorization.grant(admin.user.id, masterAdmin.id, "*");
	await people.users.organization.updateSettings({ passwordsOff: false });
	await people.kernel.database.db.deleteFrom("identity_providers").execute();
	lines.length = 0;
});

interface Step {
	method: string;
	path: string;
	body?: object;
	/** 409 `last.administrator` when absent. */
	refusal?: string;
}
type Way = () => Step | Promise<Step>;

const userPath = () => `users/${admin.user.id}`;
const rolePath = () => `authorization/roles/${masterAdmin.id}`;
const clientPath = `oauth/clients/${bundledClientId}`;

/** A change of the client that signs everybody in. */
async function ofBundled(change: object): Promise<Step> {
	const { name, grantType, redirectUris, scopes, version } = await people.oauth.clients.get(bundledClientId);
	const kept = { name, authorizedGrantType: grantType, registeredRedirectUri: redirectUris, scope: scopes, version };
	return { method: "PUT", path: clientPath, body: { ...kept, ...change }, refusal: "bundled.client" };
}

/** A group by which alone the administrator is one. */
async function ruling(wanted: { memberIds?: string[]; ownerIds?: string[]; includeOwners?: boolean }) {
	const kind = { type: "official", visibility: "public", rulesVisible: true, rolesEnabled: true };
	const made = await people.users.groups.create("server", { name: `Admins ${admin.user.id}`, ...kind, ...wanted });
	await people.authorization.grant(made.id, masterAdmin.id, "*", "PC_GROUP");
	const own = { subjectId: admin.user.id, roleId: masterAdmin.id, divisionId: "*" };
	await people.authorization.grants.revoke("server", own);
	return made;
}

function atOnce(at: string): Step {
	const query = [{ type: "EXACT", fields: ["email"], value: admin.user.email }];
	return { method: "POST", path: `/api/inlay/v1/people/${at}`, body: { query } };
}

/** Operations beside those that say who gets in, and how. */
const deciding = [
	"patchOrganizationsAuthenticationSettings",
	"putInlaySigninMethods",
	"putInlayIdentityProvider",
	"deleteInlayIdentityProvider",
	"putIdentityprovider",
	"deleteIdentityprovider",
] as const;

/** Passwords let only administrators in, and this is the one provider for everybody else. */
async function onlyProvider(): Promise<string> {
	const made = await admin.call("POST", "/api/inlay/v1/identity-providers", {
		name: "only",
		enabled: true,
		oidc: { issuer: "https://login.example.com", clientId: "inlay" },
	});
	const passwords = { passwords: "administrators" };
	await admin.call("PUT", "/api/inlay/v1/sign-in-methods", passwords);
	return `/api/inlay/v1/identity-providers/${made.json().id}`;
}
const asPlatform = (path: string) => path.replace("/api/inlay/v1/identity-providers", "/api/v2/identityproviders");
const lastWay = "identity.provider.required";

/**
 * Every operation that takes rights, by which the one administrator could shut the door behind themselves; and those
 * beside them that decide who gets in. A string says why an operation cannot.
 */
const ways: Record<(typeof taking)[number] | (typeof deciding)[number], Record<string, Way> | string> = {
	patchUser: {
		"out of work": () => ({ method: "PATCH", path: userPath(), body: { version: 1, state: "inactive" } }),
		deleted: () => ({ method: "PATCH", path: userPath(), body: { version: 1, state: "deleted" } }),
	},
	deleteUser: { deleted: () => ({ method: "DELETE", path: userPath() }) },
	postInlayPeopleDeactivate: { "with everybody whom a search finds": () => atOnce("deactivate") },
	postInlayPeopleRoleTake: { "of everybody whom a search finds": () => atOnce(`roles/${masterAdmin.id}/take`) },
	postInlayPeopleGroupLeave: {
		"left it, likewise": async () => atOnce(`groups/${(await ruling({ memberIds: [admin.user.id] })).id}/leave`),
	},
	postInlayPeopleSignOut: "whoever is signed out signs in again",
	putUserRoles: { "no role": () => ({ method: "PUT", path: `${userPath()}/roles`, body: [] }) },
	deleteAuthorizationSubjectDivisionRole: {
		"the grant": () => ({
			method: "DELETE",
			path: `authorization/subjects/${admin.user.id}/divisions/*/roles/${masterAdmin.id}`,
		}),
	},
	putAuthorizationRoleUsersRemove: {
		"with others at once": () => ({
			method: "PUT",
			path: `${rolePath()}/users/remove`,
			body: [admin.user.id],
		}),
	},
	putAuthorizationRole: {
		emptied: () => ({ method: "PUT", path: rolePath(), body: { name: masterAdmin.name, permissions: [] } }),
		narrowed: () => ({
			method: "PUT",
			path: rolePath(),
			body: { name: masterAdmin.name, permissions: ["authorization:*:*", "oauth:*:*"] },
		}),
	},
	deleteAuthorizationRole: {
		"the product's own": () => ({ method: "DELETE", path: rolePath(), refusal: "bad.request" }),
		"one of one's own making": async () => {
			const id = await givers.role("*:*:*");
			await people.authorization.grant(admin.user.id, id, "*");
			await people.authorization.grants.revoke("server", {
				subjectId: admin.user.id,
				roleId: masterAdmin.id,
				divisionId: "*",
			});
			return { method: "DELETE", path: `authorization/roles/${id}` };
		},
	},
	deleteGroup: {
		"the group that rules": async () => {
			const { id } = await ruling({ memberIds: [admin.user.id] });
			return { method: "DELETE", path: `groups/${id}` };
		},
	},
	deleteGroupMembers: {
		"left it": async () => {
			const { id } = await ruling({ memberIds: [admin.user.id] });
			return { method: "DELETE", path: `groups/${id}/members?ids=${admin.user.id}` };
		},
	},
	putGroup: {
		"owns it no more": async () => {
			const { id } = await ruling({ ownerIds: [admin.user.id], includeOwners: true });
			return { method: "PUT", path: `groups/${id}`, body: { version: 1, ownerIds: [] } };
		},
	},
	putOauthClient: {
		disabled: () => ofBundled({ state: "inactive" }),
		"its scopes": () => ofBundled({ scope: [] }),
		"its addresses": () => ofBundled({ registeredRedirectUri: [] }),
		"its grant": () => ofBundled({ authorizedGrantType: "TOKEN" }),
		"its end": () => ofBundled({ dateToDelete: "2030-01-01T00:00:00Z" }),
	},
	deleteOauthClient: {
		deleted: () => ({ method: "DELETE", path: clientPath, refusal: "bundled.client" }),
	},
	patchOrganizationsAuthenticationSettings: {
		"an address list without one's own": () => ({
			method: "PATCH",
			path: "organizations/authentication/settings",
			body: { ipAddressAllowlist: ["203.0.113.0/24"] },
			refusal: "invalid.value",
		}),
	},
	putInlaySigninMethods: {
		"no passwords, and no provider": () => ({
			method: "PUT",
			path: "/api/inlay/v1/sign-in-methods",
			body: { passwords: "administrators" },
			refusal: lastWay,
		}),
	},
	putInlayIdentityProvider: {
		"the only one switched off while passwords are": async () => ({
			...{ method: "PUT", path: await onlyProvider(), body: { enabled: false }, refusal: lastWay },
		}),
		"the only one hidden while passwords are off": async () => ({
			...{ method: "PUT", path: await onlyProvider(), body: { shown: false }, refusal: lastWay },
		}),
	},
	deleteInlayIdentityProvider: {
		"the only one deleted while passwords are off": async () => ({
			...{ method: "DELETE", path: await onlyProvider(), refusal: lastWay },
		}),
	},
	putIdentityprovider: {
		"the only one switched off, as the platform has it": async () => ({
			...{ method: "PUT", path: asPlatform(await onlyProvider()), body: { disabled: true }, refusal: lastWay },
		}),
	},
	deleteIdentityprovider: {
		"the only one deleted, as the platform has it": async () => ({
			...{ method: "DELETE", path: asPlatform(await onlyProvider()), refusal: lastWay },
		}),
	},
	deleteAuthorizationDivision: "the administrator's grant holds in every division, and hangs on none",
	deleteInlayUserSession: "one signs in again",
	deleteToken: "one signs in again",
};

const all = Object.entries(ways).flatMap(([operation, by]) =>
	typeof by === "string" ? [] : Object.entries(by).map(([how, way]) => [operation, how, way] as const),
);

test.each(all)("the last administrator shut the door behind themselves: %s, %s", async (_operation, _how, way) => {
	const { method, path, body, refusal = "last.administrator" } = await way();
	const answer = await admin.call(method, path, body);
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([
		refusal === "last.administrator" ? 409 : 400,
		refusal,
	]);
	expect(answer.json().message.length).toBeGreaterThan(20);
	expect(await people.authorization.hasAdministrator()).toBe(true);
	expect((await people.oauth.clients.get(bundledClientId)).state).toBe("active");
});

describe("inlay recover-admin", () => {
	const recover = (change: object = {}) =>
		recoverAdministrator(people.kernel, people, {
			...{ user: admin.user.email, operator: "olga", removeSecondFactor: false, removeAddressList: false },
			create: false,
			...change,
		});

	async function administers(): Promise<boolean> {
		return (await givers.held(admin.user.id)).includes("*:*:*@*");
	}

	/** By hand in the database, as no operation lets anybody. */
	async function breakClient(): Promise<void> {
		await people.kernel.database.db
			.updateTable("oauth_clients")
			.set({ state: "inactive", scopes: JSON.stringify(["users"]), grant_type: "TOKEN" })
			.where("id", "=", bundledClientId)
			.execute();
	}

	test("everything was broken at once: role emptied, grant gone, account out of work, client disabled", async () => {
		await people.authorization.roles.update("server", masterAdmin.id, { name: masterAdmin.name, permissions: [] });
		const own = { subjectId: admin.user.id, roleId: masterAdmin.id, divisionId: "*" };
		await people.authorization.grants.revoke("server", own);
		await people.users.update(admin.user.id, { state: "inactive" });
		await breakClient();
		expect(await people.authorization.hasAdministrator()).toBe(false);
		const done = await recover();
		expect(done).toMatchObject({ mended: ["role", "grant", "client"], activated: true, onlyFrom: [] });
		expect(await administers()).toBe(true);
		expect(await people.authorization.hasAdministrator()).toBe(true);
		expect(permissionsOf((await people.authorization.defaultRole("admin")).policies)).toEqual([everything]);
		const { scopes } = bundledClient(people.kernel.config);
		const client = await people.oauth.clients.get(bundledClientId);
		expect(client).toMatchObject({ state: "active", grantType: "CODE", scopes: expect.arrayContaining(scopes) });
		expect((await people.users.verifyPassword(admin.user.email, done.password))?.id).toBe(admin.user.id);
	});

	test("a role that was emptied by hand in the database was taken for whole by a server that remembered it", async () => {
		await people.authorization.roles.list();
		const { db } = people.kernel.database;
		await db
			.updateTable("roles")
			.set({ policies: JSON.stringify([]) })
			.where("id", "=", masterAdmin.id)
			.execute();
		expect((await recover()).mended).toEqual(["role"]);
		expect(await administers()).toBe(true);
	});

	test("the role itself had gone", async () => {
		const { db } = people.kernel.database;
		await db.deleteFrom("grants").where("role_id", "=", masterAdmin.id).execute();
		await db.deleteFrom("roles").where("id", "=", masterAdmin.id).execute();
		expect((await recover()).mended).toEqual(["role", "grant"]);
		expect(await administers()).toBe(true);
	});

	test("a server that was killed between two of its steps had given rights that nobody could read of", async () => {
		const { db } = people.kernel.database;
		await db
			.updateTable("roles")
			.set({ policies: JSON.stringify([]) })
			.where("id", "=", masterAdmin.id)
			.execute();
		await people.authorization.grants.revoke("server", {
			subjectId: admin.user.id,
			roleId: masterAdmin.id,
			divisionId: "*",
		});
		await recover();
		const told = (await people.kernel.told()).map(({ type, data }) => [type, data]);
		const at = told.findLastIndex(([type]) => type === "administrator.recovered");
		expect(told[at]?.[1]).toEqual({ operator: "olga", mended: ["role", "grant"] });
		expect(told.slice(at + 1).map(([type]) => type)).toEqual(["role.changed", "grant.added"]);
	});

	test("an account was to be made of what is no address, and that was called a defect of the server", async () => {
		const failing = recover({ user: "olga", create: true });
		await expect(failing).rejects.toMatchObject({ code: "config.invalid", sentence: expect.stringContaining("olga") });
	});

	test("what is whole stays, and is told so", async () => {
		const { version } = masterAdmin;
		expect((await recover()).mended).toEqual([]);
		expect((await people.authorization.defaultRole("admin")).version).toBe(version);
	});

	test("nobody was let in from where they are, or nobody had an account any more", async () => {
		await people.users.organization.updateSettings({ ipAddressAllowlist: ["203.0.113.0/24"] });
		expect(await recover()).toMatchObject({ mended: [], onlyFrom: ["203.0.113.0/24"] });
		expect(await recover({ removeAddressList: true })).toMatchObject({ mended: ["addressList"], onlyFrom: [] });
		await expect(recover({ user: "new@givers.example" })).rejects.toMatchObject({ code: "user.notFound" });
		const made = await recover({ user: "new@givers.example", create: true });
		expect(made).toMatchObject({ username: "new@givers.example", mended: ["account", "grant"] });
		expect(await people.users.verifyPassword(made.username, made.password)).toBeDefined();
	});

	test("nobody saw that the operator had done it, or the password stood in a log", async () => {
		const { password } = await recover();
		const told = (await people.kernel.told()).filter(({ entityId }) => entityId === admin.user.id);
		expect(told.map(({ type, data }) => [type, data])).toContainEqual([
			"administrator.recovered",
			{ operator: "olga", mended: [] },
		]);
		expect(lines).toContainEqual(expect.objectContaining({ event: "administrator.recovered", operator: "olga" }));
		expect(JSON.stringify([told, lines])).not.toContain(password);
	});
});
