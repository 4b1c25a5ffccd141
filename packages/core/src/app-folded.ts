import { type RawBuilder, sql } from "kysely";
import type { Migrations } from "./kernel/database/migrations.ts";

/**
 * Every column that holds words as `folded` (contract, words.ts) makes them, but for the generated ones of users: where that
 * rule changes, all of them change with it, in one migration over this list.
 */
export const foldedColumns = [
	{ table: "external_organizations", texts: ["sort_key"], lists: ["words"], vectors: ["search"] },
	{ table: "external_contacts", texts: ["sort_last", "sort_first"], lists: ["words"], vectors: ["search"] },
	{ table: "canned_responses", texts: [], lists: [], vectors: ["search"] },
	{ table: "audit_entries", texts: ["words"], lists: [], vectors: [] },
] as const;

/** What was kept by an earlier rule of folding, by the rule of today. */
export const foldedMigrations: Migrations = {
	"4095_folded_sigma": {
		/** The ς that ends a word is a σ (as in 4000 of users): "Νίκος" is found again. */
		async up(db) {
			for (const { table, texts, lists, vectors } of foldedColumns) {
				const anew: Array<[string, RawBuilder<unknown>]> = [
					...texts.map((name): [string, RawBuilder<unknown>] => [name, withSigma(sql.ref(name))]),
					...lists.map((name): [string, RawBuilder<unknown>] => [name, words(sql`unnest(${sql.ref(name)})`)]),
					...vectors.map((name): [string, RawBuilder<unknown>] => [
						name,
						sql`array_to_tsvector(${words(sql`unnest(tsvector_to_array(${sql.ref(name)}))`)})`,
					]),
				];
				const set = anew.map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
				const has = anew.map(([name]) => sql`${sql.ref(name)}::text like '%ς%'`);
				await sql`update ${sql.table(table)} set ${sql.join(set)} where ${sql.join(has, sql` or `)}`.execute(db);
			}
		},
	},
};

const withSigma = (text: RawBuilder<unknown>) => sql<string>`replace(${text}, 'ς', 'σ')`;
/** Each once. */
const words = (each: RawBuilder<unknown>) =>
	sql<string[]>`array(select distinct ${withSigma(sql`one`)} from ${each} one)`;
