import { sql } from "kysely";
import type { Trx } from "./database.ts";

/**
 * Holds names until the transaction ends; whoever else wants one of them waits. In one statement however many they are, and in
 * the same order for everybody, so of two who want several of the same, one waits for the other.
 * @param names say what kind of thing they are names of
 */
export async function lockNames(trx: Trx, names: readonly string[]): Promise<void> {
	const wanted = [...new Set(names)].sort();
	if (wanted.length === 0) return;
	await sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${wanted}::text[]) name`.execute(trx);
}
