import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { LabelUtilizations, UtilizationRule } from "./utilization-model.ts";
import "./tables.ts";

/** Rules by user; the organization's stands under no user: the empty text. */
export const utilizationStore = {
	async all(db: Db): Promise<Map<string, UtilizationRule>> {
		const rows = await db.selectFrom("utilizations").select(["user_id", "rule", "labels"]).execute();
		return new Map(rows.map((row) => [row.user_id, { media: row.rule, labels: row.labels }]));
	},

	/** The version of a rule; 0 where there is none. */
	async version(db: Db, userId: string): Promise<number> {
		const row = await db.selectFrom("utilizations").select("version").where("user_id", "=", userId).executeTakeFirst();
		return row?.version ?? 0;
	},

	/** Until the transaction ends nobody else changes a rule, also none that is not there yet. */
	async lock(trx: Trx): Promise<void> {
		await sql`select pg_advisory_xact_lock(hashtextextended('utilizations', 0))`.execute(trx);
	},

	/** @returns its version: no other of anybody ever had it */
	async save(trx: Trx, userId: string, { media, labels }: UtilizationRule): Promise<number> {
		const { rows } = await sql<{ version: number }>`
			insert into utilizations (user_id, rule, labels, version)
			values (${userId}, ${JSON.stringify(media)}::jsonb, ${JSON.stringify(labels)}::jsonb, nextval('utilization_versions'))
			on conflict (user_id) do update
			set rule = excluded.rule, labels = excluded.labels, version = excluded.version
			returning version`.execute(trx);
		return rows[0]?.version ?? 0;
	},

	async remove(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("utilizations").where("user_id", "=", userId).execute();
	},

	/** The rules that say something of a label, or let it interrupt another; the organization's under no user. */
	async naming(on: Db, labelId: string): Promise<Map<string, UtilizationRule>> {
		const { rows } = await sql<{ user_id: string; rule: UtilizationRule["media"]; labels: LabelUtilizations }>`
			select user_id, rule, labels from utilizations where labels ? ${labelId} or exists (
				select from jsonb_each(labels) as one where one.value -> 'interruptingLabelIds' ? ${labelId})
			order by user_id`.execute(on);
		return new Map(rows.map((row) => [row.user_id, { media: row.rule, labels: row.labels }]));
	},
};
