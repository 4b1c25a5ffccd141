import { type CatalogueDomain, permissionCatalogue } from "@inlay/contract";
import { type Division, everyDivision, type Grant, type Role } from "./model.ts";
import { expandPermissions, type PermissionPolicy, permissionsOf } from "./policies.ts";

/** `UserAuthorization` of platform-api 4.1. */
export interface UserAuthorization {
	roles: Array<{ id: string; name: string }>;
	unusedRoles: Array<{ id: string; name: string }>;
	/** Plain `domain:entity:action` strings, wildcards expanded over the catalogue. */
	permissions: string[];
	permissionPolicies: ResourcePolicy[];
}

type ResourcePolicy = PermissionPolicy & { id: string; actionSetKey: string };

export function userAuthorizationOf(roles: readonly Role[]): UserAuthorization {
	return {
		roles: roles.map(({ id, name }) => ({ id, name })),
		unusedRoles: [],
		permissions: expandPermissions(roles.flatMap((role) => permissionsOf(role.policies))),
		permissionPolicies: roles.flatMap((role) => role.policies.map((policy) => resourcePolicy(role, policy))),
	};
}

function resourcePolicy(role: Role, policy: PermissionPolicy): ResourcePolicy {
	const key = `${policy.domain}:${policy.entityName}`;
	return { id: `${role.id}:${key}`, ...policy, actionSetKey: policy.actionSet.join(",") };
}

/** `DomainOrganizationRole`. */
export function roleView(role: Role, userCount?: number) {
	return {
		id: role.id,
		name: role.name,
		description: role.description,
		...(role.defaultRoleId ? { defaultRoleId: role.defaultRoleId } : {}),
		permissions: [],
		unusedPermissions: [],
		permissionPolicies: role.policies,
		...(userCount === undefined ? {} : { userCount }),
		roleNeedsUpdate: false,
		base: role.base,
		default: role.defaultRoleId !== null,
		version: role.version,
		selfUri: `/api/v2/authorization/roles/${role.id}`,
	};
}

/** `AuthzDivision`. */
export function divisionView(division: Division, objectCounts?: Record<string, number>) {
	return {
		id: division.id,
		name: division.name,
		description: division.description,
		homeDivision: division.home,
		...(objectCounts ? { objectCounts } : {}),
		selfUri: `/api/v2/authorization/divisions/${division.id}`,
	};
}

/** `AuthzSubject` with its grants, those of groups included. */
export function subjectView(
	subject: { id: string; name: string },
	grants: readonly Grant[],
	known: { roles: readonly Role[]; divisions: readonly Division[] },
) {
	const roles = new Map(known.roles.map((role) => [role.id, role]));
	const divisions = new Map(known.divisions.map((division) => [division.id, division]));
	return {
		id: subject.id,
		name: subject.name,
		grants: grants.map((grant) => grantView(grant, roles.get(grant.roleId), divisions.get(grant.divisionId))),
		version: grants.length,
		selfUri: `/api/v2/authorization/subjects/${subject.id}`,
	};
}

function grantView(grant: Grant, role: Role | undefined, division: Division | undefined) {
	return {
		subjectId: grant.subjectId,
		division: division ? divisionView(division) : anyDivisionView(grant.divisionId),
		role: role ? grantRoleView(role) : { id: grant.roleId },
		grantMadeAt: grant.grantedAt.toISOString(),
	};
}

/** The platform shows a grant in all divisions as one in a division with the id `*`. */
function anyDivisionView(id: string) {
	const name = id === everyDivision ? everyDivision : "";
	return { id, name, description: "", homeDivision: false, selfUri: `/api/v2/authorization/divisions/${id}` };
}

function grantRoleView(role: Role) {
	return {
		id: role.id,
		name: role.name,
		description: role.description,
		policies: role.policies.map(({ domain, entityName, actionSet }) => ({ domain, entityName, actions: actionSet })),
		default: role.defaultRoleId !== null,
		selfUri: `/api/v2/authorization/roles/${role.id}`,
	};
}

/** The permission catalogue as `DomainPermissionCollection`s. */
export const permissionCollections = permissionCatalogue.map(collectionOf);

function collectionOf(domain: CatalogueDomain) {
	const entries = domain.entities.map(
		({ entity, permissions }) =>
			[entity, permissions.map(({ action, label }) => permissionView(domain.domain, entity, action, label))] as const,
	);
	return {
		id: domain.domain,
		name: domain.domain,
		domain: domain.domain,
		permissionMap: Object.fromEntries(entries),
		selfUri: `/api/v2/authorization/permissions/${domain.domain}`,
	};
}

function permissionView(domain: string, entityType: string, action: string, label: string) {
	return { domain, entityType, action, label, allowsConditions: false, divisionAware: isDivisionAware(domain) };
}

/** Domains whose objects carry a division on this server. */
function isDivisionAware(domain: string): boolean {
	return ["conversation", "directory", "routing", "authorization"].includes(domain);
}
