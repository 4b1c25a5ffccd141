import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { asUuid } from "../kernel/sql/uuid.ts";
import type { AuditQuery } from "./query-bodies.ts";

/** A query whose results are read page by page; its owner's own, for a day. */
export interface KeptQuery {
	id: string;
	query: AuditQuery;
	at: Date;
}

export const keptQueries = {
	async add(trx: Trx, { id, query, at }: KeptQuery, owner: string, expiresAt: Date): Promise<void> {
		await sql`insert into audit_queries (id, owner, query, at, expires_at)
			values (${id}, ${owner}, ${JSON.stringify(query)}::jsonb, ${at}, ${expiresAt})`.execute(trx);
	},

	/** How many the owner has; nobody else counts, or adds, the same owner's until the transaction ends. */
	async countHeld(trx: Trx, owner: string, now: Date): Promise<number> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`audit.queries ${owner}`}, 0))`.execute(trx);
		const { rows } = await sql<{ held: number }>`select count(*)::int as held from audit_queries
			where owner = ${owner} and expires_at > ${now}`.execute(trx);
		return rows[0]?.held ?? 0;
	},

	/** The owner's, unless it has expired. */
	async get(db: Db, id: string, owner: string, now: Date): Promise<KeptQuery | undefined> {
		const { rows } = await sql<KeptQuery>`select id::text as id, query, at from audit_queries
			where id = ${asUuid(id)} and owner = ${owner} and expires_at > ${now}`.execute(db);
		return rows[0];
	},

	async remove(trx: Trx, id: string): Promise<void> {
		await sql`delete from audit_queries where id = ${id}`.execute(trx);
	},
};
