import { sql } from "kysely";
import type { MetricFact } from "../conversations/ports.ts";
import type { Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		metric_facts: {
			at: Date;
			metric: string;
			/** Milliseconds of a `t…`, a number of an `n…`. */
			value: number;
			conversation_id: string;
			participant_id: string;
			user_id: string | null;
			queue_id: string | null;
			/** As participants' lists name it: `calls`. */
			medium: string;
			/** Of the conversation. */
			direction: string;
			wrapup_code: string | null;
			/** These three are missing in facts of before they were kept. */
			session_direction: string | null;
			purpose: string | null;
			division_ids: string[] | null;
		};
	}
}

export const factStore = {
	async add(trx: Trx, facts: readonly MetricFact[]): Promise<void> {
		if (facts.length > 0) await insertFacts.write(trx, { rows: JSON.stringify(facts) });
	},

	/** @returns how many went */
	async forget(trx: Trx, before: Date, most: number): Promise<number> {
		const gone = await sql`delete from metric_facts where ctid = any(array(
			select ctid from metric_facts where at < ${before} limit ${most}))`.execute(trx);
		return Number(gone.numAffectedRows);
	},
};

const insertFacts = prepared(
	(_db, { rows }: { rows: string }) => sql`
		insert into metric_facts (at, metric, value, conversation_id, participant_id, user_id, queue_id, medium, direction,
			wrapup_code, session_direction, purpose, division_ids)
		select at, metric, value, "conversationId", "participantId", "userId", "queueId", medium, direction, "wrapupCode",
			"sessionDirection", purpose, "divisionIds"
		from jsonb_to_recordset(${rows}::jsonb) as f (at timestamptz, metric text, value bigint, "conversationId" text,
			"participantId" text, "userId" text, "queueId" text, medium text, direction text, "wrapupCode" text,
			"sessionDirection" text, purpose text, "divisionIds" text[])`,
);
