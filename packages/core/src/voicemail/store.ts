import { type Expression, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { pageOffset } from "../kernel/http/paging.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";
import type { MailboxCounts, Owner, Voicemail } from "./model.ts";

/** What can change of a voicemail once it is there. */
export type VoicemailState = Pick<
	Voicemail,
	"modifiedAt" | "modifiedBy" | "readBy" | "readAt" | "claimedBy" | "note" | "copiedTo" | "deletedAt"
>;

/** Which messages of mailboxes; every part narrows it. */
export interface Which {
	ids?: readonly string[];
	text?: string;
	/** Only those that nobody has heard. */
	unread?: boolean;
}

export const voicemailStore = {
	async add(trx: Trx, one: Voicemail): Promise<void> {
		await trx
			.insertInto("voicemails")
			.values({
				id: one.id,
				owner_type: one.owner.type,
				owner_id: one.owner.id,
				conversation_id: one.conversationId,
				caller_address: one.callerAddress ?? null,
				caller_name: one.callerName ?? null,
				caller_user_id: one.callerUserId ?? null,
				key: one.key,
				bytes: one.bytes,
				duration_ms: one.durationMs,
				waveform: json(one.waveform),
				created_at: one.createdAt,
				expires_at: one.expiresAt ?? null,
				item_id: one.itemId ?? null,
				transcription: one.transcription ?? null,
				copied_from: one.copiedFrom ? json(one.copiedFrom) : null,
				...stateRow(one),
			})
			.execute();
	},

	async save(trx: Trx, { id, ...state }: VoicemailState & { id: string }): Promise<void> {
		await trx.updateTable("voicemails").set(stateRow(state)).where("id", "=", id).execute();
	},

	/** What is said in a sound, for all who have it. @returns those of them that are there */
	async transcribed(trx: Trx, key: string, transcription: string): Promise<Voicemail[]> {
		const rows = await trx
			.updateTable("voicemails")
			.set({ transcription })
			.where("key", "=", key)
			.returningAll()
			.execute();
		return rows.map(voicemailOf);
	},

	/** Gone for good. @returns whether its sound is nobody else's any more */
	async remove(trx: Trx, { id, key }: Pick<Voicemail, "id" | "key">): Promise<boolean> {
		await trx.deleteFrom("voicemails").where("id", "=", id).execute();
		const left = await trx.selectFrom("voicemails").select("id").where("key", "=", key).limit(1).executeTakeFirst();
		return left === undefined;
	},

	async get(db: Db | Trx, id: string): Promise<Voicemail | undefined> {
		const row = await db.selectFrom("voicemails").selectAll().where("id", "=", id).executeTakeFirst();
		return row && voicemailOf(row);
	},

	/** Held until the transaction ends. */
	async lock(trx: Trx, id: string): Promise<Voicemail | undefined> {
		const row = await trx.selectFrom("voicemails").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && voicemailOf(row);
	},

	/** What is not deleted in any of these mailboxes, the newest first. */
	async page(
		db: Db,
		owners: readonly Owner[],
		page: PageRequest,
		{ ids, text, unread }: Which,
	): Promise<{ found: Voicemail[]; total: number }> {
		if (owners.length === 0) return { found: [], total: 0 };
		const which = db
			.selectFrom("voicemails")
			.where(ofAny(owners))
			.where("deleted_at", "is", null)
			.$if(ids !== undefined, (query) => query.where("id", "in", [...(ids ?? []), ""]))
			.$if(unread === true, (query) => query.where("read_at", "is", null))
			.$if(text !== undefined, (query) => query.where(saying(text ?? "")));
		const [rows, count] = await Promise.all([
			which
				.selectAll()
				.orderBy("created_at", "desc")
				.orderBy("id")
				.limit(page.pageSize)
				.offset(pageOffset(page))
				.execute(),
			which.select((is) => is.fn.countAll<string>().as("total")).executeTakeFirstOrThrow(),
		]);
		return { found: rows.map(voicemailOf), total: Number(count.total) };
	},

	/** In which calls they were left, of the newest. */
	async conversationsOf(db: Db, owners: readonly Owner[]): Promise<string[]> {
		const rows = await db
			.selectFrom("voicemails")
			.select("conversation_id")
			.where(ofAny(owners))
			.where("deleted_at", "is", null)
			.orderBy("created_at", "desc")
			.limit(mostRemembered)
			.execute();
		return rows.map((row) => row.conversation_id);
	},

	/** All of a user's go for good by then: nobody hears of them any more. */
	async endOwner(trx: Trx, owner: Owner, by: Date): Promise<Voicemail[]> {
		const rows = await trx
			.updateTable("voicemails")
			.set({ expires_at: sql<Date>`least(coalesce(expires_at, ${by}), ${by})` })
			.where(ofAny([owner]))
			.returningAll()
			.execute();
		return rows.map(voicemailOf);
	},

	/** Ids of what is in a mailbox and not deleted. */
	async idsOf(db: Db | Trx, owner: Owner): Promise<string[]> {
		const rows = await db
			.selectFrom("voicemails")
			.select("id")
			.where(ofAny([owner]))
			.where("deleted_at", "is", null)
			.execute();
		return rows.map((row) => row.id);
	},

	/** All of it together. */
	async counts(db: Db | Trx, owners: readonly Owner[]): Promise<MailboxCounts> {
		if (owners.length === 0) return { total: 0, unread: 0, deleted: 0, usage: 0 };
		const row = await db
			.selectFrom("voicemails")
			.where(ofAny(owners))
			.select([
				sql<string>`count(*) filter (where deleted_at is null)`.as("total"),
				sql<string>`count(*) filter (where deleted_at is null and read_at is null)`.as("unread"),
				sql<string>`count(*) filter (where deleted_at is not null)`.as("deleted"),
				sql<string>`coalesce(sum(bytes), 0)`.as("usage"),
				sql<Date | null>`max(created_at) filter (where deleted_at is null and read_at is null)`.as("newestUnread"),
				sql<Date | null>`min(created_at) filter (where deleted_at is null and read_at is null)`.as("oldestUnread"),
				sql<Date | null>`max(created_at) filter (where deleted_at is null and read_at is not null)`.as("newestRead"),
				sql<Date | null>`min(created_at) filter (where deleted_at is null and read_at is not null)`.as("oldestRead"),
			])
			.executeTakeFirstOrThrow();
		const { newestUnread, oldestUnread, newestRead, oldestRead } = row;
		return {
			total: Number(row.total),
			unread: Number(row.unread),
			deleted: Number(row.deleted),
			usage: Number(row.usage),
			...given("newestUnread", newestUnread),
			...given("oldestUnread", oldestUnread),
			...given("newestRead", newestRead),
			...given("oldestRead", oldestRead),
		};
	},
};

/** Whoever looks at a call finds by these that a message was left. */
const mostRemembered = 100;

/** The text is part of the caller's name, number, the note or what was said; letter case does not matter, nor how a number is spaced. */
function saying(text: string): Expression<SqlBool> {
	const words = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
	const digits = text.replaceAll(/[\s().-]/g, "");
	const byNumber = /^\+?\d{2,}$/.test(digits) ? sql`or caller_address like ${`%${digits}%`}` : sql``;
	return sql<SqlBool>`(lower(concat_ws(' ', caller_name, note, transcription)) like ${lowered(words)} ${byNumber})`;
}

function ofAny(owners: readonly Owner[]): Expression<SqlBool> {
	const pairs = owners.map(({ type, id }) => sql`(${type}, ${id})`);
	return sql<SqlBool>`(owner_type, owner_id) in (${sql.join(pairs)})`;
}

function stateRow(state: VoicemailState) {
	return {
		modified_at: state.modifiedAt,
		modified_by: state.modifiedBy ?? null,
		read_by: state.readBy ?? null,
		read_at: state.readAt ?? null,
		claimed_by: state.claimedBy ?? null,
		note: state.note ?? null,
		copied_to: json(state.copiedTo),
		deleted_at: state.deletedAt ?? null,
	};
}

function voicemailOf(row: Tables["voicemails"]): Voicemail {
	return {
		id: row.id,
		owner: { type: row.owner_type, id: row.owner_id },
		conversationId: row.conversation_id,
		key: row.key,
		bytes: row.bytes,
		durationMs: row.duration_ms,
		waveform: row.waveform,
		createdAt: row.created_at,
		modifiedAt: row.modified_at,
		copiedTo: row.copied_to,
		...given("callerAddress", row.caller_address),
		...given("callerName", row.caller_name),
		...given("callerUserId", row.caller_user_id),
		...given("modifiedBy", row.modified_by),
		...given("readBy", row.read_by),
		...given("readAt", row.read_at),
		...given("claimedBy", row.claimed_by),
		...given("note", row.note),
		...given("copiedFrom", row.copied_from),
		...given("deletedAt", row.deleted_at),
		...given("expiresAt", row.expires_at),
		...given("itemId", row.item_id),
		...given("transcription", row.transcription),
	};
}

function given<Key extends string, Value>(key: Key, value: Value | null): { [K in Key]?: Value } {
	return (value === null ? {} : { [key]: value }) as { [K in Key]?: Value };
}

/** As JSON columns take it. */
function json<T>(value: T): T {
	return JSON.stringify(value) as unknown as T;
}
