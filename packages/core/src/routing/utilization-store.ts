import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Utilization } from "./utilization-model.ts";
import "./tables.ts";

/** Rules by user; the organization's stands under no user: the empty text. */
export const utilizationStore = {
	async all(db: Db): Promise<Map<string, Utilization>> {
		const rows = await db.selectFrom("utilizations").select(["user_id", "rule"]).execute();
		return new Map(rows.map((row) => [row.user_id, row.rule]));
	},

	async save(trx: Trx, userId: string, rule: Utilization): Promise<void> {
		await sql`insert into utilizations (user_id, rule) values (${userId}, ${JSON.stringify(rule)}::jsonb)
			on conflict (user_id) do update set rule = excluded.rule, version = utilizations.version + 1`.execute(trx);
	},

	async remove(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("utilizations").where("user_id", "=", userId).execute();
	},
};
