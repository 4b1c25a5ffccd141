import { type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import { namePattern } from "./queue-rules.ts";
import type { Slice } from "./queue-store.ts";
import type { Ability, AbilityKind, OwnAbility } from "./skill-model.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

export interface AbilityFilter {
	/** As queues' names are searched. */
	name?: string;
	ids?: readonly string[];
	descending?: boolean;
}

/** Where one kind is kept. */
const places = {
	skill: { table: "routing_skills", own: "user_skills", column: "skill_id" },
	language: { table: "routing_languages", own: "user_languages", column: "language_id" },
} as const;

interface Row {
	id: string;
	name: string;
	modified_at: Date;
	version: number;
}

/** Skills or languages, and who has which. */
export function abilityStore(db: Db, kind: AbilityKind) {
	const { table, own, column } = places[kind];
	const [all, owned, reference] = [sql.table(table), sql.table(own), sql.ref(column)];

	function matching({ name, ids }: AbilityFilter) {
		const byName = name ? sql<SqlBool>`lower(name) like ${lowered(namePattern(name))}` : sql<SqlBool>`true`;
		return ids && ids.length > 0 ? sql<SqlBool>`${byName} and id = any(${[...ids]})` : byName;
	}

	return {
		names: namesakes(table),
		referred: referable(table),

		async find(on: Db | Trx, ids: readonly string[]): Promise<Ability[]> {
			const { rows } = await sql<Row>`select * from ${all} where id = any(${[...ids]})`.execute(on);
			return rows.map(toAbility);
		},

		async lock(trx: Trx, id: string): Promise<Ability | undefined> {
			const { rows } = await sql<Row>`select * from ${all} where id = ${id} for update`.execute(trx);
			return rows.map(toAbility)[0];
		},

		async list(filter: AbilityFilter, { limit, offset }: Slice): Promise<{ found: Ability[]; total: number }> {
			const direction = filter.descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`select * from ${all} where ${matching(filter)}
					order by lower(name) ${direction}, id limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from ${all} where ${matching(filter)}`.execute(db),
			]);
			return { found: page.rows.map(toAbility), total: counted.rows[0]?.count ?? 0 };
		},

		async insert(trx: Trx, { id, name, dateModified: at }: Ability): Promise<void> {
			await sql`insert into ${all} (id, name, created_at, modified_at) values (${id}, ${name}, ${at}, ${at})`.execute(
				trx,
			);
		},

		async update(trx: Trx, { id, name, dateModified, version }: Ability): Promise<void> {
			await sql`update ${all} set name = ${name}, modified_at = ${dateModified}, version = ${version}
				where id = ${id}`.execute(trx);
		},

		/** With it goes that people have it. @returns who had it */
		async delete(trx: Trx, id: string): Promise<string[]> {
			const { rows } = await sql<{ user_id: string }>`
				delete from ${owned} where ${reference} = ${id} returning user_id`.execute(trx);
			await sql`delete from ${all} where id = ${id}`.execute(trx);
			return rows.map((row) => row.user_id).toSorted();
		},

		/** By name. */
		async ofUsers(on: Db | Trx, userIds: readonly string[]): Promise<Map<string, OwnAbility[]>> {
			const { rows } = await sql<{ user_id: string } & OwnAbility>`
				select o.user_id, a.id, a.name, o.proficiency from ${owned} o join ${all} a on a.id = o.${reference}
				where o.user_id = any(${[...userIds]}) order by lower(a.name), a.id`.execute(on);
			const found = new Map<string, OwnAbility[]>();
			for (const { user_id, ...one } of rows) found.set(user_id, [...(found.get(user_id) ?? []), one]);
			return found;
		},

		async give(trx: Trx, userId: string, entries: ReadonlyArray<{ id: string; proficiency: number }>): Promise<void> {
			await sql`insert into ${owned} (user_id, ${reference}, proficiency)
				select ${userId}, id, proficiency from unnest(${entries.map((one) => one.id)}::text[],
					${entries.map((one) => one.proficiency)}::real[]) as given (id, proficiency)
				on conflict (user_id, ${reference}) do update set proficiency = excluded.proficiency`.execute(trx);
		},

		/** @param only these; all that the user has, unless told @returns whether there were any */
		async take(trx: Trx, userId: string, only?: readonly string[]): Promise<boolean> {
			const these = only ? sql<SqlBool>`${reference} = any(${[...only]})` : sql<SqlBool>`true`;
			const { rows } = await sql`
				delete from ${owned} where user_id = ${userId} and ${these} returning user_id`.execute(trx);
			return rows.length > 0;
		},
	};
}

function toAbility({ id, name, modified_at, version }: Row): Ability {
	return { id, name, dateModified: modified_at, version };
}
