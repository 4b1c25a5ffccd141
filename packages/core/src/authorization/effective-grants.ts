import type { Db } from "../kernel/database/database.ts";
import type { DivisionSet, GrantedPermission } from "../kernel/principal.ts";
import { everyDivision, type Grant, type Role } from "./model.ts";
import { permissionsOf } from "./policies.ts";
import type { AuthorizationStore } from "./store.ts";

/**
 * Which groups hold grants for users, nothing of those who are in none; the users domain answers, within a transaction
 * where one is given.
 */
export type GroupsOfAll = (userIds: readonly string[], db?: Db) => Promise<ReadonlyMap<string, string[]>>;

/**
 * Effective permissions by subject, kept in memory until something that could change them happens.
 * A reading that is under way while the memory is cleared is not kept, so nobody lives on with what was before.
 */
export class EffectiveGrants {
	readonly #db: Db;
	readonly #store: AuthorizationStore;
	readonly #known = new Map<string, Promise<GrantedPermission[]>>();
	#generation = 0;
	groupsOfAll: GroupsOfAll = async () => new Map();

	constructor(db: Db, store: AuthorizationStore) {
		this.#db = db;
		this.#store = store;
	}

	/** Grows whenever permissions may have changed: what was derived from an older generation is to be read again. */
	get generation(): number {
		return this.#generation;
	}

	forget(): void {
		this.#generation++;
		this.#known.clear();
	}

	of(subjectId: string): Promise<GrantedPermission[]> {
		const known = this.#known.get(subjectId);
		if (known) return known;
		const reading = this.#read(subjectId);
		this.#known.set(subjectId, reading);
		// A failed reading must not be remembered.
		reading.catch(() => {
			if (this.#known.get(subjectId) === reading) this.#known.delete(subjectId);
		});
		return reading;
	}

	/** The subject's own grants and those of its groups. */
	async rows(subjectId: string): Promise<Grant[]> {
		return (await this.rowsOf([subjectId])).get(subjectId) ?? [];
	}

	/** As `rows` for many. */
	async rowsOf(subjectIds: readonly string[]): Promise<Map<string, Grant[]>> {
		const groups = await this.groupsOfAll(subjectIds);
		const holders = [...new Set([...subjectIds, ...[...groups.values()].flat()])];
		const held = Map.groupBy(await this.#store.grantsOf(this.#db, holders), (grant) => grant.subjectId);
		const of = (id: string) => [id, ...(groups.get(id) ?? [])].flatMap((holder) => held.get(holder) ?? []);
		return new Map(subjectIds.map((id) => [id, of(id)]));
	}

	async #read(subjectId: string): Promise<GrantedPermission[]> {
		const [grants, roles] = await Promise.all([this.rows(subjectId), this.#store.roles(this.#db)]);
		return joinGrants(grants, new Map(roles.map((role) => [role.id, role])));
	}
}

/** One entry per permission, its divisions united. */
export function joinGrants(grants: readonly Grant[], roles: ReadonlyMap<string, Role>): GrantedPermission[] {
	const divisions = new Map<string, Set<string>>();
	for (const grant of grants) {
		for (const permission of permissionsOf(roles.get(grant.roleId)?.policies ?? [])) {
			const found = divisions.get(permission) ?? new Set();
			divisions.set(permission, found.add(grant.divisionId));
		}
	}
	return [...divisions].map(([permission, found]) => ({
		permission,
		divisions: found.has(everyDivision) ? "all" : found,
	}));
}

/**
 * Grants that may be told to somebody who may view grants in these divisions. What is held in every division is held there
 * too; what somebody holds elsewhere is those divisions' business.
 */
export function toldIn(grants: readonly Grant[], where: DivisionSet): Grant[] {
	return grants.filter(
		({ divisionId }) => where === "all" || where.has(divisionId) || (divisionId === everyDivision && where.size > 0),
	);
}
