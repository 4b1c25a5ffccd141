import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { DeskEntry, DeskLease, DeskWriting } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		desk_entries: {
			user_id: string;
			conversation_id: string;
			section: string;
			version: number;
			value: unknown;
			panel_id: string;
			changed_at: Date;
		};
		desk_calls_seen: { user_id: string; seen_at: Date };
		desk_leases: { user_id: string; panel_id: string; channel_id: string; since: Date };
	}
}

/** Where desks are kept: entries by user, conversation and section; one lease a user. */
export const deskStore = {
	/** The newest entries first. */
	async recent(db: Db, userId: string, since: Date, limit: number): Promise<DeskEntry[]> {
		const rows = await db
			.selectFrom("desk_entries")
			.selectAll()
			.where("user_id", "=", userId)
			.where("changed_at", ">=", since)
			.orderBy("changed_at", "desc")
			.limit(limit)
			.execute();
		return rows.map(toEntry);
	},

	async get(db: Db | Trx, userId: string, conversationId: string, section: string): Promise<DeskEntry | undefined> {
		const row = await db
			.selectFrom("desk_entries")
			.selectAll()
			.where("user_id", "=", userId)
			.where("conversation_id", "=", conversationId)
			.where("section", "=", section)
			.executeTakeFirst();
		return row && toEntry(row);
	},

	/** When the user looked at their missed calls last. */
	async callsSeen(db: Db, userId: string): Promise<Date | undefined> {
		const row = await db
			.selectFrom("desk_calls_seen")
			.select("seen_at")
			.where("user_id", "=", userId)
			.executeTakeFirst();
		return row?.seen_at;
	},

	async setCallsSeen(trx: Trx, userId: string, at: Date): Promise<void> {
		await trx
			.insertInto("desk_calls_seen")
			.values({ user_id: userId, seen_at: at })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet({ seen_at: at }))
			.execute();
	},

	/** Writes the next version, if the one that the writer has seen is the current one; 0 for the first. */
	async write(trx: Trx, userId: string, wanted: DeskWriting, at: Date): Promise<DeskEntry | undefined> {
		const { conversationId, section, version, panelId } = wanted;
		const value = JSON.stringify(wanted.value ?? null);
		const { rows } = await sql<{ version: number }>`
			insert into desk_entries as e (user_id, conversation_id, section, version, value, panel_id, changed_at)
			select ${userId}, ${conversationId}, ${section}, 1, ${value}::jsonb, ${panelId}, ${at}
			where ${version}::int = 0 or exists (select from desk_entries
				where user_id = ${userId} and conversation_id = ${conversationId} and section = ${section})
			on conflict (user_id, conversation_id, section) do update
				set version = e.version + 1, value = excluded.value, panel_id = excluded.panel_id,
					changed_at = excluded.changed_at
				where e.version = ${version}::int
			returning version`.execute(trx);
		const [written] = rows;
		return written && { ...wanted, version: written.version, changedAt: at };
	},

	async lease(db: Db | Trx, userId: string): Promise<DeskLease | undefined> {
		const row = await db.selectFrom("desk_leases").selectAll().where("user_id", "=", userId).executeTakeFirst();
		return row && { panelId: row.panel_id, channelId: row.channel_id, since: row.since };
	},

	/** One panel of a user asks at a time. */
	async lockDesk(trx: Trx, userId: string): Promise<void> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`desk:${userId}`}, 0))`.execute(trx);
	},

	async saveLease(trx: Trx, userId: string, lease: DeskLease): Promise<void> {
		const values = { panel_id: lease.panelId, channel_id: lease.channelId, since: lease.since };
		await trx
			.insertInto("desk_leases")
			.values({ user_id: userId, ...values })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet(values))
			.execute();
	},

	/** @returns whose lease ended, and the panel that had it */
	async endLease(
		trx: Trx,
		held: { userId: string; panelId: string } | { channelId: string },
	): Promise<{ userId: string; panelId: string }[]> {
		let query = trx.deleteFrom("desk_leases");
		if ("channelId" in held) query = query.where("channel_id", "=", held.channelId);
		else query = query.where("user_id", "=", held.userId).where("panel_id", "=", held.panelId);
		const ended = await query.returning(["user_id", "panel_id"]).execute();
		return ended.map((row) => ({ userId: row.user_id, panelId: row.panel_id }));
	},

	/** Forgets what was not touched since; at most `limit` rows at once. */
	async forget(trx: Trx, before: Date, limit: number): Promise<number> {
		const { numAffectedRows } = await sql`delete from desk_entries where ctid = any(array(
			select ctid from desk_entries where changed_at < ${before} limit ${limit}))`.execute(trx);
		return Number(numAffectedRows ?? 0);
	},
};

function toEntry(row: {
	conversation_id: string;
	section: string;
	version: number;
	value: unknown;
	panel_id: string;
	changed_at: Date;
}): DeskEntry {
	return {
		conversationId: row.conversation_id,
		section: row.section,
		version: row.version,
		value: row.value,
		panelId: row.panel_id,
		changedAt: row.changed_at,
	};
}
