import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { storableJson } from "../kernel/database/storable-json.ts";
import { type PageRequest, pageOffset } from "../kernel/http/paging.ts";
import type { InboundMail } from "./model.ts";

/**
 * What became of a mail that was taken: it is in its thread, was our own, or is kept aside; `dropped`: it was kept aside for so
 * long that nobody wants it any more, and only that it came is known; `dropping`, as long as its raw form is there.
 */
export type InboundEnd = "kept" | "echo" | "held" | "dropping" | "dropped";

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

/** Somebody of whom an address keeps many aside. */
interface Crowd {
	routeId: string;
	sender: string;
}

/** Who it says that it is from, in small letters; as the index has it (`email_inbound_senders`). */
const senderOf = sql<string>`lower(coalesce(about ->> 'from', mail_from))`;

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

	/** Some of those kept aside before then, the oldest first. */
	async heldBefore(db: Db, before: Date, limit: number): Promise<string[]> {
		const all = db.selectFrom("email_inbound").select("id").where("state", "=", "held").where("at", "<", before);
		return (await all.orderBy("at").limit(limit).execute()).map(({ id }) => id);
	},

	/** Senders of whom an address keeps more than so many aside. */
	async crowds(db: Db, most: number): Promise<Crowd[]> {
		const sender = senderOf.as("sender");
		const all = db.selectFrom("email_inbound").select(["route_id as routeId", sender]).where("state", "=", "held");
		return all
			.groupBy(["route_id", senderOf])
			.having((is) => is.fn.countAll(), ">", most)
			.execute();
	},

	/** Some of such a sender's, beyond the latest so many. */
	async beyond(db: Db, { routeId, sender }: Crowd, most: number, limit: number): Promise<string[]> {
		const all = db.selectFrom("email_inbound").select("id").where("state", "=", "held").where("route_id", "=", routeId);
		const cut = all.where(senderOf, "=", sender).orderBy("position", "desc").offset(most).limit(limit);
		return (await cut.execute()).map(({ id }) => id);
	},

	/** Where there is more kept aside than that in all: the position up to which the oldest have to go. */
	async fullUpTo(db: Db, { mails, bytes }: { mails: number; bytes: number }): Promise<string | undefined> {
		const { rows } = await sql<{ position: string | null }>`
			select max(position) as position from (
				select position, row_number() over latest as nth, sum(size) over latest as sum
				from email_inbound where state = 'held' window latest as (order by position desc)
			) as held where nth > ${mails} or sum > ${bytes}`.execute(db);
		return rows[0]?.position ?? undefined;
	},

	/** Some of those kept aside up to there, the oldest first. */
	async heldUpTo(db: Db, position: string, limit: number): Promise<string[]> {
		const all = db.selectFrom("email_inbound").select("id").where("state", "=", "held");
		const old = all.where("position", "<=", position).orderBy("position").limit(limit);
		return (await old.execute()).map(({ id }) => id);
	},

	/** Nobody lets them in any more. @returns how many are still kept aside; those are `dropping` now */
	async letGo(trx: Trx, ids: readonly string[]): Promise<number> {
		const all = trx.updateTable("email_inbound").set({ state: "dropping", about: null });
		const { numUpdatedRows } = await all.where("id", "in", ids).where("state", "=", "held").executeTakeFirst();
		return Number(numUpdatedRows);
	},

	/** Some of those that nobody lets in any more, and whose raw forms have to go. */
	async dropping(db: Db, limit: number): Promise<Array<{ id: string; rawKey: string }>> {
		const all = db.selectFrom("email_inbound").select(["id", "raw_key as rawKey"]).where("state", "=", "dropping");
		return all.orderBy("position").limit(limit).execute();
	},

	/** Those of these raw forms that a mail has which is not dropped; of the others none will have them again. */
	async wantedForms(db: Db, rawKeys: readonly string[]): Promise<Set<string>> {
		const all = db.selectFrom("email_inbound").select("raw_key").where("raw_key", "in", rawKeys);
		const found = await all.where("state", "in", ["new", "kept", "held"]).execute();
		return new Set(found.map(({ raw_key }) => raw_key));
	},

	async dropped(trx: Trx, ids: readonly string[]): Promise<void> {
		await trx.updateTable("email_inbound").set({ state: "dropped" }).where("id", "in", ids).execute();
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
