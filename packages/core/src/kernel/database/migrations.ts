import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { StartError } from "../config/start-error.ts";
import type { Db } from "./database.ts";

/**
 * A domain's migrations by globally unique name, e.g. `"0300_oauth_tables"`; they run in the order of the names.
 * A released name never changes; a later migration takes a number above all that exist.
 */
// biome-ignore lint/suspicious/noExplicitAny: Kysely types migrations this way, as tables differ between versions
export type Migrations = Record<string, { up(db: Kysely<any>): Promise<void> }>;

/**
 * Brings the database to this code's schema. Refuses a database that a newer Inlay has written.
 * @throws StartError `schema.newer` | `schema.failed`
 */
export async function migrate(db: Db, sets: Migrations[]): Promise<void> {
	const all = flatten(sets);
	const migrator = new Migrator({
		db,
		provider: { getMigrations: async () => all },
		allowUnorderedMigrations: true,
	});
	const applied = await appliedTo(db);
	refuseNewer(applied, all);
	// As at nearly every start: looking at the whole schema, as the migrator does, takes a while.
	if (Object.keys(all).every((name) => applied.has(name))) return;
	const { error } = await migrator.migrateToLatest();
	if (error)
		throw new StartError("schema.failed", `The database schema could not be brought up to date: ${text(error)}`);
}

function flatten(sets: Migrations[]): Record<string, Migration> {
	const all: Record<string, Migration> = {};
	for (const set of sets) {
		for (const [name, migration] of Object.entries(set)) {
			if (all[name]) throw new Error(`Two migrations are called ${name}.`);
			all[name] = migration;
		}
	}
	return all;
}

async function appliedTo(db: Db): Promise<ReadonlySet<string>> {
	const table = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(db);
	if (!table.rows[0]?.found) return new Set();
	const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
	return new Set(rows.map((row) => row.name));
}

function refuseNewer(applied: ReadonlySet<string>, known: Record<string, Migration>): void {
	const foreign = [...applied].filter((name) => !known[name]);
	if (foreign.length === 0) return;
	throw new StartError(
		"schema.newer",
		`The database was written by a newer Inlay (it has ${foreign[0]}, which this version does not know). Start that version, or use another data folder or database.`,
	);
}

function text(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
