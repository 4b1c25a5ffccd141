import type { PermissionPolicy } from "./policies.ts";

/** Who can hold a grant (platform-api 4.1). */
export const subjectTypes = ["PC_USER", "PC_GROUP", "PC_OAUTH_CLIENT"] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** Stands for every division in a grant. */
export const everyDivision = "*";

export interface Division {
	id: string;
	name: string;
	description: string;
	/** Exactly one division is the home division. */
	home: boolean;
	/** Grows with every change of the division itself; what is in it comes and goes without. */
	version: number;
}

export interface Role {
	id: string;
	name: string;
	description: string;
	/** Set on roles that come with the product. */
	defaultRoleId: string | null;
	base: boolean;
	policies: PermissionPolicy[];
	/** Grows with every change; clients send the one that they have seen (platform-api 4.4). */
	version: number;
}

/** A role in a division. */
export interface RoleInDivision {
	roleId: string;
	/** A division's id or {@link everyDivision}. */
	divisionId: string;
}

/** A role that a subject holds in a division. */
export interface Grant {
	subjectId: string;
	subjectType: SubjectType;
	roleId: string;
	/** A division's id or {@link everyDivision}. */
	divisionId: string;
	grantedAt: Date;
}
