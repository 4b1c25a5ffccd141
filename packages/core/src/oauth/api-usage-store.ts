import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		api_usage: UsageCounts & { client_id: string; day: Date; method: string; template: string };
	}
}

/** Answers by class of status; 429 by itself. */
export interface UsageCounts {
	requests: number;
	status200: number;
	status300: number;
	status400: number;
	status429: number;
	status500: number;
}

export interface Counted extends UsageCounts {
	clientId: string;
	/** `2026-11-26`, UTC. */
	day: string;
	method: string;
	template: string;
}

export type UsageGranularity = "Day" | "Week" | "Month";
export type UsageGroup = "TemplateUri" | "HttpMethod";

export interface UsageQuery {
	clientId: string;
	/** First day, and the first that counts no more, UTC. */
	from: string;
	to: string;
	granularity: UsageGranularity;
	groupBy: readonly UsageGroup[];
}

/** What was asked for in one stretch of time. */
export interface UsageRow extends UsageCounts {
	/** First day of the stretch. */
	date: string;
	method?: string;
	template?: string;
}

/** As many as an answer carries. */
export const mostUsageRows = 10_000;

export const postgresUsage = {
	/** Adds counts to those that are there, and removes days before `oldest`. */
	async add(trx: Trx, counted: readonly Counted[], oldest: string): Promise<void> {
		await sql`insert into api_usage as kept (client_id, day, method, template, requests,
				status200, status300, status400, status429, status500)
			select * from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as new ("clientId" text, day date, method text,
				template text, requests bigint, status200 bigint, status300 bigint, status400 bigint, status429 bigint,
				status500 bigint)
			on conflict (client_id, day, method, template) do update set
				requests = kept.requests + excluded.requests, status200 = kept.status200 + excluded.status200,
				status300 = kept.status300 + excluded.status300, status400 = kept.status400 + excluded.status400,
				status429 = kept.status429 + excluded.status429, status500 = kept.status500 + excluded.status500`.execute(trx);
		await sql`delete from api_usage where day < ${oldest}::date`.execute(trx);
	},
	/** The latest stretch first, what was asked for most first within. */
	async query(db: Db, { clientId, from, to, granularity, groupBy }: UsageQuery): Promise<UsageRow[]> {
		const method = groupBy.includes("HttpMethod") ? sql`method` : sql`null`;
		const template = groupBy.includes("TemplateUri") ? sql`template` : sql`null`;
		const { rows } = await sql<UsageRow & { method: string | null; template: string | null }>`
			select to_char(date_trunc(${granularity.toLowerCase()}, day), 'YYYY-MM-DD') as date, ${method} as method,
				${template} as template, sum(requests)::float8 as requests, sum(status200)::float8 as status200,
				sum(status300)::float8 as status300, sum(status400)::float8 as status400, sum(status429)::float8 as status429,
				sum(status500)::float8 as status500
			from api_usage where client_id = ${clientId} and day >= ${from}::date and day < ${to}::date
			group by 1, 2, 3 order by 1 desc, 4 desc, 3, 2 limit ${mostUsageRows}`.execute(db);
		return rows.map(({ method: ofMethod, template: ofTemplate, ...row }) => ({
			...row,
			...(ofMethod === null ? {} : { method: ofMethod }),
			...(ofTemplate === null ? {} : { template: ofTemplate }),
		}));
	},
};
