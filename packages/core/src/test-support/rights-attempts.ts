import { identityStore } from "../sso/identities-store.ts";
import type { Givers } from "./givers.ts";
import type { giving, taking } from "./rights-of-routes.ts";
import type { TestPeople } from "./test-people.ts";

/** A request that gives, or takes, `scene.role` in `scene.where`. */
export interface Attempt {
	method: string;
	path: string;
	body?: unknown;
	/** What the operation itself asks for, without the rights that it would give. */
	needs: readonly string[];
	/** The platform's code for the refusal; a missing division permission unless said otherwise. */
	code?: "bad.client.role";
}

/** What an attempt is made on; a fresh one for each. */
export interface Scene {
	people: TestPeople;
	givers: Givers;
	/** A division: new roles of users hold in the home division, so it is that one. */
	where: string;
	/** A role that allows {@link given}. */
	role: string;
	count: number;
}

/** The permission that the attempts would give. */
export const given = "oauth:client:authorize";

type Make = (scene: Scene) => Promise<Attempt>;

let robots = 0;
/** No two clients have one name. */
const robot = () => ({ name: `Robot ${++robots}`, authorizedGrantType: "CLIENT-CREDENTIALS" });
const editsClients = ["oauth:client:edit"];
const editsUsers = ["directory:user:edit"];
const editsGroups = ["directory:group:edit"];

/** Every way in which each giving operation can give. */
export const givingAttempts: Record<(typeof giving)[number], Record<string, Make>> = {
	postAuthorizationSubjectDivisionRole: {
		"a role to a user": async (scene) => {
			const { user } = await scene.givers.person([]);
			return { method: "POST", path: grantPath(scene, user.id), needs: ["authorization:grant:add"] };
		},
		"a role to a group": async (scene) => {
			const group = await groupWith(scene, { holds: false });
			const path = `${grantPath(scene, group.id)}?subjectType=PC_GROUP`;
			return { method: "POST", path, needs: ["authorization:grant:add"] };
		},
		"a role to a client": async (scene) => {
			const { client } = await scene.people.oauth.clients.create("server", { ...robot(), authorizedGrantType: "CODE" });
			const path = `${grantPath(scene, client.id)}?subjectType=PC_OAUTH_CLIENT`;
			return { method: "POST", path, needs: ["authorization:grant:add"] };
		},
	},
	postAuthorizationRole: {
		"a role to several": async (scene) => {
			const { user } = await scene.givers.person([]);
			const body = { subjectIds: [user.id], divisionIds: [scene.where] };
			return { method: "POST", path: `authorization/roles/${scene.role}`, body, needs: ["authorization:grant:add"] };
		},
	},
	postInlayUsersImport: {
		"a role to who is imported": async (scene) => ({
			...imported(scene, { roles: [scene.role] }),
			needs: ["directory:user:add", "authorization:grant:add"],
		}),
		"membership of a group to who is imported": async (scene) => {
			const { name } = await groupWith(scene, { holds: true });
			return { ...imported(scene, { groups: [name] }), needs: ["directory:user:add", ...editsGroups] };
		},
	},
	postInlayPeopleRoleGive: {
		"a role to everybody whom a search finds": async (scene) => {
			const { user } = await scene.givers.person([]);
			const at = `roles/${scene.role}/divisions/${scene.where}/give`;
			return atOnce(at, user, ["authorization:grant:add"]);
		},
	},
	postInlayPeopleGroupJoin: {
		"membership of a group, likewise": async (scene) => {
			const [group, { user }] = [await groupWith(scene, { holds: true }), await scene.givers.person([])];
			return atOnce(`groups/${group.id}/join`, user, editsGroups);
		},
	},
	postInlayPeopleActivate: {
		"life, likewise": async (scene) => {
			const user = await holderOf(scene);
			await scene.people.users.update(user.id, { state: "inactive" });
			return atOnce("activate", user, editsUsers);
		},
	},
	putUserRoles: {
		"a role": async (scene) => {
			const { user } = await scene.givers.person([]);
			const path = `users/${user.id}/roles`;
			return { method: "PUT", path, body: [scene.role], needs: ["authorization:grant:add"] };
		},
	},
	putAuthorizationRole: {
		"more to those who hold it": async (scene) => {
			const { user } = await scene.givers.person([[["a:b:c"], scene.where]]);
			const [own] = await scene.people.authorization.grants.own(user.id);
			const role = await scene.people.authorization.roles.get(own?.roleId ?? "");
			const body = { name: role.name, permissions: ["a:b:c", given] };
			return { method: "PUT", path: `authorization/roles/${role.id}`, body, needs: ["authorization:role:edit"] };
		},
		"more, written as policies, to those who hold it": async (scene) => {
			const { user } = await scene.givers.person([[["a:b:c"], scene.where]]);
			const [own] = await scene.people.authorization.grants.own(user.id);
			const role = await scene.people.authorization.roles.get(own?.roleId ?? "");
			const kept = { domain: "a", entityName: "b", actionSet: ["c"] };
			const policy = { domain: "oauth", entityName: "client", actionSet: ["authorize"] };
			const body = { name: role.name, permissionPolicies: [kept, policy] };
			return { method: "PUT", path: `authorization/roles/${role.id}`, body, needs: ["authorization:role:edit"] };
		},
	},
	postOauthClients: {
		"a role to a new client": async (scene) => {
			const body = { ...robot(), roleDivisions: [{ roleId: scene.role, divisionId: scene.where }] };
			return { method: "POST", path: "oauth/clients", body, needs: ["oauth:client:add"], code: "bad.client.role" };
		},
		"a role to a new client, by the deprecated key": async (scene) => {
			const body = { ...robot(), roleIds: [scene.role] };
			return { method: "POST", path: "oauth/clients", body, needs: ["oauth:client:add"], code: "bad.client.role" };
		},
	},
	putInlayIdentityProvider: {
		"a role to whoever a provider vouches for": async (scene) => ({
			...(await mapped(scene, { roleId: scene.role, divisionId: scene.where })),
			needs: ["sso:provider:edit", "authorization:grant:add"],
		}),
		"membership of a group, likewise": async (scene) => {
			const { id: groupId } = await groupWith(scene, { holds: true });
			return { ...(await mapped(scene, { groupId })), needs: ["sso:provider:edit", ...editsGroups] };
		},
		"what was mapped, to whoever comes from now on": async (scene) => {
			const gift = { roleId: scene.role, divisionId: scene.where };
			const { path } = await mapped(scene, gift, [gift]);
			const needs = ["sso:provider:edit", "authorization:grant:add", "directory:user:add"];
			return { method: "PUT", path, body: { createsPeople: true }, needs };
		},
	},
	putOauthClient: {
		"another role": async (scene) => {
			const other = await scene.givers.role("a:b:c");
			const client = await robotWith(scene, other);
			const roleDivisions = [{ roleId: scene.role, divisionId: scene.where }];
			return { ...clientChange(client, { roleDivisions }), needs: [...editsClients, "a:b:c"] };
		},
		"another role, by the deprecated key": async (scene) => {
			const client = await robotWith(scene, await scene.givers.role("a:b:c"));
			return { ...clientChange(client, { roleIds: [scene.role] }), needs: [...editsClients, "a:b:c"] };
		},
		"use of what it holds: switched on": async (scene) => {
			const client = await robotWith(scene, scene.role, "disabled");
			return clientChange(client, { state: "active" });
		},
		"use of what it holds: returned to another address": async (scene) =>
			clientChange(await robotWith(scene, scene.role), { registeredRedirectUri: ["https://new.example/"] }),
		"use of what it holds: another kind of grant": async (scene) => {
			const { client } = await scene.people.oauth.clients.create("server", { ...robot(), authorizedGrantType: "CODE" });
			await scene.people.authorization.grant(client.id, scene.role, scene.where, "PC_OAUTH_CLIENT");
			return clientChange(client.id, {});
		},
	},
	postOauthClientSecret: {
		"the secret of a client": async (scene) => {
			const path = `oauth/clients/${await robotWith(scene, scene.role)}/secret`;
			return { method: "POST", path, needs: editsClients, code: "bad.client.role" };
		},
	},
	postGroupMembers: {
		"membership of a group": async (scene) => {
			const [group, { user }] = [await groupWith(scene, { holds: true }), await scene.givers.person([])];
			const body = { memberIds: [user.id] };
			return { method: "POST", path: `groups/${group.id}/members`, body, needs: editsGroups };
		},
	},
	putGroup: {
		"membership to owners": async (scene) => {
			const { user } = await scene.givers.person([]);
			const group = await groupWith(scene, { holds: true, ownerIds: [user.id] });
			return groupChange(group, { includeOwners: true });
		},
		ownership: async (scene) => {
			const { user } = await scene.givers.person([]);
			return groupChange(await groupWith(scene, { holds: true }), { ownerIds: [user.id] });
		},
		"membership to another owner": async (scene) => {
			const { user } = await scene.givers.person([]);
			const group = await groupWith(scene, { holds: true, includeOwners: true });
			return groupChange(group, { ownerIds: [user.id] });
		},
	},
	patchUser: {
		"life to a user": async (scene) => {
			const user = await holderOf(scene);
			await scene.people.users.update(user.id, { state: "inactive" });
			return userChange(user.id, 2, { state: "active" });
		},
		"life to a deleted user": async (scene) => {
			const user = await holderOf(scene);
			await scene.people.users.remove(user.id);
			await scene.people.authorization.grant(user.id, scene.role, scene.where);
			return userChange(user.id, 2, { state: "active" });
		},
		"a user to another name": async (scene) =>
			userChange((await holderOf(scene)).id, 1, { username: `mine${scene.count}@x.example` }),
		"a user to another address": async (scene) =>
			userChange((await holderOf(scene)).id, 1, { email: `mine${scene.count}@x.example` }),
	},
	deleteInlayUserIdentity: {
		"to be found as another person of a provider": async (scene) => {
			const { path } = await mapped(scene, {});
			const user = await holderOf(scene);
			const providerId = path.split("/").at(-1) ?? "";
			const known = { providerId, issuer: "https://login.example.com", subject: user.id, userId: user.id };
			const { clock, database } = scene.people.kernel;
			const dates = { dateCreated: clock.now(), dateLastUsed: clock.now() };
			await database.change((trx) => identityStore.bind(trx, { ...known, address: user.email, ...dates }));
			const needs = ["sso:provider:edit", "directory:user:edit"];
			return { method: "DELETE", path: `/api/inlay/v1/users/${user.id}/identities/${providerId}`, needs };
		},
	},
	deleteInlayUserSecondfactor: {
		"a sign-in without the second factor": async (scene) => {
			const { id } = await holderOf(scene);
			const { secondFactor } = scene.people.users.authentication;
			await secondFactor.offer(await scene.people.users.get(id));
			const path = `/api/inlay/v1/users/${id}/secondfactor`;
			return { method: "DELETE", path, needs: ["directory:user:setPassword"] };
		},
	},
	postAuthorizationDivisionObject: {
		"a person, brought to where one may set passwords": async (scene) => {
			const { id } = await holderOf(scene);
			const path = `authorization/divisions/${await scene.givers.division()}/objects/USER`;
			return { method: "POST", path, body: [id], needs: editsUsers };
		},
	},
	postUserPassword: {
		"a user's password": async (scene) => {
			const path = `users/${(await holderOf(scene)).id}/password`;
			const body = { newPassword: "from now on it is mine" };
			return { method: "POST", path, body, needs: ["directory:user:setPassword"] };
		},
		"the password of a member of a group": async (scene) => {
			const { user } = await scene.givers.person([]);
			await groupWith(scene, { holds: true, memberIds: [user.id] });
			const body = { newPassword: "from now on it is mine" };
			return { method: "POST", path: `users/${user.id}/password`, body, needs: ["directory:user:setPassword"] };
		},
	},
};

/** Every way in which each taking operation can take. */
export const takingAttempts: Record<(typeof taking)[number], Record<string, Make>> = {
	deleteAuthorizationSubjectDivisionRole: {
		"a grant": async (scene) => {
			const path = grantPath(scene, (await holderOf(scene)).id);
			return { method: "DELETE", path, needs: ["authorization:grant:delete"] };
		},
	},
	putAuthorizationRoleUsersRemove: {
		"a role of several": async (scene) => {
			const body = [(await holderOf(scene)).id];
			const path = `authorization/roles/${scene.role}/users/remove`;
			return { method: "PUT", path, body, needs: ["authorization:grant:delete"] };
		},
	},
	postInlayPeopleRoleTake: {
		"a role of everybody whom a search finds": async (scene) =>
			atOnce(`roles/${scene.role}/take`, await holderOf(scene), ["authorization:grant:delete"]),
	},
	postInlayPeopleGroupLeave: {
		"membership of a group that holds roles, likewise": async (scene) => {
			const { user } = await scene.givers.person([]);
			const { id } = await groupWith(scene, { holds: true, memberIds: [user.id] });
			return atOnce(`groups/${id}/leave`, user, editsGroups);
		},
	},
	postInlayPeopleDeactivate: {
		"their activity, likewise": async (scene) => atOnce("deactivate", await holderOf(scene), editsUsers),
	},
	postInlayPeopleSignOut: {
		"their sessions, likewise": async (scene) => atOnce("sign-out", await holderOf(scene), ["oauth:token:delete"]),
	},
	putUserRoles: {
		"all roles": async (scene) => {
			const path = `users/${(await holderOf(scene)).id}/roles`;
			return { method: "PUT", path, body: [], needs: ["authorization:grant:add"] };
		},
	},
	putAuthorizationRole: {
		"what it allowed": async (scene) => {
			await holderOf(scene);
			const { name } = await scene.people.authorization.roles.get(scene.role);
			const path = `authorization/roles/${scene.role}`;
			return { method: "PUT", path, body: { name, permissions: [] }, needs: ["authorization:role:edit"] };
		},
	},
	deleteAuthorizationRole: {
		"a role that somebody holds": async (scene) => {
			await holderOf(scene);
			return {
				method: "DELETE",
				path: `authorization/roles/${scene.role}`,
				needs: ["authorization:role:delete"],
			};
		},
	},
	deleteAuthorizationDivision: {
		"the grants in it": async (scene) => {
			const divisionId = await scene.givers.division();
			const { user } = await scene.givers.person([]);
			await scene.people.authorization.grant(user.id, scene.role, divisionId);
			const path = `authorization/divisions/${divisionId}`;
			return { method: "DELETE", path, needs: ["authorization:division:delete"] };
		},
	},
	putOauthClient: {
		"its use": async (scene) => clientTaking(await robotWith(scene, scene.role), { state: "inactive" }),
		"a role": async (scene) => {
			const client = await robotWith(scene, scene.role);
			const other = await scene.givers.role();
			return clientTaking(client, { roleDivisions: [{ roleId: other, divisionId: scene.where }] });
		},
		"all roles, by another kind of grant": async (scene) =>
			clientTaking(await robotWith(scene, scene.role), { authorizedGrantType: "CODE" }),
	},
	deleteOauthClient: {
		"its life": async (scene) => {
			const path = `oauth/clients/${await robotWith(scene, scene.role, "inactive")}`;
			return { method: "DELETE", path, needs: ["oauth:client:delete", given] };
		},
	},
	deleteGroup: {
		"a group that holds roles": async (scene) => {
			const { id } = await groupWith(scene, { holds: true });
			return { method: "DELETE", path: `groups/${id}`, needs: ["directory:group:delete"] };
		},
	},
	deleteGroupMembers: {
		"membership of a group that holds roles": async (scene) => {
			const { user } = await scene.givers.person([]);
			const { id } = await groupWith(scene, { holds: true, memberIds: [user.id] });
			return { method: "DELETE", path: `groups/${id}/members?ids=${user.id}`, needs: editsGroups };
		},
	},
	putGroup: {
		"membership of owners": async (scene) => {
			const { user } = await scene.givers.person([]);
			const group = await groupWith(scene, { holds: true, ownerIds: [user.id], includeOwners: true });
			return groupChange(group, { includeOwners: false });
		},
	},
	patchUser: {
		"a user's activity": async (scene) => userChange((await holderOf(scene)).id, 1, { state: "inactive" }),
	},
	deleteUser: {
		"a user": async (scene) => {
			const path = `users/${(await holderOf(scene)).id}`;
			return { method: "DELETE", path, needs: ["directory:user:delete"] };
		},
	},
	deleteInlayUserSession: {
		"one of a user's sessions": async (scene) => {
			const { id } = await holderOf(scene);
			const { client } = await scene.people.oauth.clients.create("server", { ...robot(), authorizedGrantType: "CODE" });
			await scene.people.oauth.issueToken({ clientId: client.id, userId: id });
			const [session] = await scene.people.oauth.sessionsOf(id);
			const path = `/api/inlay/v1/users/${id}/sessions/${session?.familyId}`;
			return { method: "DELETE", path, needs: ["oauth:token:delete"] };
		},
	},
	deleteToken: {
		"a user's sessions": async (scene) => {
			const path = `tokens/${(await holderOf(scene)).id}`;
			return { method: "DELETE", path, needs: ["oauth:token:delete"] };
		},
	},
};

/** With whom a search finds: them alone. */
function atOnce(at: string, { email }: { email: string }, needs: readonly string[]): Attempt {
	const query = [
		{ type: "EXACT", fields: ["email"], value: email },
		{ type: "EXACT", fields: ["state"], values: ["active", "inactive"] },
	];
	const path = `/api/inlay/v1/people/${at}`;
	return { method: "POST", path, body: { query }, needs: [...needs, "directory:user:view"] };
}

function imported({ count }: Scene, more: object) {
	const rows = [{ name: "Imported", email: `imported${count}@x.example`, ...more }];
	return { method: "POST", path: "/api/inlay/v1/users/import", body: { rows } };
}

function grantPath({ role, where }: Scene, subjectId: string): string {
	return `authorization/subjects/${subjectId}/divisions/${where}/roles/${role}`;
}

/** Somebody who holds the role there. */
async function holderOf({ people, givers, role, where }: Scene) {
	const { user } = await givers.person([]);
	await people.authorization.grant(user.id, role, where);
	return user;
}

/** A client with client credentials that holds the role there. @returns its id */
async function robotWith({ people, where }: Scene, roleId: string, state = "active"): Promise<string> {
	const roleDivisions = [{ roleId, divisionId: where }];
	const { client } = await people.oauth.clients.create("server", { ...robot(), roleDivisions });
	if (state !== "active") await people.oauth.clients.update("server", client.id, { ...robot(), state });
	return client.id;
}

function clientChange(id: string, change: object): Attempt {
	const body = { ...robot(), ...change };
	return { method: "PUT", path: `oauth/clients/${id}`, body, needs: editsClients, code: "bad.client.role" };
}

/** Whoever weakens a client holds what it holds. */
function clientTaking(id: string, change: object): Attempt {
	return {
		method: "PUT",
		path: `oauth/clients/${id}`,
		body: { ...robot(), ...change },
		needs: [...editsClients, given],
	};
}

async function groupWith(
	{ people, role, where, count }: Scene,
	{ holds, ...wanted }: { holds: boolean; ownerIds?: string[]; includeOwners?: boolean; memberIds?: string[] },
) {
	const rest = { type: "official", visibility: "public", rulesVisible: true, rolesEnabled: true };
	const group = await people.users.groups.create("server", { name: `Group ${count}`, ...rest, ...wanted });
	if (holds) await people.authorization.grant(group.id, role, where, "PC_GROUP");
	return group;
}

function groupChange(group: { id: string; version: number }, change: object): Attempt {
	const body = { version: group.version, ...change };
	return { method: "PUT", path: `groups/${group.id}`, body, needs: editsGroups };
}

function userChange(id: string, version: number, change: object): Attempt {
	return { method: "PATCH", path: `users/${id}`, body: { version, ...change }, needs: editsUsers };
}

/** A change of an identity provider that maps everybody to what it gives. */
async function mapped({ people, givers }: Scene, gift: object, before: readonly object[] = []) {
	const admin = await givers.person([[["*:*:*"], "*"]]);
	const made = await admin.call("POST", "/api/inlay/v1/identity-providers", {
		name: `idp-${++robots}`,
		enabled: true,
		oidc: { issuer: "https://login.example.com", clientId: "inlay" },
		gifts: before,
	});
	const path = `/api/inlay/v1/identity-providers/${made.json().id}`;
	await people.users.remove(admin.user.id);
	return { method: "PUT", path, body: { gifts: [gift] } };
}
