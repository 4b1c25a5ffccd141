import { allPermissions, holdsPermission, permissionMatches } from "@inlay/contract";
import { badField, notSupported } from "../kernel/http/api-error.ts";

/** What a role allows, as the platform models it (`DomainPermissionPolicy`, platform-api 4.1). */
export interface PermissionPolicy {
	domain: string;
	entityName: string;
	actionSet: string[];
	policyName?: string;
	policyDescription?: string;
	allowConditions?: boolean;
	namedResources?: string[];
}

/** The policies' permissions as `domain:entity:action`, wildcards kept. */
export function permissionsOf(policies: readonly PermissionPolicy[]): string[] {
	return policies.flatMap((policy) =>
		policy.actionSet.map((action) => `${policy.domain}:${policy.entityName}:${action}`),
	);
}

/** One policy per domain and entity for a flat list of `domain:entity:action`. */
export function policiesOf(permissions: readonly string[]): PermissionPolicy[] {
	const byEntity = new Map<string, PermissionPolicy>();
	for (const permission of new Set(permissions)) {
		const [domain = "", entityName = "", action = ""] = readPermission(permission, "permissions");
		const key = `${domain}:${entityName}`;
		const policy = byEntity.get(key) ?? { domain, entityName, actionSet: [] };
		policy.actionSet.push(action);
		byEntity.set(key, policy);
	}
	return [...byEntity.values()];
}

/** Policies with the same domain and entity joined, repeated actions dropped. */
export function joinPolicies(policies: readonly PermissionPolicy[]): PermissionPolicy[] {
	const joined = new Map<string, PermissionPolicy>();
	for (const policy of policies) {
		const key = `${policy.domain}:${policy.entityName}`.toLowerCase();
		const known = joined.get(key);
		const actionSet = [...new Set([...(known?.actionSet ?? []), ...policy.actionSet])];
		joined.set(key, { ...(known ?? policy), actionSet });
	}
	return [...joined.values()];
}

/** Every permission of the catalogue that the granted ones cover, and granted ones that the catalogue does not know. */
export function expandPermissions(granted: readonly string[]): string[] {
	const plain = granted.filter((permission) => !permission.includes("*"));
	const covered = catalogue.filter((wanted) => granted.some((one) => permissionMatches(one, wanted)));
	return [...new Set([...covered, ...plain])].sort();
}

/**
 * Reads the policies of a request. Conditions are refused rather than dropped: a role must never allow more than
 * its author wrote.
 * @throws ApiError 400 naming the field
 */
export function readPolicies(sent: readonly SentPolicy[]): PermissionPolicy[] {
	return sent.map((policy, index) => readPolicy(policy, `permissionPolicies.${index}`));
}

/** A policy as clients send it: nothing in it is certain yet. */
export interface SentPolicy {
	domain?: string;
	entityName?: string;
	actionSet?: string[];
	policyName?: string;
	policyDescription?: string;
	allowConditions?: boolean;
	namedResources?: string[];
	resourceConditionNode?: unknown;
}

/**
 * Refuses what would open nothing, so that nobody believes to have given it: a permission, or a wildcard, that no permission
 * of the catalogue is meant by.
 * @param stands what the role holds already, from before this rule or another version: it may be sent back
 * @throws ApiError 400 `unknown.permission` naming the field and the permission
 */
export function refuseUnknown(
	{ permissions = [], permissionPolicies = [] }: { permissions?: string[]; permissionPolicies?: SentPolicy[] },
	stands: readonly string[] = [],
): void {
	for (const permission of permissions) refuseUnknownOne(permission, stands, () => "permissions");
	for (const [index, { domain = "", entityName = "", actionSet = [] }] of permissionPolicies.entries()) {
		const field = () => `permissionPolicies.${index}.${unknownPart(domain, entityName)}`;
		for (const action of actionSet) refuseUnknownOne(`${domain}:${entityName}:${action}`, stands, field);
	}
}

function refuseUnknownOne(permission: string, stands: readonly string[], field: () => string): void {
	if (isKnown(permission) || holdsPermission(stands, permission)) return;
	const text = `There is no permission ${permission}: see GET /api/v2/authorization/permissions. Nothing was changed.`;
	throw badField(field(), text, "unknown.permission");
}

function unknownPart(domain: string, entityName: string): keyof SentPolicy {
	if (!isKnown(`${domain}:*:*`)) return "domain";
	return isKnown(`${domain}:${entityName}:*`) ? "actionSet" : "entityName";
}

function isKnown(permission: string): boolean {
	return catalogue.some((known) => permissionMatches(permission, known));
}

const catalogue = allPermissions();

function readPolicy(policy: SentPolicy, field: string): PermissionPolicy {
	if (policy.resourceConditionNode) {
		throw badField(`${field}.resourceConditionNode`, "Conditions on a policy are not supported here; leave them out.");
	}
	// A role for some resources would open all of them.
	if (policy.namedResources?.some((one) => one !== "*")) throw notSupported([`${field}.namedResources`]);
	const { resourceConditionNode: _none, ...rest } = policy;
	return {
		...rest,
		domain: readPart(policy.domain, `${field}.domain`),
		entityName: readPart(policy.entityName, `${field}.entityName`),
		actionSet: readActions(policy.actionSet, `${field}.actionSet`),
	};
}

function readActions(actions: string[] | undefined, field: string): string[] {
	if (!actions || actions.length === 0) throw badField(field, `${field} needs at least one action.`);
	return [...new Set(actions.map((action) => readPart(action, field)))];
}

function readPermission(permission: string, field: string): string[] {
	const parts = permission.split(":");
	if (parts.length !== 3) throw badField(field, `"${permission}" is not of the form domain:entity:action.`);
	return parts.map((part) => readPart(part, field));
}

function readPart(part: string | undefined, field: string): string {
	if (part && /^(\*|[A-Za-z0-9_-]{1,100})$/.test(part)) return part;
	throw badField(field, `${field} must be a name of letters and digits, or *.`);
}
