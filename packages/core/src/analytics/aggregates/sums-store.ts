import { sql } from "kysely";
import { listOf, mediaTypeOf } from "../../conversations/analysis/analyse.ts";
import type { Db } from "../../kernel/database/database.ts";
import { badField } from "../../kernel/http/api-error.ts";
import type { DivisionSet } from "../../kernel/principal.ts";
import { conditionSql, type Places, type Sql } from "../condition-store.ts";
import "../store.ts";
import { type AggregateQuery, factsFor } from "./query.ts";

/** What a group was measured at by one metric in one part of the interval. */
export interface Sum {
	/** Of `starts`, from 0. */
	bucket: number;
	metric: string;
	/** Dimensions that the group has; what is not told of anybody there is absent. */
	group: Record<string, string>;
	count: number;
	sum: number;
	min: number;
	max: number;
}

/** More lines than anybody reads are a query to be narrowed. */
const mostSums = 100_000;

/** Adds the facts up. @throws ApiError 400 naming `groupBy` where that would be too many lines */
export async function sumFacts(db: Db, query: AggregateQuery, divisions: DivisionSet): Promise<Sum[]> {
	const { from, to, starts, groupBy, metrics, filter } = query;
	const dimensions = groupBy.map((name) => factText(name));
	const group = sql.join(groupBy.map((name, index) => sql`${name}::text, ${dimensions[index] ?? sql`null`}`));
	const columns = sql.join([sql`1`, sql`2`, ...dimensions]);
	const { rows } = await sql<Sum>`
		select width_bucket(f.at, ${[...starts]}::timestamptz[]) - 1 as bucket, f.metric, jsonb_strip_nulls(jsonb_build_object(${group})) as "group",
			count(*)::int as count, sum(f.value)::float8 as sum, min(f.value)::float8 as min, max(f.value)::float8 as max
		from metric_facts f
		where f.at >= ${from} and f.at < ${to} and f.metric = any(${factsFor(metrics)}::text[]) and ${reachSql(divisions)}
			${filter ? sql`and ${conditionSql(filter, factPlaces)}` : sql``}
		group by ${columns} limit ${mostSums + 1}`.execute(db);
	if (rows.length <= mostSums) return rows.map((row) => ({ ...row, group: withMediaType(row.group) }));
	throw badField("groupBy", `That is more than ${mostSums} lines. Ask for a shorter interval, or group by less.`);
}

function withMediaType(group: Record<string, string>): Record<string, string> {
	return { ...group, mediaType: mediaTypeOf(group.mediaType ?? "") };
}

/** Facts of before divisions were kept are where their conversation began. */
function reachSql(divisions: DivisionSet): Sql {
	if (divisions === "all") return sql`true`;
	return inDivisions([...divisions]);
}

function inDivisions(ids: readonly string[]): Sql {
	return sql`(f.division_ids && ${[...ids]}::text[] or (f.division_ids is null and exists (select from conversations c
		where c.id = f.conversation_id and c.division_id = any(${[...ids]}::text[]))))`;
}

const columns: Readonly<Record<string, string>> = {
	conversationId: "conversation_id",
	originatingDirection: "direction",
	queueId: "queue_id",
	userId: "user_id",
	wrapUpCode: "wrapup_code",
	/** As participants' lists are named; `withMediaType` tells it in the platform's words. */
	mediaType: "medium",
};

function factText(name: string): Sql {
	if (name === "direction") return sql`coalesce(f.session_direction, f.direction)`;
	if (name === "purpose") return sql`coalesce(f.purpose, case when f.user_id is null then 'acd' else 'agent' end)`;
	return sql`${sql.ref(`f.${columns[name] ?? ""}`)}`;
}

const factPlaces: Places = {
	text: factText,
	listed(name, value) {
		if (name === "divisionId") return inDivisions([value]);
		return name === "mediaType" ? sql`f.medium = ${listOf(value) ?? ""}` : undefined;
	},
	has: (name) => (name === "divisionId" ? sql`true` : sql`(${factText(name)} is not null)`),
	// The vocabulary has none.
	metric: () => sql`false`,
};
