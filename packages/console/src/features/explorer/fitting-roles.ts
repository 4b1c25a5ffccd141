import { holdsPermission } from "@inlay/contract";
import { needs } from "../../session/needs.ts";
import { everyDivision, type Rights } from "../../session/rights.ts";
import type { Role } from "../../session/wire.ts";
import { rolePermissions } from "../people/person-roles.ts";

/** A role that opens what is missing. */
export interface FittingRole {
	role: Role;
	/** How many permissions it holds; a wildcard counts as many. */
	size: number;
	/** One holds all of it: nobody gives more than they hold. */
	mayGive: boolean;
}

/** More than any role that names its permissions one by one. */
const wildcard = 1_000;

/** Roles that hold one of the permissions: first what one may give, of that what gives least beside it. */
export function fittingRoles(
	roles: readonly Role[],
	permissions: readonly string[],
	covers: (permissions: readonly string[]) => boolean,
): FittingRole[] {
	return roles
		.map((role) => ({ role, held: rolePermissions(role) }))
		.filter(({ held }) => permissions.some((wanted) => holdsPermission(held, wanted)))
		.map(({ role, held }) => ({ role, size: sizeOf(held), mayGive: covers(held) }))
		.toSorted((a, b) => Number(b.mayGive) - Number(a.mayGive) || a.size - b.size);
}

function sizeOf(permissions: readonly string[]): number {
	return permissions.reduce((sum, one) => sum + (one.includes("*") ? wildcard : 1), 0);
}

/** Where one may give roles: everywhere if possible, else where the person is, else nowhere that is known. */
export function divisionToGive(rights: Rights, own: string | undefined): string {
	const mayIn = (divisionId: string) => rights.may({ ...needs.giveRole, divisionId });
	return mayIn(everyDivision) || own === undefined ? everyDivision : own;
}
