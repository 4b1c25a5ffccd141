import type { Db } from "../../kernel/database/database.ts";
import type { DivisionSet } from "../../kernel/principal.ts";
import { type demands, isAdministrator } from "./demand.ts";
import { secondFactorStore } from "./store.ts";

/** Whom a demanded second factor would meet, before it is demanded. */
export interface Concerned {
	/** People who sign in by a password and whom it is asked of. */
	total: number;
	/** How many of them have none yet. */
	without: number;
	/** The first of those, as far as the reader may see them. */
	entities: Array<{ id: string; name: string }>;
}

/** What people may do, by their ids. */
export type PermissionsOf = (
	ids: readonly string[],
) => Promise<ReadonlyMap<string, { permissions: readonly string[] }>>;

/** As many as somebody reads in a question. */
const mostNamed = 10;

/**
 * Of nobody else is one asked: whoever is inactive does not sign in, and whoever has no password does so at their company's,
 * which asks for its own.
 */
export async function concernedBy(
	of: (typeof demands)[number],
	db: Db,
	permissionsOf: PermissionsOf,
	seen: DivisionSet,
): Promise<Concerned> {
	const people = of === "nobody" ? [] : await secondFactorStore.peopleWithPassword(db);
	const permissions = of === "administrators" ? await permissionsOf(people.map(({ id }) => id)) : undefined;
	const asked = people.filter(({ id }) => !permissions || isOne(permissions.get(id)?.permissions ?? []));
	const without = asked.filter(({ hasFactor }) => !hasFactor);
	const named = without.filter(({ divisionId }) => seen === "all" || seen.has(divisionId));
	return {
		total: asked.length,
		without: without.length,
		entities: named.slice(0, mostNamed).map(({ id, name }) => ({ id, name })),
	};
}

const isOne = (permissions: readonly string[]) =>
	isAdministrator(permissions.map((permission) => ({ permission, divisions: "all" })));
