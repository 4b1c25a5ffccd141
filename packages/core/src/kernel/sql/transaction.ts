import type { Compilable, CompiledQuery } from "kysely";
import pg from "pg";
import type { Db, Trx } from "../database/database.ts";
import type { Call, Outcome } from "./batch.ts";
import { pipelineOf, writer } from "./dialect.ts";
import type { Pipeline } from "./pipeline.ts";

/** What PostgreSQL undid and is worth another try from the start: `serialization_failure` and `deadlock_detected`. */
const undone = new Set(["40001", "40P01"]);

/** Transactions whose pipeline can be reached without asking Kysely, which would let one query wait for the other. */
const pipelines = new WeakMap<Db, Pipeline>();

/** A change is overtaken in a moment of its own; one that is overtaken so often meets a fault, not bad luck. */
const mostTries = 10;

/**
 * Runs `work` in a transaction that may write to the event log. One that PostgreSQL refuses as it came out of order (a
 * later change has told the log of the same thing already), or as two wait for each other, is undone and done again from
 * the start, with a new number and what the later one has left; so `work` may run several times, and leaves nothing behind
 * outside of the transaction.
 */
export async function writerTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
	for (let tries = 1; ; tries++) {
		try {
			return await once(db, work);
		} catch (error) {
			if (tries === mostTries || !isUndone(error)) throw error;
		}
	}
}

function isUndone(error: unknown): boolean {
	return error instanceof pg.DatabaseError && undone.has(error.code ?? "");
}

function once<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
	return db
		.transaction()
		.setAccessMode(writer)
		.execute(async (trx) => {
			const pipeline = await trx.getExecutor().provideConnection(async (connection) => pipelineOf(connection));
			pipelines.set(trx, pipeline);
			return work(trx);
		});
}

/**
 * What `work` asks at once by `runQuery` and prepared statements goes to PostgreSQL in one message, without being a
 * transaction: each sees what was committed when it began.
 */
export function onOneConnection<T>(db: Db, work: (on: Db) => Promise<T>): Promise<T> {
	return db.connection().execute(async (on) => {
		pipelines.set(on, await on.getExecutor().provideConnection(async (connection) => pipelineOf(connection)));
		return work(on);
	});
}

/** A query's rows; unlike Kysely's own `execute` it does not wait for another one on the same connection. */
export async function runQuery<Row>(on: Db | Trx, { sql, parameters }: CompiledQuery<Row>): Promise<Row[]> {
	return (await runOn(on, { text: sql, values: parameters })).rows as Row[];
}

/** How many statements of this change have changed rows by now. Locks are none. */
export function writesOf(trx: Trx): number {
	return pipelines.get(trx)?.writes ?? 0;
}

export async function runOn(on: Db | Trx, call: Call): Promise<Outcome> {
	const pipeline = pipelines.get(on);
	if (pipeline) return pipeline.run(call);
	return on.getExecutor().provideConnection((connection) => pipelineOf(connection).run(call));
}

export async function writeOn(trx: Trx, call: Call): Promise<void> {
	const pipeline = pipelines.get(trx);
	if (pipeline) pipeline.write(call);
	else await trx.getExecutor().provideConnection(async (connection) => pipelineOf(connection).write(call));
}

/**
 * Runs a query that changes rows and is asked nothing, together with what comes next in the transaction, at the latest
 * its commit. Should it fail, that fails.
 */
export function writeLater(trx: Trx, query: Compilable): Promise<void> {
	const { sql, parameters } = query.compile();
	return writeOn(trx, { text: sql, values: parameters });
}
