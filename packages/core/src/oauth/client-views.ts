import { scopes } from "@inlay/contract";
import type { RoleInDivision } from "../authorization/model.ts";
import type { Organization } from "../users/organization.ts";
import { authorizedOf, isPending, needsAuthorization } from "./client-authorization.ts";
import type { OAuthClient } from "./model.ts";

/** `OAuthClient` of platform-api 2.2. The secret is known only when it has just been made. */
export function clientView(client: OAuthClient, roles: readonly RoleInDivision[], secret?: string) {
	return {
		id: client.id,
		name: client.name,
		...(client.description === null ? {} : { description: client.description }),
		accessTokenValiditySeconds: client.accessTokenValiditySeconds,
		registeredRedirectUri: client.redirectUris,
		...(secret ? { secret } : {}),
		authorizedGrantType: client.grantType,
		scope: client.scopes,
		roleDivisions: roles,
		roleIds: [...new Set(roles.map((role) => role.roleId))],
		state: client.state,
		dateCreated: client.dateCreated.toISOString(),
		dateModified: client.dateModified.toISOString(),
		...(client.createdBy ? { createdBy: userRef(client.createdBy) } : {}),
		...(client.modifiedBy ? { modifiedBy: userRef(client.modifiedBy) } : {}),
		...(client.dateToDelete ? { dateToDelete: client.dateToDelete.toISOString() } : {}),
		version: client.version,
		selfUri: `/api/v2/oauth/clients/${client.id}`,
	};
}

/** `TokenInfo`. */
export function tokenInfoView(known: {
	client: OAuthClient;
	roles: readonly RoleInDivision[];
	organization: Organization;
	idlesAt: Date | undefined;
	/** What the token opens; `null`: what its user, or the client, may do. */
	scopes: readonly string[] | null;
}) {
	const { client, roles, idlesAt } = known;
	const organization = { id: known.organization.id, name: known.organization.name };
	return {
		organization,
		homeOrganization: organization,
		authorizedScope: known.scopes ?? client.scopes,
		...(idlesAt ? { dateTokenIdles: idlesAt.toISOString() } : {}),
		// Ours: signing out ends every session of the user.
		...(known.organization.settings.universalLogout ? { inlayEndsEverySession: true } : {}),
		OAuthClient: {
			id: client.id,
			name: client.name,
			dateCreated: client.dateCreated.toISOString(),
			dateModified: client.dateModified.toISOString(),
			authorizedGrantType: client.grantType,
			scope: client.scopes,
			roleDivisions: roles,
			state: client.state,
			organization,
		},
	};
}

export function scopeView({ id, description }: { id: string; description: string }) {
	return { id, description, selfUri: `/api/v2/oauth/scopes/${id}` };
}

export const scopeViews = scopes.map(scopeView);

/** `OAuthAuthorization`: what an administrator has made of a client; one without people is judged by its roles. */
export function authorizationView(client: OAuthClient, roles: readonly RoleInDivision[], organization: Organization) {
	const { authorization: decided } = client;
	const isDecided = needsAuthorization(client);
	const ofPeople = client.grantType !== "CLIENT-CREDENTIALS";
	return {
		client: clientView(client, roles),
		scope: isDecided ? authorizedOf(client) : client.scopes,
		roles: ofPeople ? decided.roleIds : roles.map((role) => role.roleId),
		resourceOwner: {
			id: organization.id,
			name: organization.name,
			selfUri: `/api/v2/organizations/${organization.id}`,
		},
		dateCreated: decided.dateCreated.toISOString(),
		dateModified: decided.dateModified.toISOString(),
		...(decided.createdBy ? { createdBy: userRef(decided.createdBy) } : {}),
		...(decided.modifiedBy ? { modifiedBy: userRef(decided.modifiedBy) } : {}),
		pending: isPending(client),
		state: isDecided ? decided.state : client.state === "active" ? "Authorized" : "Revoked",
		selfUri: `/api/v2/oauth/authorizations/${client.id}`,
	};
}

function userRef(id: string) {
	return { id, selfUri: `/api/v2/users/${id}` };
}
