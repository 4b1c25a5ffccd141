/** Roles: permissions under a name. */
import { listOf, text } from "./kind.ts";
import { simple } from "./simple.ts";

interface Policy {
	domain: string;
	entityName: string;
	actionSet: string[];
	[key: string]: unknown;
}

export const roles = simple({
	path: "/api/v2/authorization/roles",
	isBuiltIn: (raw) => raw.default === true || raw.base === true,
	valuesOf: (raw) => ({
		name: raw.name,
		description: text(raw.description),
		permissions: permissionsOf(listOf<Policy>(raw.permissionPolicies)),
	}),
	bodyOf({ name, description, permissions }, _io, raw) {
		const before = listOf<Policy>(raw?.permissionPolicies);
		const wanted = permissions === undefined ? before : policiesOf(permissions as string[], before);
		return { name, description: description ?? text(raw?.description), permissionPolicies: wanted };
	},
});

export function permissionsOf(policies: readonly Policy[]): string[] {
	const all = policies.flatMap(({ domain, entityName, actionSet }) =>
		listOf<string>(actionSet).map((action) => `${domain}:${entityName}:${action}`),
	);
	return [...new Set(all)].sort();
}

/** Those that stay as they are keep their conditions, of which the file knows nothing. */
function policiesOf(permissions: readonly string[], before: readonly Policy[]): Policy[] {
	const wanted = new Map<string, Set<string>>();
	for (const permission of permissions) {
		const [domain = "", entity = "", action = ""] = permission.split(":");
		const key = `${domain}:${entity}`;
		wanted.set(key, (wanted.get(key) ?? new Set()).add(action));
	}
	return [...wanted].flatMap(([key, actions]) => {
		const [domain = "", entityName = ""] = key.split(":");
		const same = before.filter((policy) => `${policy.domain}:${policy.entityName}` === key);
		const kept = new Set(same.flatMap((policy) => policy.actionSet));
		const isSame = kept.size === actions.size && [...actions].every((action) => kept.has(action));
		return isSame ? same : [{ domain, entityName, actionSet: [...actions].sort() }];
	});
}
