import { type RawBuilder, type SqlBool, sql } from "kysely";
import { lookAlike, looksOf } from "../look-alikes.ts";
import type { Trx } from "./database.ts";
import { lockNames } from "./lock-names.ts";

/** The names by which things of one kind are told apart. */
export interface Namesakes {
	/**
	 * The name of another thing that people take for one of these, or that is one of these. Of two that would take such
	 * names at once, the second one waits here, and then meets the first.
	 * @param id of the thing that is to have the names
	 */
	lookingLike(trx: Trx, id: string, names: readonly string[]): Promise<string | undefined>;
	/**
	 * Refuses a name that is new to the thing and that people take for another one's.
	 * @param before the name that it has had: what stands may stay
	 * @param refusal names the twin
	 */
	refuseTwin(
		trx: Trx,
		named: { id: string; name: string; before?: string | undefined },
		refusal: (twin: string) => Error,
	): Promise<void>;
}

/**
 * @param columns that hold names, which look like each other's
 * @param stands which rows are of things that stand, where rows are kept of what has gone
 */
export function namesakes(
	table: string,
	columns: readonly string[] = ["name"],
	stands: RawBuilder<SqlBool> = sql`true`,
): Namesakes {
	const named = sql.join(columns.map((column) => sql.ref(column)));
	// Bytes and characters: a name in ASCII has no twins but among the others, which are few, or have an index.
	const isBeyondAscii = sql.join(
		columns.map((column) => sql<SqlBool>`octet_length(${sql.ref(column)}) <> length(${sql.ref(column)})`),
		sql` or `,
	);
	return {
		async refuseTwin(trx, { id, name, before }, refusal) {
			const twin = name === before ? undefined : await this.lookingLike(trx, id, [name]);
			if (twin !== undefined) throw refusal(twin);
		},

		async lookingLike(trx, id, names) {
			await lockNames(
				trx,
				names.flatMap(looksOf).map((look) => `${table} ${look}`),
			);
			const isAscii = names.every((name) => /^[ -~]*$/.test(name));
			const others = await sql<{ name: string }>`
				select unnest(array[${named}]) as name from ${sql.table(table)}
				where ${stands} and id <> ${id} and ${isAscii ? sql`(${isBeyondAscii})` : sql`true`}`.execute(trx);
			const byLook = Map.groupBy(
				names.flatMap((name) => looksOf(name).map((look) => ({ look, name }))),
				({ look }) => look,
			);
			const alike = (other: string) => looksOf(other).flatMap((look) => byLook.get(look) ?? []);
			return others.rows.find((other) => alike(other.name).some(({ name }) => lookAlike(name, other.name)))?.name;
		},
	};
}
