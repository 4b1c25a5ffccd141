import { holdsPermission } from "@inlay/contract";
import type { Db } from "../kernel/database/database.ts";
import type { DivisionSet, GrantedPermission } from "../kernel/principal.ts";
import { type GroupsOfAll, joinGrants } from "./effective-grants.ts";
import { beyond, inDivisions, isSameGrant, type PermissionInDivision } from "./may-give.ts";
import { everyDivision, type Grant, type Role } from "./model.ts";
import { permissionsOf } from "./policies.ts";
import type { AuthorizationStore } from "./store.ts";

/** Two who hold something: `other` may be stronger than `subject`. */
export interface Pair {
	subjectId: string;
	otherId: string;
}

/** What subjects hold as a transaction sees it: their own grants and those of their groups. */
export function createHoldings(store: AuthorizationStore, groupsOfAll: GroupsOfAll) {
	/** What they hold together. @param db the transaction in which the caller is */
	async function of(db: Db, ...subjectIds: readonly string[]): Promise<GrantedPermission[]> {
		if (subjectIds.length === 0) return [];
		const { grants, roles } = await read(db, subjectIds);
		return joinGrants(subjectIds.flatMap(grants), roles);
	}

	/** What each of them holds; who holds the same roles shares one answer. */
	async function ofEach(db: Db, subjectIds: readonly string[]): Promise<Map<string, GrantedPermission[]>> {
		if (subjectIds.length === 0) return new Map();
		const { grants, roles } = await read(db, subjectIds);
		const joined = new Map<string, GrantedPermission[]>();
		return new Map(
			subjectIds.map((id) => {
				const own = grants(id);
				const key = [...new Set(own.map(({ roleId, divisionId }) => `${roleId} ${divisionId}`))].sort().join();
				const held = joined.get(key) ?? joinGrants(own, roles);
				joined.set(key, held);
				return [id, held];
			}),
		);
	}

	/** Those of the pairs whose other one holds anything that the subject does not. */
	async function stronger<P extends Pair>(db: Db, pairs: readonly P[]): Promise<P[]> {
		if (pairs.length === 0) return [];
		const { grants, roles } = await read(db, [...new Set(pairs.flatMap((pair) => [pair.subjectId, pair.otherId]))]);
		return pairs.filter(({ subjectId, otherId }) => {
			const [mine, theirs] = [grants(subjectId), grants(otherId)];
			// Mostly the same roles, which need no comparing of hundreds of permissions.
			if (theirs.every((one) => mine.some((other) => isSameGrant(one, other)))) return false;
			return beyond(joinGrants(mine, roles), joinGrants(theirs, roles).flatMap(asWanted)).length > 0;
		});
	}

	/** Where each of these holds one of the permissions; nowhere where there are none of them. */
	async function divisionsOfAll(
		db: Db,
		subjectIds: readonly string[],
		permissions: readonly string[],
	): Promise<DivisionSet> {
		const { grants, roles } = await read(db, subjectIds);
		const opens = ({ policies }: Role) =>
			permissions.some((wanted) => holdsPermission(permissionsOf(policies), wanted));
		const opening = new Set([...roles.values()].filter(opens).map((role) => role.id));
		const divisionsOf = (id: string) => grants(id).flatMap((one) => (opening.has(one.roleId) ? one.divisionId : []));
		const held = subjectIds.map((id) => new Set(divisionsOf(id)));
		const each: DivisionSet[] = held.map((one) => (one.has(everyDivision) ? "all" : one));
		return each.length === 0 ? new Set() : each.reduce(common);
	}

	async function read(db: Db, subjectIds: readonly string[]) {
		const groups = await groupsOfAll(subjectIds, db);
		const holders = [...new Set([...subjectIds, ...[...groups.values()].flat()])];
		const held = Map.groupBy(await store.grantsOf(db, holders), (grant) => grant.subjectId);
		const roles = new Map((await store.roles(db)).map((role) => [role.id, role]));
		const grants = (id: string): Grant[] => [id, ...(groups.get(id) ?? [])].flatMap((one) => held.get(one) ?? []);
		return { grants, roles };
	}

	return { of, ofEach, stronger, divisionsOfAll };
}

export type Holdings = ReturnType<typeof createHoldings>;

/** What somebody holds, as it would be given. */
export function asWanted({ permission, divisions }: GrantedPermission): PermissionInDivision[] {
	return inDivisions([permission], divisions === "all" ? [everyDivision] : [...divisions]);
}

function common(one: DivisionSet, other: DivisionSet): DivisionSet {
	if (one === "all") return other;
	return other === "all" ? one : new Set([...one].filter((id) => other.has(id)));
}
