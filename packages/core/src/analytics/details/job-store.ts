import { sql } from "kysely";
import type { Static } from "typebox";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { detailJobBody } from "./query.ts";

export type JobQuery = Static<typeof detailJobBody>;

declare module "../../kernel/database/database.ts" {
	interface Tables {
		analytics_jobs: { id: string; owner: string; query: JobQuery; submitted_at: Date; expires_at: Date };
	}
}

/** A long query that somebody has asked. */
export interface StoredJob {
	id: string;
	owner: string;
	query: JobQuery;
	submittedAt: Date;
	expiresAt: Date;
}

export const jobStore = {
	async add(trx: Trx, { id, owner, query, submittedAt, expiresAt }: StoredJob): Promise<void> {
		await sql`insert into analytics_jobs (id, owner, query, submitted_at, expires_at)
			values (${id}, ${owner}, ${JSON.stringify(query)}::jsonb, ${submittedAt}, ${expiresAt})`.execute(trx);
	},

	/** How many the owner has; nobody else counts, or adds, the same owner's until the transaction ends. */
	async countHeld(trx: Trx, owner: string, now: Date): Promise<number> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`analytics.jobs ${owner}`}, 0))`.execute(trx);
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from analytics_jobs
			where owner = ${owner} and expires_at > ${now}`.execute(trx);
		return rows[0]?.count ?? 0;
	},

	/** The owner's, unless it has expired. */
	async get(db: Db, id: string, owner: string, now: Date): Promise<StoredJob | undefined> {
		const row = await db
			.selectFrom("analytics_jobs")
			.selectAll()
			.where(sql<string>`id::text`, "=", id)
			.where("owner", "=", owner)
			.where("expires_at", ">", now)
			.executeTakeFirst();
		return row && { ...row, submittedAt: row.submitted_at, expiresAt: row.expires_at };
	},

	async remove(trx: Trx, id: string): Promise<void> {
		await trx.deleteFrom("analytics_jobs").where("id", "=", id).execute();
	},
};
