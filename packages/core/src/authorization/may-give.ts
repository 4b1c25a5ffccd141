import { type GrantedPermission, holds } from "../kernel/principal.ts";
import type { RoleInDivision } from "./model.ts";

/** One permission (`domain:entity:action`, wildcards kept) in one division (an id, or `*` for every one). */
export interface PermissionInDivision {
	permission: string;
	divisionId: string;
}

/**
 * What of the wanted permissions somebody who holds `held` may not give to anybody: nobody gives what they do not hold.
 *
 * A wildcard is covered only by a wildcard as wide, and every division (`*`) only by a grant in every division: both also
 * stand for what will be added later, which no list of what exists today can cover.
 * @returns the permissions that are missing; empty when everything may be given
 */
export function beyond(
	held: readonly GrantedPermission[],
	wanted: readonly PermissionInDivision[],
): PermissionInDivision[] {
	return wanted.filter(({ permission, divisionId }) => !holds({ grants: held }, permission, divisionId));
}

/** Each of the permissions in each of the divisions. */
export function inDivisions(permissions: readonly string[], divisionIds: readonly string[]): PermissionInDivision[] {
	return divisionIds.flatMap((divisionId) => permissions.map((permission) => ({ permission, divisionId })));
}

/** What is in `after` and was not in `before`: the part of a change that gives. */
export function addedRoles(before: readonly RoleInDivision[], after: readonly RoleInDivision[]): RoleInDivision[] {
	return after.filter((one) => !before.some((other) => isSameGrant(one, other)));
}

export function isSameGrant(a: RoleInDivision, b: RoleInDivision): boolean {
	return a.roleId === b.roleId && a.divisionId === b.divisionId;
}
