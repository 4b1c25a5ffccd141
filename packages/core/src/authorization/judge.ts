import type { Db, Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { actorOf, type GrantedPermission, holds, type Principal } from "../kernel/principal.ts";
import { type GroupsOf, joinGrants } from "./effective-grants.ts";
import { beyond, inDivisions, type PermissionInDivision } from "./may-give.ts";
import { everyDivision, type RoleInDivision } from "./model.ts";
import { permissionsOf } from "./policies.ts";
import type { AuthorizationStore } from "./store.ts";

/** Who changes rights: the bearer of a token, who is judged, or the server itself (seeding), which is not. */
export type Giver = Principal | "server";

/** Who is answerable for the change, as its events tell. */
export function actorOfGiver(by: Giver): Actor | undefined {
	return by === "server" ? undefined : actorOf(by);
}

/** Makes the refusal of an operation that has a code of its own for it. */
export type Refusal = (missing: readonly PermissionInDivision[]) => ApiError;

/**
 * Judges one change of rights, within its transaction. Every operation that can give or take rights asks it; the table
 * of all operations is `test-support/rights-of-routes.ts`.
 */
export interface Judge {
	/** The giver holds these permissions where they would be given. @throws ApiError 403 `missing.division.permission` */
	mayGive(wanted: readonly PermissionInDivision[], refusal?: Refusal): void;
	/** As {@link mayGive}, for everything in these roles. */
	mayGiveRoles(roles: readonly RoleInDivision[], refusal?: Refusal): Promise<void>;
	/**
	 * As {@link mayGive}, for everything that the subject holds: whoever can act as it, or joins it, gets all of that; and
	 * whoever weakens it must be no weaker.
	 */
	mayHandOver(subjectId: string, refusal?: Refusal): Promise<void>;
	/** The giver holds one of these permissions in each of the divisions. @throws ApiError 403 `missing.division.permission` */
	holdsIn(permissions: readonly string[], divisionIds: readonly string[]): void;
	/** As {@link holdsIn}, for every division in which the subject holds a role: for taking its rights away. */
	holdsWhereverHeld(permissions: readonly string[], subjectId: string): Promise<void>;
}

/** Opens judgements. */
export function createJudges(store: AuthorizationStore, groupsOf: GroupsOf) {
	/** What the subject holds as of this transaction: its own grants and those of its groups. */
	async function heldBy(db: Db, subjectId: string): Promise<GrantedPermission[]> {
		const groups = await groupsOf(subjectId, db);
		const [grants, roles] = [await store.grantsOf(db, [subjectId, ...groups]), await store.roles(db)];
		return joinGrants(grants, new Map(roles.map((role) => [role.id, role])));
	}

	async function permissionsIn(trx: Trx, roles: readonly RoleInDivision[]): Promise<PermissionInDivision[]> {
		const known = new Map((await store.roles(trx)).map((role) => [role.id, role]));
		return roles.flatMap(({ roleId, divisionId }) =>
			inDivisions(permissionsOf(known.get(roleId)?.policies ?? []), [divisionId]),
		);
	}

	/**
	 * Opens the part of a transaction that changes who holds what. Until it ends no other transaction does, so what was
	 * judged is still true at the commit. Open it before locking any row.
	 */
	return async function judge(trx: Trx, by: Giver): Promise<Judge> {
		await store.lockRights(trx);
		if (by === "server") return anything;
		const held = await heldBy(trx, by.userId ?? by.clientId);

		function mayGive(wanted: readonly PermissionInDivision[], refusal: Refusal = missingRights): void {
			const missing = beyond(held, wanted);
			if (missing.length > 0) throw refusal(missing);
		}

		function holdsIn(permissions: readonly string[], divisionIds: readonly string[]): void {
			const where = divisionIds.find((id) => !permissions.some((one) => holds({ grants: held }, one, id)));
			if (where !== undefined) throw missingInDivision(permissions, where);
		}

		return {
			mayGive,
			holdsIn,
			mayGiveRoles: async (roles, refusal) => mayGive(await permissionsIn(trx, roles), refusal),
			async mayHandOver(subjectId, refusal) {
				mayGive((await heldBy(trx, subjectId)).flatMap(asWanted), refusal);
			},
			async holdsWhereverHeld(permissions, subjectId) {
				const grants = await store.grantsOf(trx, [subjectId]);
				holdsIn(permissions, [...new Set(grants.map((grant) => grant.divisionId))]);
			},
		};
	};
}

export type OpenJudge = ReturnType<typeof createJudges>;

const anything: Judge = {
	mayGive() {},
	async mayGiveRoles() {},
	async mayHandOver() {},
	holdsIn() {},
	async holdsWhereverHeld() {},
};

function asWanted({ permission, divisions }: GrantedPermission): PermissionInDivision[] {
	return inDivisions([permission], divisions === "all" ? [everyDivision] : [...divisions]);
}

function missingInDivision(permissions: readonly string[], divisionId: string): ApiError {
	return new ApiError(
		403,
		"missing.division.permission",
		`This needs the permission {permissions} ${place(divisionId)}.`,
		{
			params: { permissions: permissions.join(", "), divisionId },
		},
	);
}

function missingRights(missing: readonly PermissionInDivision[]): ApiError {
	return new ApiError(403, "missing.division.permission", missingText(missing), { params: missingParams(missing) });
}

/** As many as a person reads; a role can have hundreds. */
const mostNamed = 5;

/** A message template that says what is missing and where, for {@link missingParams}. */
export function missingText(missing: readonly PermissionInDivision[]): string {
	const { divisionId, permissions } = firstPlace(missing);
	const more = permissions.length > mostNamed ? " and {more} more" : "";
	return `Only what one holds can be given. You lack {permissions}${more} ${place(divisionId)}.`;
}

export function missingParams(missing: readonly PermissionInDivision[]): Record<string, string> {
	const { divisionId, permissions } = firstPlace(missing);
	const named = permissions.slice(0, mostNamed);
	return { permissions: named.join(", "), divisionId, more: String(permissions.length - named.length) };
}

/** One division at a time: a person mends one, and reads of the next. */
function firstPlace(missing: readonly PermissionInDivision[]): { divisionId: string; permissions: string[] } {
	const { divisionId = everyDivision } = missing[0] ?? {};
	const there = missing.filter((one) => one.divisionId === divisionId);
	return { divisionId, permissions: [...new Set(there.map((one) => one.permission))] };
}

function place(divisionId: string): string {
	return divisionId === everyDivision ? "in every division (*)" : "in the division {divisionId}";
}
