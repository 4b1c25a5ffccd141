import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { Decision } from "./decision-model.ts";

export const decisionStore = {
	/** Goes to the database with what the transaction does next. */
	async add(trx: Trx, decisions: readonly Decision[]): Promise<void> {
		if (decisions.length > 0) await addDecisions.write(trx, { rows: JSON.stringify(decisions) });
	},

	/** The latest first. */
	async of(db: Db, conversationId: string, limit: number): Promise<Decision[]> {
		const { rows } = await sql<Row>`
			select * from routing_decisions where conversation_id = ${conversationId}
			order by at desc, id desc limit ${limit}`.execute(db);
		return rows.map(toDecision);
	},

	/** Those in which the user was rung or passed over, the latest first. */
	async ofUser(db: Db, userId: string, { from, to }: { from: Date; to: Date }, limit: number): Promise<Decision[]> {
		const { rows } = await sql<Row>`
			select * from routing_decisions where at > ${from} and at <= ${to}
				and (user_id = ${userId} or passed @> ${JSON.stringify([{ userId }])}::jsonb)
			order by at desc, id desc limit ${limit}`.execute(db);
		return rows.map(toDecision);
	},

	/** @returns how many were forgotten */
	async forget(trx: Trx, before: Date, limit: number): Promise<number> {
		const { rows } = await sql<{ id: string }>`
			delete from routing_decisions where id in (
				select id from routing_decisions where at < ${before} order by at limit ${limit}) returning id`.execute(trx);
		return rows.length;
	},
};

interface Row {
	conversation_id: string;
	queue_id: string;
	at: Date;
	user_id: string;
	ring: number;
	considered: number;
	passed: Decision["passed"];
}

function toDecision(row: Row): Decision {
	return {
		conversationId: row.conversation_id,
		queueId: row.queue_id,
		at: row.at,
		userId: row.user_id,
		ring: row.ring,
		considered: row.considered,
		passed: row.passed,
	};
}

const addDecisions = prepared(
	(_db, { rows }: { rows: string }) => sql`
		insert into routing_decisions (conversation_id, queue_id, at, user_id, ring, considered, passed)
		select "conversationId", "queueId", at, "userId", ring, considered, passed
		from jsonb_to_recordset(${rows}::jsonb) as d ("conversationId" text, "queueId" text, at timestamptz,
			"userId" text, ring int, considered int, passed jsonb)`,
);
