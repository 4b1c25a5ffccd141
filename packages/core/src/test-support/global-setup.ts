import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { keepCluster } from "../../../../scripts/testing/prepared-cluster.ts";
import { quickFolder } from "../../../../scripts/testing/quick-folder.ts";
import { allMigrations } from "../app-migrations.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrations.ts";
import { createLog } from "../kernel/log.ts";
import { startEmbeddedPostgres } from "../kernel/postgres/embedded-postgres.ts";
import { databaseName } from "../kernel/postgres/layout.ts";
import { databaseUrl, templateName } from "./test-database.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Where the tests' PostgreSQL listens; each test file makes a database of its own in it. */
		postgresUrl: string;
	}
}

/** Nobody keeps what the tests write: their server does not wait for the disk. */
const settings = { fsync: "off", full_page_writes: "off", max_wal_size: "128MB" };

/**
 * Starts one PostgreSQL for the whole run, with a migrated template from which test files clone, and keeps a copy of its
 * cluster for tests that start a PostgreSQL of their own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dataDir = await mkdtemp(join(quickFolder(), "inlay-test-"));
	const start = () => startEmbeddedPostgres({ dataDir, log: createLog("warn"), settings });
	const first = await start();
	await bringUpSchema(first.url);
	await first.stop();
	await keepCluster(dataDir);
	const server = await start();
	await makeTemplate(server.url);
	project.provide("postgresUrl", server.url);
	return async () => {
		await server.stop();
		await rm(dataDir, { recursive: true, force: true });
	};
}

async function bringUpSchema(url: string): Promise<void> {
	const database = openDatabase(url);
	await migrate(database.db, allMigrations);
	await database.close();
}

async function makeTemplate(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: databaseUrl(url, "postgres") });
	await client.connect();
	await client.query(`alter database ${databaseName} rename to ${templateName}`);
	await client.query(`create database ${databaseName}`);
	await client.end();
}
