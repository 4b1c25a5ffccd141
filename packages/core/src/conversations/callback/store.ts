import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import "../tables.ts";
import type { Conversation } from "../model.ts";
import { agentOf } from "./model.ts";
import type { CallbackPage } from "./service.ts";

/** What is asked of callbacks beside what is asked of every conversation. */
export interface CallbackStore {
	/** The one that was made from a conversation and was not cancelled; asked with that conversation held. */
	madeFrom(trx: Trx, conversationId: string): Promise<Conversation | undefined>;
	/** Those which are not over and wait, or will wait, for this user alone; the earliest first. */
	ownedBy(userId: string, trx: Trx): Promise<Conversation[]>;
	/** Those with this number first that are not over and that nobody has in hand; the earliest first, five at most. */
	expected(number: string | undefined): Promise<Conversation[]>;
	/** See `Callbacks.listOf`. */
	ofUser(userId: string, page: CallbackPage): Promise<{ conversations: Conversation[]; total: number }>;
}

const facts = sql.raw("document #> '{internal,facts}'");

export function callbackStore(db: Db): CallbackStore {
	return {
		async madeFrom(trx, conversationId) {
			const { rows } = await sql<{ document: Conversation }>`
				select document from conversations where medium = 'callbacks'
					and document #>> '{internal,facts,source}' = ${conversationId}
					and document #>> '{internal,facts,outcome}' is distinct from 'cancelled' limit 1`.execute(trx);
			return rows[0]?.document;
		},

		async ownedBy(userId, trx) {
			const { rows } = await sql<{ document: Conversation }>`
				select document from conversations where medium = 'callbacks' and ended_at is null
					and (${facts}) -> 'users' ? ${userId} and (${facts}) ->> 'ownerId' = ${userId}
				order by (${facts}) ->> 'scheduledAt', id`.execute(trx);
			return rows.map((row) => row.document);
		},

		async expected(number) {
			if (number === undefined) return [];
			const { rows } = await sql<{ document: Conversation }>`
				select document from conversations where medium = 'callbacks' and ended_at is null
					and document ->> 'address' = ${number}
				order by (${facts}) ->> 'scheduledAt', id limit 5`.execute(db);
			return rows.map((row) => row.document).filter((one) => !agentOf(one));
		},

		async ofUser(userId, { upcoming, limit, offset }) {
			const theirs = sql`medium = 'callbacks' and ${upcoming ? sql`ended_at is null` : sql`ended_at is not null`}
				and ((${facts}) -> 'users' ? ${userId} or exists (select from conversation_participants p
					where p.conversation_id = conversations.id and p.user_id = ${userId}))`;
			const order = upcoming ? sql`(${facts}) ->> 'scheduledAt', id` : sql`ended_at desc, id`;
			const [page, counted] = await Promise.all([
				sql<{ document: Conversation }>`select document from conversations where ${theirs}
					order by ${order} limit ${limit} offset ${offset}`.execute(db),
				sql<{ total: number }>`select count(*)::int as total from conversations where ${theirs}`.execute(db),
			]);
			return { conversations: page.rows.map((row) => row.document), total: counted.rows[0]?.total ?? 0 };
		},
	};
}
