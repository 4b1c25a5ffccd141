import { permissionMatches } from "@inlay/contract";
import { permissionWords } from "@inlay/contract/permission-words";
import type { PermissionDomain, PermissionPolicy, Role } from "../../session/wire.ts";

/** One permission of the catalogue. */
export interface CatalogueEntry {
	/** `domain:entity:action`. */
	permission: string;
	label: string;
}

/** One domain of the catalogue with its permissions. */
export interface DomainEntries {
	domain: string;
	entries: CatalogueEntry[];
}

/** The catalogue as lists, its domains by name. */
export function entriesOf(catalogue: readonly PermissionDomain[]): DomainEntries[] {
	return catalogue
		.map(({ domain, permissionMap }) => ({
			domain,
			entries: Object.entries(permissionMap).flatMap(([entity, permissions]) =>
				permissions.map(({ action, label }) => ({ permission: `${domain}:${entity}:${action}`, label })),
			),
		}))
		.sort((a, b) => a.domain.localeCompare(b.domain));
}

/** The domains with what matches of them: every word that was typed stands in the permission or its label. */
export function matching(domains: readonly DomainEntries[], text: string): DomainEntries[] {
	// As the console names them elsewhere: "Routing > Queue > Edit".
	const words = text
		.toLowerCase()
		.split(/[\s>]+/)
		.filter(Boolean);
	if (words.length === 0) return [...domains];
	const matches = ({ permission, label }: CatalogueEntry) => {
		const whole = `${permission} ${label} ${permissionWords(permission)}`.toLowerCase();
		return words.every((word) => whole.includes(word));
	};
	return domains
		.map(({ domain, entries }) => ({ domain, entries: entries.filter(matches) }))
		.filter(({ entries }) => entries.length > 0);
}

/** What a role allows, as `domain:entity:action`; wildcards kept, in the order of the alphabet. */
export function permissionsOfRole({ permissionPolicies }: Pick<Role, "permissionPolicies">): string[] {
	const all = permissionPolicies.flatMap(({ domain, entityName, actionSet }) =>
		actionSet.map((action) => `${domain}:${entityName}:${action}`),
	);
	return [...new Set(all)].sort();
}

/** Permissions that stand for many. */
export function patternsOf(permissions: readonly string[]): string[] {
	return permissions.filter((permission) => permission.includes("*"));
}

/** The pattern that covers a permission, where one does. */
export function coveringPattern(permissions: readonly string[], wanted: string): string | undefined {
	return patternsOf(permissions).find((pattern) => permissionMatches(pattern, wanted));
}

/**
 * A role's policies with these permissions: a policy whose actions stay goes back as it was read, with all that the form
 * does not show of it.
 */
export function policiesWith(read: readonly PermissionPolicy[], permissions: readonly string[]): PermissionPolicy[] {
	const wanted = new Map<string, string[]>();
	for (const permission of permissions) {
		const [domain = "", entityName = "", action = ""] = permission.split(":");
		const key = `${domain}:${entityName}`;
		wanted.set(key, [...(wanted.get(key) ?? []), action]);
	}
	return [...wanted].map(([key, actionSet]) => {
		const [domain = "", entityName = ""] = key.split(":");
		const before = read.find((policy) => policy.domain === domain && policy.entityName === entityName);
		return before ? { ...before, actionSet } : { domain, entityName, actionSet };
	});
}

/** What a change of a role gives to everybody who holds it, and what it takes from them. */
export function difference(before: readonly string[], after: readonly string[]): { given: string[]; taken: string[] } {
	const covers = (held: readonly string[], wanted: string) => held.some((one) => permissionMatches(one, wanted));
	return {
		given: after.filter((permission) => !covers(before, permission)),
		taken: before.filter((permission) => !covers(after, permission)),
	};
}
