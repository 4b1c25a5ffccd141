import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { storableJson } from "../kernel/database/storable-json.ts";
import { type PageRequest, pageOffset } from "../kernel/http/paging.ts";
import type { InboundMail } from "./model.ts";

/**
 * What became of a mail that was taken: it is in its thread, was our own, or is kept aside; `dropped`: it was kept aside for so
 * long that nobody wants it any more, and only that it came is known.
 */
export type InboundEnd = "kept" | "echo" | "held" | "dropped";

/** Why a mail was kept aside. */
export type WhyHeld = "blocked" | "spam" | "automatic" | "many" | "unread" | "noAddress";

/** A mail that was kept aside, for who looks after its address. */
export interface HeldMail {
	id: string;
	/** Who it says that it is from; the envelope's, where nobody has read it. */
	from: string;
	subject?: string;
	size: number;
	/** Absent of mails of before. */
	why?: WhyHeld;
	at: Date;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_inbound: {
			id: string;
			position: Generated<string>;
			route_id: string;
			raw_key: string;
			message_id: string;
			hash: string;
			size: number;
			mail_from: string;
			rcpt_to: string;
			state: "new" | InboundEnd;
			attempts: Generated<number>;
			try_at: Date | null;
			at: Date;
			/** Of one out of a mailbox: its UIDVALIDITY and UID. */
			source: string | null;
			/** Of one that was kept aside. */
			why: WhyHeld | null;
			about: ColumnType<{ from: string; subject: string } | null, string | null, string | null>;
			/** Somebody wants it whatever it is. */
			is_wanted: Generated<boolean>;
		};
	}
}

/** Mails as they were taken at a door: kept before the other side is told that they are. */
export const inboundStore = {
	/** @returns whether it is new: the same mail for the same address is kept once */
	async add(trx: Trx, mail: InboundMail, same: { messageId: string; hash: string; source?: string }): Promise<boolean> {
		const { id, routeId, rawKey, size, mailFrom, rcptTo, at } = mail;
		const added = await trx
			.insertInto("email_inbound")
			.values({
				...{ id, size, at, hash: same.hash, message_id: same.messageId },
				...{ route_id: routeId, raw_key: rawKey, mail_from: mailFrom, rcpt_to: rcptTo, state: "new", try_at: null },
				source: same.source ?? null,
			})
			.onConflict((conflict) => conflict.columns(["route_id", "message_id", "hash"]).doNothing())
			.executeTakeFirst();
		if (added.numInsertedOrUpdatedRows === 1n) return true;
		if (same.source === undefined) return false;
		// It has come again, and lies there still: it is known by where it is now.
		await trx
			.updateTable("email_inbound")
			.set({ source: same.source })
			.where("route_id", "=", routeId)
			.where("message_id", "=", same.messageId)
			.where("hash", "=", same.hash)
			.execute();
		return false;
	},

	/** Which of these places we have a mail from. */
	async taken(db: Db, routeId: string, sources: readonly string[]): Promise<Set<string>> {
		const all = db.selectFrom("email_inbound").select("source").where("route_id", "=", routeId);
		const found = await all.where(sql<boolean>`source = any(${sources})`).execute();
		return new Set(found.flatMap(({ source }) => source ?? []));
	},

	async next(db: Db, id: string): Promise<InboundMail | undefined> {
		const all = db.selectFrom("email_inbound").selectAll().where("id", "=", id);
		const row = await all.where("state", "=", "new").executeTakeFirst();
		return row && toInbound(row);
	},

	/** @returns whether it is still to be read; held */
	async lock(trx: Trx, id: string): Promise<boolean> {
		const all = trx.selectFrom("email_inbound").select("id").where("id", "=", id).where("state", "=", "new");
		return (await all.forUpdate().executeTakeFirst()) !== undefined;
	},

	async allNew(db: Db): Promise<string[]> {
		const all = db.selectFrom("email_inbound").select("id").where("state", "=", "new");
		return (await all.orderBy("position").execute()).map((row) => row.id);
	},

	async end(trx: Trx, id: string, state: InboundEnd): Promise<void> {
		await trx.updateTable("email_inbound").set({ state }).where("id", "=", id).execute();
	},

	/** @param about as far as it was read */
	async hold(trx: Trx, id: string, why: WhyHeld, about?: { from: string; subject: string }): Promise<void> {
		const row = { state: "held" as const, why, about: about ? storableJson(about) : null };
		await trx.updateTable("email_inbound").set(row).where("id", "=", id).execute();
	},

	/** It is to be read again, and kept whatever it is. @returns whether it was held there */
	async want(trx: Trx, routeId: string, id: string): Promise<boolean> {
		const row = { state: "new" as const, is_wanted: true, attempts: 0, try_at: null };
		const all = trx.updateTable("email_inbound").set(row).where("id", "=", id).where("route_id", "=", routeId);
		const { numUpdatedRows } = await all.where("state", "=", "held").executeTakeFirst();
		return numUpdatedRows > 0n;
	},

	async postpone(trx: Trx, id: string, { attempts, tryAt }: { attempts: number; tryAt: Date }): Promise<void> {
		await trx.updateTable("email_inbound").set({ attempts, try_at: tryAt }).where("id", "=", id).execute();
	},

	/** A page of those that an address has kept aside, the newest first. */
	async held(db: Db, routeId: string, page: PageRequest): Promise<{ mails: HeldMail[]; total: number }> {
		const all = db.selectFrom("email_inbound").where("route_id", "=", routeId).where("state", "=", "held");
		const cut = all.selectAll().orderBy("position", "desc").limit(page.pageSize).offset(pageOffset(page));
		const [rows, counted] = await Promise.all([
			cut.execute(),
			all.select((is) => is.fn.countAll<string>().as("total")).executeTakeFirstOrThrow(),
		]);
		const mails = rows.map(({ id, mail_from, about, size, why, at }) => ({
			...{ id, from: about?.from ?? mail_from, size, at },
			...(about ? { subject: about.subject } : {}),
			...(why ? { why } : {}),
		}));
		return { mails, total: Number(counted.total) };
	},

	/** Some of those kept aside that are older than that, or that so many of their sender's have come after. */
	async unwanted(db: Db, { before, ofSender, limit }: { before: Date; ofSender: number; limit: number }) {
		const found = await sql<{ id: string; raw_key: string }>`
			select id, raw_key from (
				select id, raw_key, at, position, row_number() over (
					partition by route_id, lower(coalesce(about ->> 'from', mail_from)) order by position desc
				) as place
				from email_inbound where state = 'held'
			) as held where at < ${before} or place > ${ofSender} order by position limit ${limit}`.execute(db);
		return found.rows.map(({ id, raw_key: rawKey }) => ({ id, rawKey }));
	},

	/** Nobody lets it in any more. @returns whether it is still kept aside, and whether another has the same raw form; held */
	async drop(trx: Trx, { id, rawKey }: { id: string; rawKey: string }): Promise<{ isAlone: boolean } | undefined> {
		const row = { state: "dropped" as const, about: null };
		const all = trx.updateTable("email_inbound").set(row).where("id", "=", id).where("state", "=", "held");
		if ((await all.executeTakeFirst()).numUpdatedRows === 0n) return undefined;
		const others = trx.selectFrom("email_inbound").select("id").where("raw_key", "=", rawKey);
		const another = await others.where("state", "in", ["new", "kept", "held"]).limit(1).executeTakeFirst();
		return { isAlone: another === undefined };
	},
};

function toInbound(row: Selectable<Tables["email_inbound"]>): InboundMail {
	const { id, size, attempts, at } = row;
	return {
		...{ id, size, attempts, at },
		routeId: row.route_id,
		rawKey: row.raw_key,
		mailFrom: row.mail_from,
		rcptTo: row.rcpt_to,
		isWanted: row.is_wanted,
		...(row.try_at ? { tryAt: row.try_at } : {}),
	};
}
