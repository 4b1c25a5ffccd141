import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { allMigrations } from "../app-migrations.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrations.ts";
import { createLog } from "../kernel/log.ts";
import { startEmbeddedPostgres } from "../kernel/postgres/embedded-postgres.ts";
import { databaseUrl, templateName } from "./test-database.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** Where the tests' PostgreSQL listens; each test file makes a database of its own in it. */
		postgresUrl: string;
	}
}

/** Starts one PostgreSQL for the whole run, with a migrated template from which test files clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dataDir = await mkdtemp(join(tmpdir(), "inlay-test-"));
	const server = await startEmbeddedPostgres({ dataDir, log: createLog("warn") });
	await makeTemplate(server.url);
	project.provide("postgresUrl", server.url);
	return async () => {
		await server.stop();
		await rm(dataDir, { recursive: true, force: true });
	};
}

async function makeTemplate(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(`create database ${templateName}`);
	await client.end();
	const database = openDatabase(databaseUrl(url, templateName));
	await migrate(database.db, allMigrations);
	await database.close();
}
