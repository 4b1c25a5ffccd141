import { permissionMatches } from "@inlay/contract";
import type { Actor } from "./events/event-log.ts";
import { ApiError } from "./http/api-error.ts";

/** Where a granted permission holds: everywhere, or in named divisions. */
export type DivisionSet = "all" | ReadonlySet<string>;

export interface GrantedPermission {
	/** `domain:entity:action`; `*` stands for anything in its position (platform-api 4.1). */
	permission: string;
	divisions: DivisionSet;
}

/** Who asks: the bearer of a token, as the guard of a route and the rules see them. */
export interface Principal {
	/** Hash of the token: names the session without being a credential. */
	tokenHash: string;
	clientId: string;
	clientName: string;
	/** Absent for client-credentials tokens, which have no user (platform-api 2.1). */
	userId?: string;
	/** `null`: judged by permissions alone, as client credentials are, and all where scopes are not enforced (platform-api 2.3, 9). */
	scopes: readonly string[] | null;
	grants: readonly GrantedPermission[];
}

/** Who acts: the user, or the client where there is no user. Whose rights they are, and whose fair share. */
export function actingId({ userId, clientId }: Pick<Principal, "userId" | "clientId">): string {
	return userId ?? clientId;
}

/** Looks up bearer tokens. Implemented by the oauth domain. */
export interface Authenticator {
	authenticate(token: string, options?: { preserveIdle?: boolean }): Promise<Principal | undefined>;
}

/** True where one of the granted permissions covers `wanted`, in `divisionId` if given, else in any division. */
export function holds(principal: Pick<Principal, "grants">, wanted: string, divisionId?: string): boolean {
	const divisions = divisionsOf(principal.grants, wanted);
	if (divisions === "all") return true;
	return divisionId === undefined ? divisions.size > 0 : divisions.has(divisionId);
}

/** The divisions in which `wanted` (any of them) is granted: for filtering lists. */
export function divisionsWith(principal: Pick<Principal, "grants">, wanted: readonly string[]): DivisionSet {
	const found = new Set<string>();
	for (const permission of wanted) {
		const divisions = divisionsOf(principal.grants, permission);
		if (divisions === "all") return "all";
		for (const division of divisions) found.add(division);
	}
	return found;
}

/**
 * Answers by list of grants, which is made once per change of somebody's permissions and never altered. A guard asks the
 * same few questions with every request, and going through two hundred patterns each time would be most of its work.
 */
const answers = new WeakMap<readonly GrantedPermission[], Map<string, DivisionSet>>();
/** Topics can name permissions of a client's choosing: their answers must not pile up. */
const mostAnswers = 2_000;

function divisionsOf(grants: readonly GrantedPermission[], wanted: string): DivisionSet {
	const known = answers.get(grants) ?? new Map<string, DivisionSet>();
	answers.set(grants, known);
	const found = known.get(wanted);
	if (found) return found;
	const divisions = unite(grants.filter((grant) => permissionMatches(grant.permission, wanted)));
	if (known.size < mostAnswers) known.set(wanted, divisions);
	return divisions;
}

function unite(grants: readonly GrantedPermission[]): DivisionSet {
	const found = new Set<string>();
	for (const { divisions } of grants) {
		if (divisions === "all") return "all";
		for (const division of divisions) found.add(division);
	}
	return found;
}

/** Refuses unless the principal holds `permission` in the division of the thing it touches. */
export function requireInDivision(principal: Principal, permissions: readonly string[], divisionId: string): void {
	if (permissions.some((permission) => holds(principal, permission, divisionId))) return;
	throw missingInDivision(permissions, [divisionId]);
}

/**
 * The refusal of somebody who lacks a permission where a thing is: who holds it elsewhere is told the division.
 * @param may whether they hold it anywhere
 */
export function missingWhere(
	permission: string,
	divisionIds: readonly string[],
	may: (permission: string) => boolean,
): ApiError {
	if (may(permission)) return missingInDivision([permission], divisionIds);
	return new ApiError(403, "missing.permissions", "This needs the permission {permissions}.", {
		params: { permissions: permission },
	});
}

/** One of the divisions is enough; where none is known, it takes who holds it in every one. */
function missingInDivision(permissions: readonly string[], divisionIds: readonly string[]): ApiError {
	const known = divisionIds.filter((id) => id !== "");
	const where =
		known.length === 0
			? "in every division (*)"
			: known.length === 1
				? "in the division {divisionId}"
				: "in one of the divisions {divisionId}";
	return new ApiError(403, "missing.division.permission", `This needs the permission {permissions} ${where}.`, {
		params: { permissions: permissions.join(", "), divisionId: known.join(", ") || "*" },
	});
}

/** The signed-in user's id; refuses tokens without a user as the platform does (platform-api 2.1). */
export function requireUser(principal: Principal): string {
	if (principal.userId) return principal.userId;
	throw new ApiError(400, "not.a.user", "This request needs the token of a user; a client-credentials token has none.");
}

/** Whom the events of a change name as its cause. */
export function actorOf(principal: Principal): Actor {
	return { clientId: principal.clientId, ...(principal.userId ? { userId: principal.userId } : {}) };
}
