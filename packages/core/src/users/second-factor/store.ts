import type { Selectable } from "kysely";
import { sql } from "kysely";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		second_factors: {
			user_id: string;
			sealed_secret: Buffer;
			/** Set when the first code has proven that an app has the secret. */
			confirmed_at: Date | null;
			last_step: number;
		};
		recovery_codes: { user_id: string; hash: string };
	}
}

export const secondFactorMigrations: Migrations = {
	"2202_second_factors": {
		async up(db) {
			await sql`create table second_factors (
				user_id text primary key references users on delete cascade, sealed_secret bytea not null,
				confirmed_at timestamptz, last_step bigint not null
			)`.execute(db);
			await sql`create table recovery_codes (
				user_id text not null references users on delete cascade, hash text not null, primary key (user_id, hash)
			)`.execute(db);
		},
	},
};

export interface StoredFactor {
	sealedSecret: Buffer;
	confirmedAt: Date | null;
	/** Step of the newest code that was taken; it and older ones are used up. */
	lastStep: number;
}

export const secondFactorStore = {
	async get(db: Db, userId: string): Promise<StoredFactor | undefined> {
		const row = await db.selectFrom("second_factors").selectAll().where("user_id", "=", userId).executeTakeFirst();
		return row && toFactor(row);
	},
	/** A secret that waits for its first code, in place of whatever was there. */
	async offer(trx: Trx, userId: string, sealedSecret: Buffer): Promise<void> {
		const factor = { sealed_secret: sealedSecret, confirmed_at: null, last_step: 0 };
		await trx
			.insertInto("second_factors")
			.values({ user_id: userId, ...factor })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet(factor))
			.execute();
	},
	async confirm(trx: Trx, userId: string, at: Date): Promise<void> {
		await trx.updateTable("second_factors").set({ confirmed_at: at }).where("user_id", "=", userId).execute();
	},
	/** @returns false when a code of this step, or a later one, was taken before */
	async useStep(db: Db, userId: string, step: number): Promise<boolean> {
		const { numUpdatedRows } = await db
			.updateTable("second_factors")
			.set({ last_step: step })
			.where("user_id", "=", userId)
			.where("last_step", "<", step)
			.executeTakeFirst();
		return numUpdatedRows > 0n;
	},
	async remove(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("second_factors").where("user_id", "=", userId).execute();
		await trx.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
	},
	async replaceRecoveryCodes(trx: Trx, userId: string, hashes: readonly string[]): Promise<void> {
		await trx.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
		await trx
			.insertInto("recovery_codes")
			.values(hashes.map((hash) => ({ user_id: userId, hash })))
			.execute();
	},
	/** @returns false when there is no such code (any more) */
	async useRecoveryCode(db: Db, userId: string, hash: string): Promise<boolean> {
		const { numDeletedRows } = await db
			.deleteFrom("recovery_codes")
			.where("user_id", "=", userId)
			.where("hash", "=", hash)
			.executeTakeFirst();
		return numDeletedRows > 0n;
	},
	async recoveryCodes(db: Db, userId: string): Promise<string[]> {
		const rows = await db.selectFrom("recovery_codes").select("hash").where("user_id", "=", userId).execute();
		return rows.map((row) => row.hash);
	},
	/** Active people who sign in by a password, by name, and whether they have a second factor. */
	async peopleWithPassword(db: Db) {
		const { rows } = await sql<{ id: string; name: string; divisionId: string; hasFactor: boolean }>`
			select u.id, u.name, u.division_id as "divisionId", f.confirmed_at is not null as "hasFactor"
			from users u join credentials c on c.user_id = u.id and c.password_hash is not null
				left join second_factors f on f.user_id = u.id
			where u.state = 'active' order by u.name, u.id`.execute(db);
		return rows;
	},
	async countRecoveryCodes(db: Db, userId: string): Promise<number> {
		const { count } = await db
			.selectFrom("recovery_codes")
			.select((row) => row.fn.countAll<number>().as("count"))
			.where("user_id", "=", userId)
			.executeTakeFirstOrThrow();
		return Number(count);
	},
};

function toFactor(row: Selectable<Tables["second_factors"]>): StoredFactor {
	return { sealedSecret: row.sealed_secret, confirmedAt: row.confirmed_at, lastStep: row.last_step };
}
