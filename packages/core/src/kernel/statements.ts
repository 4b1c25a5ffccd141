import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** Different statements that are kept prepared; each connection keeps a plan of each. */
const mostPrepared = 300;
/** Different texts that are counted; beyond it the counting begins anew. */
const mostCounted = 3_000;
/** Longer texts are rare and mostly unlike each other: lists of many values. */
const longestText = 4_000;
/** PostgreSQL: the tables below a prepared statement have changed ("cached plan must not change result type"). */
const planOutdated = "0A000";

/**
 * Names for statements that come again, so that PostgreSQL parses and plans each once per connection: with our short
 * statements that is more than half of its work. A connection pooler between must know prepared statements (PgBouncer
 * does since 1.21).
 */
export class StatementNames {
	readonly #names = new Map<string, string>();
	readonly #counts = new Map<string, number>();
	#generation = 0;

	/** The name to prepare a text under; undefined for one that has come only once, or is one too many. */
	nameOf(text: string): string | undefined {
		const known = this.#names.get(text);
		if (known || text.length > longestText || this.#names.size >= mostPrepared) return known;
		if (this.#counts.size >= mostCounted) this.#counts.clear();
		const count = (this.#counts.get(text) ?? 0) + 1;
		this.#counts.set(text, count);
		if (count < 2) return undefined;
		const name = `s${this.#generation}_${this.#names.size}`;
		this.#names.set(text, name);
		this.#counts.delete(text);
		return name;
	}

	/** The tables have changed: everything is prepared anew under other names. */
	renew(): void {
		this.#generation++;
		this.#names.clear();
	}
}

/** Lets Kysely use a pool with prepared statements. */
export function preparing(pool: pg.Pool): PostgresPool {
	const names = new StatementNames();
	const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
	return {
		async connect() {
			const client = await pool.connect();
			const known = wrapped.get(client) ?? preparingClient(client, names);
			wrapped.set(client, known);
			return known;
		},
		end: () => pool.end(),
	};
}

function preparingClient(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
	async function query(text: string, values: readonly unknown[]) {
		// Without values it is a word such as "commit", or a migration's script.
		const name = values.length > 0 ? names.nameOf(text) : undefined;
		if (!name) return client.query(text, [...values]);
		try {
			return await client.query({ name, text, values: [...values] });
		} catch (error) {
			if ((error as { code?: string }).code !== planOutdated) throw error;
			// Another version of Inlay has changed the schema while this one runs.
			names.renew();
			if (client.getTransactionStatus() !== "I") throw error;
			return client.query(text, [...values]);
		}
	}
	// Cursors, the other overload, are configured nowhere.
	return { query, release: () => client.release() } as unknown as PostgresPoolClient;
}
