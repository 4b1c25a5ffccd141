import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";

interface PanelSessionRow {
	secret_hash: string;
	deployment: string;
	sealed_token: Buffer;
	expires_at: Date;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		panel_sessions: PanelSessionRow;
	}
}

export const panelSessionMigrations: Migrations = {
	"0401_panel_sessions": {
		async up(db) {
			await sql`create table panel_sessions (
				secret_hash text primary key, deployment text not null, sealed_token bytea not null,
				expires_at timestamptz not null
			)`.execute(db);
			await sql`create index panel_sessions_expires_at on panel_sessions (expires_at)`.execute(db);
		},
	},
};

/** A token at rest: nobody can read it without the secret that its hash stands for. */
export interface PanelSession {
	hash: string;
	deployment: string;
	sealed: Buffer;
	expiresAt: Date;
}

export interface PanelSessionStore {
	find(hash: string): Promise<PanelSession | undefined>;
	add(trx: Trx, session: PanelSession): Promise<void>;
	remove(trx: Trx, hash: string): Promise<void>;
	removeEnded(trx: Trx, now: Date): Promise<void>;
}

export function panelSessionStore(db: Db): PanelSessionStore {
	return {
		async find(hash) {
			const row = await db.selectFrom("panel_sessions").selectAll().where("secret_hash", "=", hash).executeTakeFirst();
			return row && { hash, deployment: row.deployment, sealed: row.sealed_token, expiresAt: row.expires_at };
		},
		async add(trx, { hash, deployment, sealed, expiresAt }) {
			const row = { secret_hash: hash, deployment, sealed_token: sealed, expires_at: expiresAt };
			await trx.insertInto("panel_sessions").values(row).execute();
		},
		async remove(trx, hash) {
			await trx.deleteFrom("panel_sessions").where("secret_hash", "=", hash).execute();
		},
		async removeEnded(trx, now) {
			await trx.deleteFrom("panel_sessions").where("expires_at", "<=", now).execute();
		},
	};
}
