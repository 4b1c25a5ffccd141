import type { RunningInlay } from "@inlay/core";
import { CompiledQuery } from "kysely";

/** What PostgreSQL does by itself to tables that have grown, done now: so that it is not measured along. */
export async function tidy({ kernel }: RunningInlay): Promise<void> {
	await kernel.database.db.executeQuery(CompiledQuery.raw("vacuum (analyze)"));
}

/** The name that all processes of the server's PostgreSQL carry in their titles. */
export async function clusterName({ kernel }: RunningInlay): Promise<string> {
	const query = CompiledQuery.raw("select current_setting('cluster_name') as name") as CompiledQuery<{ name: string }>;
	return (await kernel.database.db.executeQuery(query)).rows[0]?.name ?? "";
}

/** Bytes of all tables with their indexes. */
export async function databaseBytes({ kernel }: RunningInlay): Promise<number> {
	const query = CompiledQuery.raw("select pg_database_size(current_database())::float8 as bytes");
	return ((await kernel.database.db.executeQuery(query)).rows[0] as { bytes: number }).bytes;
}
