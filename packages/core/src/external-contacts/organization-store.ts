import { folded, wordsIn } from "@inlay/contract/words";
import { type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { isOneOf } from "../kernel/database/lowered.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { searchOf } from "../kernel/words.ts";
import type { Slice } from "./contact-store.ts";
import type { Organization, OrganizationValue } from "./model.ts";

export interface OrganizationFilter {
	search?: string | undefined;
	divisions: DivisionSet;
	descending: boolean;
}

interface Row {
	id: string;
	division_id: string;
	name: string;
	value: OrganizationValue;
	version: number;
	created_at: Date;
	modified_at: Date;
}

const referred = referable("external_organizations");

/** Organizations as they are kept. */
export function organizationStore(db: Db) {
	return {
		async find(id: string, on: Db | Trx = db): Promise<Organization | undefined> {
			const { rows } = await sql<Row>`select * from external_organizations where id = ${id}`.execute(on);
			return rows.map(toOrganization)[0];
		},

		async lock(trx: Trx, id: string): Promise<Organization | undefined> {
			const { rows } = await sql<Row>`select * from external_organizations where id = ${id} for update`.execute(trx);
			return rows.map(toOrganization)[0];
		},

		/** Holds it until the transaction ends. @returns undefined where there is none */
		async hold(trx: Trx, id: string): Promise<Organization | undefined> {
			return (await referred.hold(trx, [id])).has(id) ? this.find(id, trx) : undefined;
		},

		/** By their names in small letters (`loweredKeys`), of several the first; held until the transaction ends. */
		async named(trx: Trx, names: readonly string[], divisionId: string): Promise<Map<string, Organization>> {
			const { rows } = await sql<
				Row & { key: string }
			>`select distinct on (lower(name)) *, lower(name) as key from external_organizations
				where division_id = ${divisionId} and ${isOneOf(sql`name`, names)}
				order by lower(name), created_at, id`.execute(trx);
			const held = await referred.hold(
				trx,
				rows.map(({ id }) => id),
			);
			const there = rows.filter(({ id }) => held.has(id));
			return new Map(there.map((row) => [row.key, toOrganization(row)]));
		},

		async page(
			filter: OrganizationFilter,
			{ limit, offset }: Slice,
		): Promise<{ found: Organization[]; total: number }> {
			const there = matching(filter);
			const direction = filter.descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`select * from external_organizations where ${there}
					order by sort_key ${direction}, id ${direction} limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from external_organizations where ${there}`.execute(db),
			]);
			return { found: page.rows.map(toOrganization), total: counted.rows[0]?.count ?? 0 };
		},

		async save(trx: Trx, organizations: readonly Organization[]): Promise<void> {
			const rows = organizations.map((one) => ({ ...one, key: folded(one.name), words: wordsIn(one.name) }));
			await sql`insert into external_organizations (id, division_id, name, sort_key, value, search, words, version,
					created_at, modified_at)
				select id, "divisionId", name, key, value, array_to_tsvector(words), words, version, "createdAt", "modifiedAt"
				from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent (id text, "divisionId" text, name text, key text,
					value jsonb, words text[], version int, "createdAt" timestamptz, "modifiedAt" timestamptz)
				on conflict (id) do update set division_id = excluded.division_id, name = excluded.name,
					sort_key = excluded.sort_key, value = excluded.value, search = excluded.search, words = excluded.words,
					version = excluded.version, modified_at = excluded.modified_at`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from external_organizations where id = ${id}`.execute(trx);
		},
	};
}

function matching({ search, divisions }: OrganizationFilter) {
	const asked = searchOf(search);
	const byWords = asked === undefined ? sql`true` : asked === "" ? sql`false` : sql`search @@ ${asked}::tsquery`;
	const there = divisions === "all" ? sql`true` : sql`division_id = any(${[...divisions]})`;
	return sql<SqlBool>`${byWords} and ${there}`;
}

function toOrganization({ division_id, created_at, modified_at, ...row }: Row): Organization {
	const { id, name, value, version } = row;
	return { id, name, value, version, divisionId: division_id, createdAt: created_at, modifiedAt: modified_at };
}

/** How many organizations are in each division. */
export async function organizationsInDivisions(divisionIds: readonly string[], db: Db): Promise<Map<string, number>> {
	const { rows } = await sql<{ division_id: string; count: number }>`
		select division_id, count(*)::int as count from external_organizations
		where division_id = any(${[...divisionIds]}) group by division_id`.execute(db);
	return new Map(rows.map((row) => [row.division_id, row.count]));
}
