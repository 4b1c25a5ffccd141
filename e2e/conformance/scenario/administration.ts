import { randomUUID } from "node:crypto";
import { samlKeys } from "@inlay/core/test-support/saml-keys";
import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import type { People } from "./people.ts";

interface Entity {
	id: string;
}

interface Versioned extends Entity {
	version: number;
}

/** A name that no other run uses. */
const fresh = (what: string) => `Conformance ${what} ${randomUUID().slice(0, 8)}`;

/** A search as its GET form carries it. */
const inQuery = (search: unknown) => Buffer.from(JSON.stringify(search)).toString("base64");

/** OAuth clients and scopes. */
export async function oauthClientSteps(run: ConformanceRun, { admin }: People): Promise<void> {
	await run.part("scopes", async () => {
		await run.call(admin, "OAuthApi.getOauthScopes");
		await run.call(admin, "OAuthApi.getOauthScope", "users");
	});
	await run.part("client list", () => run.call(admin, "OAuthApi.getOauthClients"));
	await run.part("client", async () => {
		const wanted = {
			name: fresh("client"),
			authorizedGrantType: "CODE",
			registeredRedirectUri: ["https://crm.example.com/signed-in"],
			scope: ["users", "conversations"],
			accessTokenValiditySeconds: 64_800,
			state: "active",
		};
		const client = await run.call<Entity>(admin, "OAuthApi.postOauthClients", wanted);
		await run.call(admin, "OAuthApi.getOauthClient", client.id);
		await run.part("new secret", () => run.call(admin, "OAuthApi.postOauthClientSecret", client.id));
		await run.call(admin, "OAuthApi.putOauthClient", client.id, { ...wanted, state: "inactive" });
		await run.call(admin, "OAuthApi.deleteOauthClient", client.id);
	});
	await run.part("authorizations", () => run.call(admin, "OAuthApi.getOauthAuthorizations"));
}

/** An identity provider of one's own, and one of each maker's. */
export async function identityProviderSteps(run: ConformanceRun, { admin }: People): Promise<void> {
	const sent = {
		issuerURI: "https://login.example.com",
		ssoTargetURI: "https://login.example.com/saml",
		certificates: [samlKeys.first.certificate],
		disabled: true,
	};
	await run.part("identity provider", async () => {
		const made = await run.call<Entity>(admin, "IdentityProviderApi.postIdentityproviders", { ...sent, name: "Ours" });
		await run.call(admin, "IdentityProviderApi.getIdentityproviders");
		const read = await run.call<Entity>(admin, "IdentityProviderApi.getIdentityprovider", made.id);
		await run.call(admin, "IdentityProviderApi.putIdentityprovider", made.id, { ...read, displayOnLogin: false });
		await run.call(admin, "IdentityProviderApi.deleteIdentityprovider", made.id);
	});
	for (const maker of ["Generic", "Adfs", "Gsuite", "Identitynow", "Okta", "Onelogin", "Ping", "Salesforce"]) {
		await run.part(`identity provider of ${maker}`, async () => {
			await run.call(admin, `IdentityProviderApi.putIdentityproviders${maker}`, { ...sent, name: maker });
			await run.call(admin, `IdentityProviderApi.getIdentityproviders${maker}`);
			await run.call(admin, `IdentityProviderApi.deleteIdentityproviders${maker}`);
		});
	}
}

/** Integration types, a deployment's life, and the apps of a user. */
export async function integrationSteps(run: ConformanceRun, { admin }: People, demo: Demo): Promise<void> {
	await run.part("lists", async () => {
		await run.call(admin, "IntegrationsApi.getIntegrations", { pageSize: 25 });
	});
	await run.part("types", () => run.call(admin, "IntegrationsApi.getIntegrationsTypes"));
	await run.part("client apps", () => run.call(admin, "IntegrationsApi.getIntegrationsClientapps"));
	await run.part("user apps", () => run.call(admin, "IntegrationsApi.getIntegrationsUserapps"));
	await run.part("integration", async () => {
		const demoOne = await run.call<{ integrationType: Entity }>(
			admin,
			"IntegrationsApi.getIntegration",
			demo.deployment.id,
		);
		const type = demoOne.integrationType.id;
		await run.part("type", () => run.call(admin, "IntegrationsApi.getIntegrationsType", type));
		for (const configType of ["properties", "advanced"]) {
			await run.part(configType, () =>
				run.call(admin, "IntegrationsApi.getIntegrationsTypeConfigschema", type, configType),
			);
		}
		const body = { name: fresh("deployment"), integrationType: { id: type } };
		const created = await run.call<Entity>(admin, "IntegrationsApi.postIntegrations", { body });
		await run.part("configuration", async () => {
			const config = await run.call<Versioned>(admin, "IntegrationsApi.getIntegrationConfigCurrent", created.id);
			const changed = { ...config, notes: "Changed by the conformance test" };
			await run.call(admin, "IntegrationsApi.putIntegrationConfigCurrent", created.id, { body: changed });
		});
		await run.part("state", () =>
			run.call(admin, "IntegrationsApi.patchIntegration", created.id, { body: { intendedState: "DISABLED" } }),
		);
		await run.call(admin, "IntegrationsApi.deleteIntegration", created.id);
	});
}

/** Roles, grants, divisions and the permission catalogue. */
export async function authorizationSteps(run: ConformanceRun, { admin }: People, demo: Demo): Promise<void> {
	const subject = demo.users.supervisor.id;
	await run.part("roles", () => run.call(admin, "AuthorizationApi.getAuthorizationRoles", { pageSize: 25 }));
	await run.part("permissions", () => run.call(admin, "AuthorizationApi.getAuthorizationPermissions"));
	await run.part("divisions", () => run.call(admin, "AuthorizationApi.getAuthorizationDivisions"));
	await run.part("division", async () => {
		const wanted = { name: fresh("division"), description: "Made by the test" };
		const division = await run.call<Entity>(admin, "AuthorizationApi.postAuthorizationDivisions", wanted);
		await run.call(admin, "AuthorizationApi.getAuthorizationDivision", division.id);
		const changed = { ...wanted, description: "Changed by the test" };
		await run.call(admin, "AuthorizationApi.putAuthorizationDivision", division.id, changed);
		await run.call(admin, "AuthorizationApi.deleteAuthorizationDivision", division.id);
	});
	await run.part("own grants", () => run.call(admin, "AuthorizationApi.getAuthorizationSubjectsMe"));
	await run.part("grants", () => run.call(admin, "AuthorizationApi.getAuthorizationSubject", subject));
	await run.part("role", async () => {
		const policies = [{ domain: "routing", entityName: "queue", actionSet: ["view"] }];
		const wanted = { name: fresh("role"), description: "Made by the test", permissionPolicies: policies };
		const role = await run.call<Entity>(admin, "AuthorizationApi.postAuthorizationRoles", wanted);
		await run.call(admin, "AuthorizationApi.getAuthorizationRole", role.id);
		const changed = { ...wanted, description: "Changed by the test" };
		await run.call(admin, "AuthorizationApi.putAuthorizationRole", role.id, changed);
		await run.part("grant", async () => {
			const home = await run.call<Entity>(admin, "AuthorizationApi.getAuthorizationDivisionsHome");
			const place = [subject, home.id, role.id];
			await run.call(admin, "AuthorizationApi.postAuthorizationSubjectDivisionRole", ...place);
			await run.call(admin, "AuthorizationApi.deleteAuthorizationSubjectDivisionRole", ...place);
		});
		await run.part("roles of a user", async () => {
			const before = await run.call<{ roles: Entity[] }>(admin, "AuthorizationApi.getUserRoles", subject);
			const roles = before.roles.map((entry) => entry.id);
			await run.call(admin, "AuthorizationApi.putUserRoles", subject, [...roles, role.id]);
			await run.call(admin, "AuthorizationApi.putUserRoles", subject, roles);
		});
		await run.call(admin, "AuthorizationApi.deleteAuthorizationRole", role.id);
	});
}

/** Users and groups. */
export async function userSteps(run: ConformanceRun, { admin, agent }: People, demo: Demo): Promise<void> {
	const expand = ["presence", "routingStatus", "station", "authorization", "groups"];
	await run.part("user list", () => run.call(agent, "UsersApi.getUsers", { expand, pageSize: 25 }));
	await run.part("search", async () => {
		const query = [{ type: "CONTAINS", fields: ["name", "email"], value: demo.users.agent.username }];
		await run.call(admin, "SearchApi.postUsersSearch", { pageSize: 25, query });
		await run.call(admin, "SearchApi.getUsersSearch", inQuery({ pageSize: 25, query }));
	});
	await run.part("out of office", async () => {
		const { id } = demo.users.agent;
		await run.call(agent, "UsersApi.putUserOutofoffice", id, { active: true, indefinite: true });
		await run.call(agent, "UsersApi.putUserOutofoffice", id, { active: false });
		await run.call(agent, "UsersApi.getUserOutofoffice", id);
	});
	await run.part("user", async () => {
		const home = await run.call<Entity>(admin, "AuthorizationApi.getAuthorizationDivisionsHome");
		const email = `conformance-${randomUUID().slice(0, 8)}@example.com`;
		const wanted = { name: fresh("user"), email, divisionId: home.id };
		const user = await run.call<Versioned>(admin, "UsersApi.postUsers", wanted);
		await run.call(admin, "UsersApi.getUser", user.id, { expand });
		await run.call(admin, "UsersApi.patchUser", user.id, { version: user.version, title: "Tester" });
		await run.part("password", () =>
			run.call(admin, "UsersApi.postUserPassword", user.id, { newPassword: `Right-${randomUUID()}` }),
		);
		await run.call(admin, "UsersApi.deleteUser", user.id);
	});
}

/** Groups and their members: beyond the minimum, needed by deployments. */
export async function groupSteps(run: ConformanceRun, { admin }: People, demo: Demo): Promise<void> {
	const member = demo.users.agent2.id;
	await run.part("search", async () => {
		const query = [{ type: "MATCH_ALL" }];
		await run.call(admin, "GroupsApi.postGroupsSearch", { pageSize: 25, query });
		await run.call(admin, "GroupsApi.getGroupsSearch", inQuery({ pageSize: 25, query }));
	});
	await run.part("group list", () => run.call(admin, "GroupsApi.getGroups"));
	await run.part("group", async () => {
		const wanted = { name: fresh("group"), type: "official", rulesVisible: true, visibility: "public" };
		const group = await run.call<Versioned>(admin, "GroupsApi.postGroups", wanted);
		await run.call(admin, "GroupsApi.getGroup", group.id);
		const changed = { version: group.version, description: "Changed" };
		const updated = await run.call<Versioned>(admin, "GroupsApi.putGroup", group.id, { body: changed });
		const members = { memberIds: [member], version: updated.version };
		await run.call(admin, "GroupsApi.postGroupMembers", group.id, members);
		await run.part("members", () => run.call(admin, "GroupsApi.getGroupMembers", group.id));
		await run.part("individuals", () => run.call(admin, "GroupsApi.getGroupIndividuals", group.id));
		await run.call(admin, "GroupsApi.deleteGroupMembers", group.id, member);
		await run.call(admin, "GroupsApi.deleteGroup", group.id);
	});
}
