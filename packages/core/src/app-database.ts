import { allMigrations } from "./app-migrations.ts";
import type { Config } from "./kernel/config/config.ts";
import { databaseUnreachable, StartError } from "./kernel/config/start-error.ts";
import { type Database, openDatabase } from "./kernel/database/database.ts";
import { migrate } from "./kernel/database/migrations.ts";
import { readTerm, termOf } from "./kernel/lease/lease-table.ts";
import { takeLease } from "./kernel/lease/postgres-lease.ts";
import type { ServerLease } from "./kernel/lease/server-lease.ts";
import type { Logger } from "./kernel/log.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./kernel/postgres/embedded-postgres.ts";
import type { Undo } from "./kernel/undo.ts";

/** An embedded PostgreSQL that has said nothing for so long hangs, and is replaced, in ms. */
const hangsAfterMs = 15_000;

/**
 * Brings up the database that this server is the one server of: PostgreSQL, the lease, the schema, and the watch over it.
 * Until the lease is held, nothing is written.
 *
 * @param say tells the person at the console why the start waits
 * @throws StartError
 */
export async function startDatabase(
	config: Config,
	log: Logger,
	undo: Undo,
	say: (sentence: string) => void,
): Promise<{ database: Database; lease: ServerLease }> {
	const embedded =
		config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: config.dataDir, log }) : undefined;
	if (embedded) undo.push(() => embedded.stop());
	const url = embedded?.url ?? (config.databaseUrl as string);
	const lease = await leaseOf(url, say);
	undo.push(() => lease.release());
	const greeting = { sql: readTerm, check: (rows: unknown[]) => refuseEarlierTerm(rows, lease) };
	await bringSchemaUpToDate(url, greeting);
	const database = openDatabase(url, { isStarting: true, greeting });
	undo.push(() => database.close());
	tellOfOutages(database, log);
	if (embedded) replaceWhenHung(database, embedded, undo);
	await database.watch();
	return { database, lease };
}

async function leaseOf(url: string, say: (sentence: string) => void): Promise<ServerLease> {
	try {
		return await takeLease({
			url,
			waiting: (name) => say(`Another Inlay (${name}) is running on this database; waiting for it to stop.`),
		});
	} catch (error) {
		throw error instanceof StartError ? error : databaseUnreachable(url, error);
	}
}

/** A server that was taken over writes nothing any more: its old connections are ended, and new ones end here. */
function refuseEarlierTerm(rows: unknown[], lease: ServerLease): void {
	if (termOf(rows) !== lease.term) throw new Error("Another server has taken the database over.");
}

async function bringSchemaUpToDate(
	url: string,
	greeting: { sql: string; check(rows: unknown[]): void },
): Promise<void> {
	const database = openDatabase(url, { poolSize: 2, isPatient: true, isStarting: true, greeting });
	try {
		await migrate(database.db, allMigrations);
	} finally {
		await database.close();
	}
}

function tellOfOutages({ health }: Database, log: Logger): void {
	health.onChange((isAvailable, error) => {
		if (isAvailable) log.warn("the database is back");
		else log.error({ err: error }, "the database does not answer; requests are refused until it does");
	});
}

function replaceWhenHung({ health }: Database, embedded: EmbeddedPostgres, undo: Undo): void {
	let timer: NodeJS.Timeout | undefined;
	const replace = () => {
		embedded.replace();
		timer = setTimeout(replace, hangsAfterMs);
	};
	health.onChange((isAvailable) => {
		clearTimeout(timer);
		if (!isAvailable) timer = setTimeout(replace, hangsAfterMs);
	});
	undo.push(() => clearTimeout(timer));
}
