import { type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import type { Use } from "../kernel/sight.ts";
import { namePattern } from "../routing/queue-rules.ts";
import type { Thing, ThingKind } from "./model.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

export interface ThingFilter {
	/** As queues' names are searched. */
	name?: string;
	ids?: readonly string[];
	divisions?: DivisionSet;
	descending?: boolean;
}

interface Row {
	id: string;
	name: string;
	division_id: string | null;
	version: number;
	created_at: Date;
	modified_at: Date;
	value: unknown;
}

/** The things of one kind. */
export function thingStore<V>(db: Db, kind: ThingKind) {
	const ofKind = sql<SqlBool>`kind = ${sql.lit(kind)}`;

	function matching({ name, ids, divisions }: ThingFilter) {
		const byName = name ? sql<SqlBool>`lower(name) like ${lowered(namePattern(name))}` : sql<SqlBool>`true`;
		const byId = ids && ids.length > 0 ? sql<SqlBool>`id = any(${[...ids]})` : sql<SqlBool>`true`;
		const there = divisions && divisions !== "all" ? sql`division_id = any(${[...divisions]})` : sql`true`;
		return sql<SqlBool>`${ofKind} and ${byName} and ${byId} and ${there}`;
	}

	return {
		names: namesakes("outbound_things", ["name"], ofKind),
		referred: referable("outbound_things", ofKind),

		async find(on: Db | Trx, id: string): Promise<Thing<V> | undefined> {
			const { rows } = await sql<Row>`select * from outbound_things where ${ofKind} and id = ${id}`.execute(on);
			return rows.map((row) => toThing<V>(row))[0];
		},

		async all(on: Db | Trx): Promise<Thing<V>[]> {
			const { rows } = await sql<Row>`select * from outbound_things where ${ofKind} order by lower(name), id`.execute(
				on,
			);
			return rows.map((row) => toThing<V>(row));
		},

		async lock(trx: Trx, id: string): Promise<Thing<V> | undefined> {
			const { rows } = await sql<Row>`
				select * from outbound_things where ${ofKind} and id = ${id} for update`.execute(trx);
			return rows.map((row) => toThing<V>(row))[0];
		},

		async list(filter: ThingFilter, { limit, offset }: { limit: number; offset: number }) {
			const direction = filter.descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`select * from outbound_things where ${matching(filter)}
					order by lower(name) ${direction}, id limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from outbound_things where ${matching(filter)}`.execute(
					db,
				),
			]);
			return { found: page.rows.map((row) => toThing<V>(row)), total: counted.rows[0]?.count ?? 0 };
		},

		async insert(trx: Trx, thing: Thing<V>): Promise<void> {
			await sql`insert into outbound_things (id, kind, name, division_id, created_at, modified_at, value) values (
				${thing.id}, ${kind}, ${thing.name}, ${thing.divisionId ?? null}, ${thing.dateCreated}, ${thing.dateModified},
				${JSON.stringify(thing.value)}::jsonb)`.execute(trx);
		},

		async update(trx: Trx, thing: Thing<V>): Promise<void> {
			await sql`update outbound_things set name = ${thing.name}, division_id = ${thing.divisionId ?? null},
				version = ${thing.version}, modified_at = ${thing.dateModified}, value = ${JSON.stringify(thing.value)}::jsonb
				where id = ${thing.id}`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from outbound_things where id = ${id}`.execute(trx);
		},

		/** Those whose value names the other thing there. */
		async naming(on: Db | Trx, path: "text" | "list", key: string, id: string): Promise<Thing<V>[]> {
			const { rows } = await sql<Row>`select * from outbound_things
				where ${ofKind} and ${names(path, key, id)} order by lower(name), id`.execute(on);
			return rows.map((row) => toThing<V>(row));
		},

		/** The things of another kind that name this one in their value, for whoever may see them. */
		async referringTo(trx: Trx, id: string, by: ThingKind, path: "text" | "list", key: string): Promise<Use[]> {
			const { rows } = await sql<{ name: string; division_id: string | null }>`
				select name, division_id from outbound_things
				where kind = ${by} and ${names(path, key, id)} order by lower(name)`.execute(trx);
			const permissions = [`outbound:${by}:view`];
			return rows.map((row) => ({
				what: row.name,
				seenBy: { permissions, divisionId: row.division_id ?? undefined },
			}));
		},
	};
}

function names(path: "text" | "list", key: string, id: string) {
	return path === "text" ? sql`value ->> ${key} = ${id}` : sql`value -> ${key} ? ${id}`;
}

export type ThingStore<V> = ReturnType<typeof thingStore<V>>;

function toThing<V>(row: Row): Thing<V> {
	return {
		id: row.id,
		name: row.name,
		divisionId: row.division_id ?? undefined,
		version: row.version,
		dateCreated: row.created_at,
		dateModified: row.modified_at,
		value: row.value as V,
	};
}

/** How many contact lists, DNC lists and campaigns are in each division. */
export function thingsInDivisions(kind: ThingKind) {
	return async (divisionIds: readonly string[], db: Db): Promise<Map<string, number>> => {
		const { rows } = await sql<{ division_id: string; count: number }>`
			select division_id, count(*)::int as count from outbound_things
			where kind = ${kind} and division_id = any(${[...divisionIds]}) group by division_id`.execute(db);
		return new Map(rows.map((row) => [row.division_id, row.count]));
	};
}
