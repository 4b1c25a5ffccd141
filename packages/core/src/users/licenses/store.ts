import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		user_licenses: { user_id: string; licenses: string[] };
	}
}

export const licenseStore = {
	/** By user; those for whom nobody has said anything are left out. */
	async find(db: Db, userIds: readonly string[]): Promise<Map<string, readonly string[]>> {
		if (userIds.length === 0) return new Map();
		const rows = await db
			.selectFrom("user_licenses")
			.selectAll()
			.where("user_id", "=", sql<string>`any(${sql.val([...userIds])})`)
			.execute();
		return new Map(rows.map((row) => [row.user_id, row.licenses]));
	},

	async delete(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("user_licenses").where("user_id", "=", userId).execute();
	},

	/** Whoever changes what these have waits for us, though no row may be there yet. @param userIds always in one order */
	async lock(trx: Trx, userIds: readonly string[]): Promise<void> {
		await sql`select pg_advisory_xact_lock(key) from (
			select hashtextextended('licenses ' || id, 0) as key from unnest(${sql.val([...userIds])}::text[]) as wanted (id)
			order by key
		) as each`.execute(trx);
	},

	async save(trx: Trx, userId: string, licenses: readonly string[]): Promise<void> {
		await trx
			.insertInto("user_licenses")
			.values({ user_id: userId, licenses: [...licenses] })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet({ licenses: [...licenses] }))
			.execute();
	},
};
