import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Migrations } from "../database/migrations.ts";

declare module "../database/database.ts" {
	interface Tables {
		/** One row: what links to stored files are signed with, by every server on the database. */
		storage_keys: { purpose: string; key: string };
	}
}

export const storageMigrations: Migrations = {
	"2770_storage_keys": {
		async up(db) {
			await sql`create table storage_keys (purpose text primary key, key text not null)`.execute(db);
			const key = { purpose: "link", key: randomBytes(32).toString("base64url") };
			await db.insertInto("storage_keys").values(key).execute();
		},
	},
};
