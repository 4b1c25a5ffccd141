import { type DatabaseConnection, type Driver, PostgresDialect, type TransactionSettings } from "kysely";
import type { Call } from "./batch.ts";
import { type ConnectionPool, Pipeline } from "./pipeline.ts";

/** Access mode that names a transaction as a writer's; PostgreSQL's own default, so that it says nothing else. */
export const writer = "read write";

/**
 * PostgreSQL for Kysely over pipelines.
 * @param writerMark run first in each transaction of the access mode `writer`
 */
export function pipelinedDialect(pool: ConnectionPool, writerMark: Call): PostgresDialect {
	return new PipelinedDialect(pool, writerMark);
}

class PipelinedDialect extends PostgresDialect {
	readonly #pool: ConnectionPool;
	readonly #writerMark: Call;

	constructor(pool: ConnectionPool, writerMark: Call) {
		super({ pool });
		this.#pool = pool;
		this.#writerMark = writerMark;
	}

	override createDriver(): Driver {
		return new PipelinedDriver(this.#pool, this.#writerMark);
	}
}

class PipelinedDriver implements Driver {
	readonly #pool: ConnectionPool;
	readonly #writerMark: Call;

	constructor(pool: ConnectionPool, writerMark: Call) {
		this.#pool = pool;
		this.#writerMark = writerMark;
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		return new Pipeline(await this.#pool.connect());
	}

	async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
		const { accessMode, isolationLevel } = settings;
		const isPlain = isolationLevel === undefined && (accessMode === undefined || accessMode === writer);
		if (!isPlain) throw new Error("Only plain transactions are known here, and those of writers.");
		pipelineOf(connection).begin(...(accessMode === writer ? [this.#writerMark] : []));
	}

	commitTransaction(connection: DatabaseConnection): Promise<void> {
		return pipelineOf(connection).commit();
	}

	rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		return pipelineOf(connection).rollback();
	}

	async releaseConnection(connection: DatabaseConnection): Promise<void> {
		pipelineOf(connection).release();
	}

	destroy(): Promise<void> {
		return this.#pool.end();
	}
}

/** Connections come from `acquireConnection` above. */
export function pipelineOf(connection: DatabaseConnection): Pipeline {
	if (connection instanceof Pipeline) return connection;
	throw new Error("The connection is none of this dialect's.");
}
