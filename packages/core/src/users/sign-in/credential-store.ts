import type { Generated, Selectable } from "kysely";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		credentials: {
			user_id: string;
			password_hash: string | null;
			password_changed_at: Date | null;
			must_change: Generated<boolean>;
			version: Generated<number>;
		};
	}
}

/** What a user proves themselves with. It stands apart from the user, so that no reading of users carries it along. */
export interface Credentials {
	/** argon2id; absent where nobody has set a password yet. */
	passwordHash: string | null;
	passwordChangedAt: Date | null;
	/** The password opens nothing but the choice of another. */
	mustChange: boolean;
	/** Grows when what was proven before counts no longer: a new password, another second factor, a user taken out of use. */
	version: number;
}

/** A password on its way into the store. */
export interface NewPassword {
	hash: string;
	at: Date;
	mustChange: boolean;
}

/** Whoever changes credentials has locked the user's row, and so has whoever must rely on them. */
export const credentialStore = {
	async get(db: Db, userId: string): Promise<Credentials> {
		const row = await db.selectFrom("credentials").selectAll().where("user_id", "=", userId).executeTakeFirst();
		return row ? toCredentials(row) : none;
	},
	/** @returns the version from now on */
	async setPassword(trx: Trx, userId: string, { hash, at, mustChange }: NewPassword): Promise<number> {
		const password = { password_hash: hash, password_changed_at: at, must_change: mustChange };
		const { version } = await trx
			.insertInto("credentials")
			.values({ user_id: userId, ...password })
			.onConflict((conflict) =>
				conflict.column("user_id").doUpdateSet((is) => ({ ...password, version: is("credentials.version", "+", 1) })),
			)
			.returning("version")
			.executeTakeFirstOrThrow();
		return version;
	},
	/** @returns whether there was one */
	async takePassword(trx: Trx, userId: string, at: Date): Promise<boolean> {
		const taken = await trx
			.updateTable("credentials")
			.set((is) => ({
				password_hash: null,
				password_changed_at: at,
				must_change: false,
				version: is("version", "+", 1),
			}))
			.where("user_id", "=", userId)
			.where("password_hash", "is not", null)
			.executeTakeFirst();
		return taken.numUpdatedRows > 0n;
	},
	/** What was proven until now counts no longer. @returns the version from now on */
	async outdate(trx: Trx, userId: string): Promise<number> {
		const { version } = await trx
			.insertInto("credentials")
			.values({ user_id: userId, password_hash: null, password_changed_at: null })
			.onConflict((conflict) =>
				conflict.column("user_id").doUpdateSet((is) => ({ version: is("credentials.version", "+", 1) })),
			)
			.returning("version")
			.executeTakeFirstOrThrow();
		return version;
	},
};

const none: Credentials = { passwordHash: null, passwordChangedAt: null, mustChange: false, version: 0 };

function toCredentials(row: Selectable<Tables["credentials"]>): Credentials {
	return {
		passwordHash: row.password_hash,
		passwordChangedAt: row.password_changed_at,
		mustChange: row.must_change,
		version: row.version,
	};
}
