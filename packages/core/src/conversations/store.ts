import { wantedWords } from "@inlay/contract/words";
import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import "./tables.ts";
import { isInHand, owesAfterCall } from "./at-work-store.ts";
import { holdLines, lockWithLines } from "./call/line-store.ts";
import type { LineWish } from "./call/lines.ts";
import type { Conversation } from "./model.ts";
import { saveChanges } from "./save-store.ts";

/** One change of a document; `before` is absent for a new conversation. */
export interface Change {
	before?: Conversation;
	after: Conversation;
}

/** A slice of a user's conversations, by when they began. */
export interface HistoryPage {
	limit: number;
	offset: number;
	from?: Date;
	to?: Date;
	/** Part of a name, or digits of a number, of somebody who took part. */
	search?: string;
	/** Media by which the user took part in what is left out. */
	but?: readonly string[];
}

export interface ConversationStore {
	/** @param db the transaction in which the caller is, if it is in one */
	get(conversationId: string, db?: Db | Trx): Promise<Conversation | undefined>;
	/** Several at once; unknown ids are left out. */
	all(conversationIds: readonly string[]): Promise<Conversation[]>;
	/**
	 * Holds lines, then the rows of these conversations and of those in which the lines' users talk or dial, until the
	 * transaction ends; both in one order for everybody. Unknown ids are left out.
	 */
	hold(trx: Trx, conversationIds: readonly string[], wish: LineWish | undefined): Promise<Held>;
	/** Rows alone. */
	lock(trx: Trx, conversationIds: readonly string[]): Promise<Map<string, Conversation>>;
	/** Those of the users whose phone rings; asked with their lines held. */
	ringing(trx: Trx, userIds: readonly string[]): Promise<Set<string>>;
	/** Where conversations are and who of the organization takes or took part; unknown ids are left out. */
	whereabouts(conversationIds: readonly string[]): Promise<Map<string, { divisionIds: string[]; userIds: string[] }>>;
	/** Goes to the database with what the transaction does next. */
	save(trx: Trx, changes: readonly Change[]): Promise<void>;
	live(db?: Db | Trx): Promise<Conversation[]>;
	liveForUser(userId: string, db?: Db | Trx): Promise<Conversation[]>;
	/** Ended or not, newest first. */
	ofUser(userId: string, page: HistoryPage): Promise<{ conversations: Conversation[]; total: number }>;
	/** What each user does at the moment; users without work are left out. */
	workOf(db: Db | Trx, userIds: readonly string[]): Promise<Map<string, UserWork>>;
	/**
	 * Whether the user rings, talks, dials or has after-call work open that is asked for; asked with their routing row held.
	 * @param but the conversation whose after-call work does not count
	 */
	hasWork(trx: Trx, userId: string, but?: string): Promise<boolean>;
	/** Whether the user has or had a part in the conversation. */
	takesPart(userId: string, conversationId: string): Promise<boolean>;
}

/** What a transaction holds. */
export interface Held {
	/** Users whose lines they are. */
	lines: string[];
	held: Map<string, Conversation>;
}

/** Counts of one user's open parts, for routing status and the conversation summary. */
export interface UserWork {
	/** Parts in a queue's interactions that talk or dial (not those that ring). */
	acdActive: number;
	/** After-call work that is open and asked for. */
	acdAfterCall: number;
	/** After-call work that is open and may be left undone. */
	optional: number;
	/** Calls of their own that talk or dial. */
	ownActive: number;
}

export function conversationStore(db: Db): ConversationStore {
	return {
		async get(conversationId, from = db) {
			return (await documentOf.first(from, { conversationId }))?.document;
		},

		async all(conversationIds) {
			if (conversationIds.length === 0) return [];
			return (await documentsOf.all(db, { conversationIds: [...conversationIds] })).map((row) => row.document);
		},

		async hold(trx, conversationIds, wish) {
			if (!wish) return { lines: [], held: await this.lock(trx, conversationIds) };
			const { participantId = null, everybody = false, userIds = [] } = wish;
			const values = { conversationIds: [...conversationIds], participantId, everybody, userIds: [...userIds] };
			// One message: the rows are looked for when the lines are held, with a snapshot of their own.
			const [lines, rows] = await Promise.all([holdLines.all(trx, values), lockWithLines.all(trx, values)]);
			return {
				lines: lines.map((row) => row.user_id),
				held: new Map(rows.map((row) => [row.id, row.document])),
			};
		},

		async lock(trx, conversationIds) {
			if (conversationIds.length === 0) return new Map();
			const rows = await lockAll.all(trx, { conversationIds: [...conversationIds] });
			return new Map(rows.map((row) => [row.id, row.document]));
		},

		async ringing(trx, userIds) {
			const rows = await ringingAmong.all(trx, { userIds: [...userIds] });
			return new Set(rows.map((row) => row.user_id));
		},

		async whereabouts(conversationIds) {
			if (conversationIds.length === 0) return new Map();
			// As divisionIdsOf says.
			const { rows } = await sql<{ id: string; divisionIds: string[]; userIds: string[] }>`
				select c.id, array(select c.division_id union select jsonb_array_elements_text(
						jsonb_path_query_array(c.document, '$.participants[*].internal.divisions.*'))) as "divisionIds",
					array(select distinct user_id from conversation_participants
						where conversation_id = c.id and user_id is not null) as "userIds"
				from conversations as c where c.id = any(${[...conversationIds]})`.execute(db);
			return new Map(rows.map(({ id, ...where }) => [id, where]));
		},

		save: saveChanges,

		async live(on = db) {
			const rows = await on
				.selectFrom("conversations")
				.select("document")
				.where("ended_at", "is", null)
				.orderBy("started_at")
				.execute();
			return rows.map((row) => row.document);
		},

		async liveForUser(userId, on = db) {
			const rows = await openDocumentsOf.all(on, { userId });
			return rows.map((row) => row.document);
		},

		async ofUser(userId, { limit, offset, from, to, search, but = [] }) {
			// Each once, though a user may have taken part twice; read along the index, no further than the page.
			const own = sql`select distinct started_at, conversation_id from conversation_participants
				where user_id = ${userId} and started_at >= ${from ?? "-infinity"} and started_at < ${to ?? "infinity"}
				and medium <> all(${[...but]}::text[])
				${search === undefined ? sql`` : sql`and ${partyFits(userId, search)}`}`;
			// A page beyond the end is one row without a document, as the total is to be told all the same.
			const { rows } = await sql<{ document: Conversation | null; total: number }>`
				select c.document, counted.total from (select count(*)::int as total from (${own}) as every) as counted
				left join (${own} order by started_at desc, conversation_id limit ${limit} offset ${offset}) as page on true
				left join conversations c on c.id = page.conversation_id
				order by page.started_at desc, page.conversation_id`.execute(db);
			return { conversations: rows.flatMap((row) => row.document ?? []), total: rows[0]?.total ?? 0 };
		},

		async workOf(from, userIds) {
			if (userIds.length === 0) return new Map();
			const rows = await workOfUsers.all(from, { userIds: [...userIds] });
			return new Map(rows.map(({ user_id, ...work }) => [user_id, work]));
		},

		async hasWork(trx, userId, but = "") {
			const row = await trx
				.selectFrom("conversation_participants")
				.select("participant_id")
				.where("user_id", "=", userId)
				.where((is) =>
					is.or([is("live", "=", true), is.and([is("needs_wrapup", "=", true), is("conversation_id", "!=", but)])]),
				)
				.where("wrapup_optional", "=", false)
				.limit(1)
				.executeTakeFirst();
			return row !== undefined;
		},

		async takesPart(userId, conversationId) {
			const row = await db
				.selectFrom("conversation_participants")
				.select("participant_id")
				.where("conversation_id", "=", conversationId)
				.where("user_id", "=", userId)
				.limit(1)
				.executeTakeFirst();
			return row !== undefined;
		},
	};
}

/** Somebody else in the conversation is called so, or has such a number; what has letters in it is no number. */
function partyFits(userId: string, search: string) {
	const name = foldedInSql(sql<string>`party ->> 'name'`);
	const words = wantedWords(search).map((word) => sql`position(${word} in ${name}) > 0`);
	const byName = words.length === 0 ? sql`false` : sql.join(words, sql` and `);
	const digits = /\p{L}/u.test(search) ? "" : search.replace(/\D/g, "");
	const byNumber =
		digits === "" ? sql`` : sql`or regexp_replace(party ->> 'address', '\\D', '', 'g') like ${`%${digits}%`}`;
	return sql`exists (select from conversations of_call, jsonb_array_elements(of_call.document -> 'participants') party
		where of_call.id = conversation_participants.conversation_id
			and party ->> 'purpose' <> 'acd' and party ->> 'userId' is distinct from ${userId}
			and ((${byName}) ${byNumber}))`;
}

const documentOf = prepared((db, { conversationId }: { conversationId: string }) =>
	db.selectFrom("conversations").select("document").where("id", "=", conversationId),
);

const documentsOf = prepared((db, { conversationIds }: { conversationIds: string[] }) =>
	db
		.selectFrom("conversations")
		.select("document")
		.where("id", "=", sql<string>`any(${conversationIds})`)
		.orderBy("id"),
);

/** The condition stands as in the index of what is open; each of a user's documents is then found by its key. */
const openDocumentsOf = prepared(
	(_db, { userId }: { userId: string }) => sql<{ document: Conversation }>`
		select document from (
			select distinct conversation_id from conversation_participants
			where user_id = ${userId} and (live or needs_wrapup)
		) as open, lateral (select document, started_at from conversations where id = conversation_id offset 0) as c
		order by started_at`,
);

const lockAll = prepared((db, { conversationIds }: { conversationIds: string[] }) =>
	db
		.selectFrom("conversations")
		.select(["id", "document"])
		.where("id", "=", sql<string>`any(${conversationIds})`)
		.orderBy("id")
		.forUpdate(),
);

const ringingAmong = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string }>`
		select distinct user_id from conversation_participants
		where user_id = any(${userIds}) and live and state = 'alerting'`,
);

const workOfUsers = prepared(
	(_db, { userIds }: { userIds: string[] }) => sql<{ user_id: string } & UserWork>`
		select user_id,
			(count(*) filter (where acd and ${isInHand}))::int as "acdActive",
			(count(*) filter (where ${owesAfterCall}))::int as "acdAfterCall",
			(count(*) filter (where wrapup_optional))::int as "optional",
			(count(*) filter (where not acd and ${isInHand}))::int as "ownActive"
		from conversation_participants
		where user_id = any(${userIds}) and (live or needs_wrapup) group by user_id`,
);
