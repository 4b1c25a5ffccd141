import { permissionMatches } from "@inlay/contract";

/** A division in which a grant holds; `*` stands for every one. */
export interface DivisionRef {
	id: string;
	name: string;
}

/** One role that somebody holds in one division, as `AuthzSubject.grants` tells it (platform-api 4.1). */
export interface HeldGrant {
	/** The person, or the group that the role comes from. */
	subjectId: string;
	division: DivisionRef;
	role: {
		id: string;
		name?: string;
		policies?: ReadonlyArray<{ domain: string; entityName: string; actions: readonly string[] }>;
	};
}

/** What something needs: any of the permissions (or all of them), anywhere, in one division, or in every one (`*`). */
export interface Need {
	permissions: readonly string[];
	/** Absent: in whatever division. */
	divisionId?: string;
	/** All of the permissions, not only one. */
	all?: true;
}

/** Id of a grant that holds in every division. */
export const everyDivision = "*";

/**
 * What the signed-in person may do, by the rules of the server's guard: a screen asks it before it offers something. The
 * server alone decides; this only keeps people from running into its refusals.
 */
export class Rights {
	readonly grants: readonly HeldGrant[];

	constructor(grants: readonly HeldGrant[]) {
		this.grants = grants;
	}

	may({ permissions, divisionId, all }: Need): boolean {
		const holds = (wanted: string) => this.#where(wanted, divisionId);
		return all ? permissions.every(holds) : permissions.some(holds);
	}

	/** Whether all of these permissions are held in the division: nobody gives, or takes, more than they hold. */
	covers(permissions: readonly string[], divisionId: string): boolean {
		return permissions.every((wanted) => this.#where(wanted, divisionId));
	}

	/** The need itself where it is not met. */
	lack(need: Need): Need | undefined {
		return this.may(need) ? undefined : need;
	}

	/** As these rights would be without a role that the person holds in a division themselves. */
	without(subjectId: string, roleId: string, divisionId: string): Rights {
		const goes = (one: HeldGrant) =>
			one.subjectId === subjectId && one.role.id === roleId && one.division.id === divisionId;
		return new Rights(this.grants.filter((one) => !goes(one)));
	}

	/** As these rights would be if a role allowed exactly these permissions; none, if it were deleted. */
	withRole(roleId: string, permissions: readonly string[]): Rights {
		const policies = permissions.map(policyOf);
		return new Rights(
			this.grants.map((one) => (one.role.id === roleId ? { ...one, role: { ...one.role, policies } } : one)),
		);
	}

	/** As these rights would be without what a group brings. */
	withoutGroup(groupId: string): Rights {
		return new Rights(this.grants.filter((one) => one.subjectId !== groupId));
	}

	#where(wanted: string, divisionId: string | undefined): boolean {
		const covering = this.grants.filter((grant) => permissionsOf(grant).some((one) => permissionMatches(one, wanted)));
		if (divisionId === undefined) return covering.length > 0;
		return covering.some((grant) => grant.division.id === everyDivision || grant.division.id === divisionId);
	}
}

/** A role's permissions in one grant, wildcards kept. */
export function permissionsOf({ role }: HeldGrant): string[] {
	return (role.policies ?? []).flatMap((policy) =>
		policy.actions.map((action) => `${policy.domain}:${policy.entityName}:${action}`),
	);
}

function policyOf(permission: string) {
	const [domain = "", entityName = "", action = ""] = permission.split(":");
	return { domain, entityName, actions: [action] };
}

/** Somebody who may do everything everywhere. */
export const allRights = new Rights([
	{
		subjectId: "all",
		division: { id: everyDivision, name: everyDivision },
		role: { id: "all", policies: [{ domain: "*", entityName: "*", actions: ["*"] }] },
	},
]);
