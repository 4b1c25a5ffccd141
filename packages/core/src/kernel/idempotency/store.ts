import { sql } from "kysely";
import type { Database, Db, Trx } from "../database/database.ts";
import type { Migrations } from "../database/migrations.ts";

declare module "../database/database.ts" {
	interface Tables {
		idempotency_keys: {
			/** Client and user that sent the key: keys of others are others'. */
			caller: string;
			key: string;
			/** SHA-256 of what was asked. */
			request: string;
			/** Absent while the answer is being made, where it holds a secret, and where the server was killed before it. */
			answer: string | null;
			done_at: Date;
		};
	}
}

export const idempotencyMigrations: Migrations = {
	"2791_idempotency_keys": {
		async up(db) {
			await sql`create table idempotency_keys (
				caller text not null, key text not null, request text not null, answer text, done_at timestamptz not null,
				primary key (caller, key)
			)`.execute(db);
			await sql`create index idempotency_keys_done on idempotency_keys (done_at)`.execute(db);
		},
	},
};

/** By whom, and under which key, something was asked. */
export interface Asked {
	caller: string;
	key: string;
	request: string;
}

export interface Done {
	request: string;
	/** JSON; absent where none is kept. */
	answer: string | null;
}

export const idempotencyStore = {
	find(db: Db, { caller, key }: Asked, since: Date): Promise<Done | undefined> {
		return db
			.selectFrom("idempotency_keys")
			.select(["request", "answer"])
			.where("caller", "=", caller)
			.where("key", "=", key)
			.where("done_at", ">", since)
			.executeTakeFirst();
	},

	/** @returns false where the key was used since then */
	async add(trx: Trx, { caller, key, request }: Asked, now: Date, since: Date): Promise<boolean> {
		const added = await trx
			.insertInto("idempotency_keys")
			.values({ caller, key, request, answer: null, done_at: now })
			.onConflict((conflict) =>
				conflict
					.columns(["caller", "key"])
					.doUpdateSet({ request, answer: null, done_at: now })
					.where("idempotency_keys.done_at", "<=", since),
			)
			.returning("key")
			.executeTakeFirst();
		return added !== undefined;
	},

	async answer(database: Database, { caller, key, request }: Asked, answer: string): Promise<void> {
		await database.change((trx) =>
			trx
				.updateTable("idempotency_keys")
				.set({ request, answer })
				.where("caller", "=", caller)
				.where("key", "=", key)
				.execute(),
		);
	},

	/** The key may be used again. */
	async free(trx: Trx, { caller, key }: Asked): Promise<void> {
		await trx
			.deleteFrom("idempotency_keys")
			.where("caller", "=", caller)
			.where("key", "=", key)
			.where("answer", "is", null)
			.execute();
	},

	/** @returns how many went */
	async forget(trx: Trx, before: Date, most: number): Promise<number> {
		const old = trx
			.selectFrom("idempotency_keys")
			.select(["caller", "key"])
			.where("done_at", "<=", before)
			.orderBy("done_at")
			.limit(most);
		const gone = await trx
			.deleteFrom("idempotency_keys")
			.using(old.as("old"))
			.whereRef("idempotency_keys.caller", "=", "old.caller")
			.whereRef("idempotency_keys.key", "=", "old.key")
			.executeTakeFirst();
		return Number(gone.numDeletedRows);
	},
};
