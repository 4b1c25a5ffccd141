import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export const templateName = "inlay_template";

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
	const changed = new URL(url);
	changed.pathname = `/${name}`;
	return changed.href;
}

export interface TestDatabase {
	url: string;
	drop(): Promise<void>;
}

/** A fresh database with the whole schema, cloned from the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const serverUrl = inject("postgresUrl");
	const name = `test_${randomUUID().replaceAll("-", "")}`;
	await clone(serverUrl, name);
	return {
		url: databaseUrl(serverUrl, name),
		drop: () => query(serverUrl, `drop database if exists ${name} with (force)`),
	};
}

/**
 * PostgreSQL refuses to clone a template that another clone reads at that moment: take turns by a lock. Copying files takes
 * half to a fifth of what writing all of it to the log takes, where the checkpoints that it needs wait for no disk.
 */
async function clone(serverUrl: string, name: string): Promise<void> {
	const copy = `create database ${name} template ${templateName} strategy file_copy`;
	await query(serverUrl, "select pg_advisory_lock(42)", copy);
}

async function query(url: string, ...statements: string[]): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		for (const statement of statements) await client.query(statement);
	} finally {
		await client.end();
	}
}
