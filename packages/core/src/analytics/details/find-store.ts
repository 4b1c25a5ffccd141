import { type RawBuilder, sql } from "kysely";
import "../../conversations/tables.ts";
import { detailRows } from "../../conversations/analysis/rows.ts";
import { detailColumns, segmentColumns } from "../../conversations/analysis/store.ts";
import type { Conversation } from "../../conversations/model.ts";
import type { Db } from "../../kernel/database/database.ts";
import { conditionSql, type Places, type Sql } from "../condition-store.ts";
import type { Condensed } from "../filters.ts";
import { flagDimensions, listDimensions, segmentColumnsOf } from "./vocabulary.ts";

/** Which conversations are asked for. */
export interface DetailFilter {
	/** They had begun before `to`, and not ended before `from`. */
	from: Date;
	to: Date;
	/** All of these hold for the conversation. */
	conversation: readonly Condensed[];
	/** Each holds for one of its segments. */
	segment: readonly Condensed[];
	/** What the asker may see: the divisions, and what this user took part in. */
	reach: { divisions: "all" | readonly string[]; userId?: string };
}

export interface Hit {
	id: string;
	startedAt: Date;
}

export interface PageOfHits {
	ids: string[];
	total: number;
}

/** Documents that are looked at at once: what has not ended yet is compared as it is. */
const liveAtOnce = 500;

/** A page of them by when they began, and how many there are in all. */
export async function findPage(
	db: Db,
	filter: DetailFilter,
	{ limit, offset, newestFirst }: { limit: number; offset: number; newestFirst: boolean },
): Promise<PageOfHits> {
	const live = await liveHits(db, filter);
	const direction = newestFirst ? sql`desc` : sql`asc`;
	// The page goes along the index and ends where it is full; to be counted, all need be neither kept nor put in order.
	const others = withoutLive(live);
	const first = sql`${others} order by c.started_at ${direction}, c.conversation_id limit ${offset + limit}`;
	const { rows } = await sql<PageOfHits>`
		select (select count(*)::int from (${keptSql(filter, others)}) as kept) + ${live.length} as total,
			array(select conversation_id from (${keptSql(filter, first)} ${liveUnion(live)}) as hits
				order by started_at ${direction}, conversation_id limit ${limit} offset ${offset}) as ids`.execute(db);
	return rows[0] ?? { ids: [], total: 0 };
}

/** What ended while it was looked at is counted as one of those that go on. */
function withoutLive(live: readonly Hit[]): Sql {
	return live.length === 0 ? sql`` : sql`and c.conversation_id <> all(${live.map(({ id }) => id)}::text[])`;
}

/** The next ones behind a place in the order in which they began. */
export async function findNext(db: Db, filter: DetailFilter, after: Hit | undefined, limit: number): Promise<Hit[]> {
	const live = (await liveHits(db, filter)).filter((one) => !after || isBehind(one, after));
	const behind = after
		? sql`and (c.started_at, c.conversation_id) > (${after.startedAt}::timestamptz, ${after.id})`
		: sql``;
	const { rows } = await sql<Hit>`
		select conversation_id as id, started_at as "startedAt" from (
			${keptSql(filter, sql`${behind} order by c.started_at, c.conversation_id limit ${limit}`)} ${liveUnion(live)}
		) as hits order by started_at, conversation_id limit ${limit}`.execute(db);
	return rows;
}

function isBehind(one: Hit, other: Hit): boolean {
	const apart = one.startedAt.getTime() - other.startedAt.getTime();
	return apart > 0 || (apart === 0 && one.id > other.id);
}

/** What ended while it was looked at is in both: once is enough. */
function liveUnion(live: readonly Hit[]): Sql {
	if (live.length === 0) return sql``;
	return sql`union select * from unnest(${live.map((one) => one.id)}::text[],
		${live.map((one) => one.startedAt)}::timestamptz[])`;
}

/**
 * Ended ones: those that began within, or at most a day before; and the few that last longer, which have an index of their own.
 * @param rest what each of both parts ends with
 */
function keptSql(filter: DetailFilter, rest: Sql = sql``): Sql {
	const dayBefore = new Date(filter.from.getTime() - 86_400_000);
	const near = sql`s.started_at >= ${dayBefore} and s.started_at < ${filter.to} and`;
	return sql`(select c.conversation_id, c.started_at from conversation_details c
			where c.started_at >= ${dayBefore} and c.started_at < ${filter.to} and c.ended_at >= ${filter.from}
				and ${holds(filter, sql`conversation_segments`, near)} ${rest})
		union all (select c.conversation_id, c.started_at from conversation_details c
			where c.ended_at - c.started_at > interval '24 hours' and c.started_at < ${dayBefore} and c.started_at < ${filter.to}
				and c.ended_at >= ${filter.from} and ${holds(filter, sql`conversation_segments`, sql``)} ${rest})`;
}

async function liveHits(db: Db, filter: DetailFilter): Promise<Hit[]> {
	const hits: Hit[] = [];
	for await (const documents of unkept(db, filter)) {
		const rows = documents.map(detailRows);
		const found = await sql<Hit>`
			with c as (select * from jsonb_to_recordset(${JSON.stringify(rows.map((one) => one.detail))}::jsonb)
					as d (${sql.raw(detailColumns)})),
				live_segments as materialized (select * from jsonb_to_recordset(
					${JSON.stringify(rows.flatMap((one) => one.segments))}::jsonb) as s (${sql.raw(segmentColumns)}))
			select conversation_id as id, started_at as "startedAt" from c
			where ${holds(filter, sql`live_segments`, sql``)}`.execute(db);
		hits.push(...found.rows);
	}
	return hits;
}

/** What has no rows: conversations that go on, and, for a while after an update, old ones that have not got theirs. */
async function* unkept(db: Db, { from, to }: DetailFilter): AsyncGenerator<Conversation[]> {
	const live = (after: string) => sql<{ id: string; document: Conversation }>`
		select id, document from conversations where ended_at is null and started_at < ${to} and id > ${after}
		order by id limit ${liveAtOnce}`;
	yield* batches(db, live, "");
	const { rows } = await sql<{ done_to: string }>`select done_to from conversation_details_fill`.execute(db);
	const doneTo = rows[0]?.done_to;
	if (doneTo === undefined) return;
	const old = (after: string) => sql<{ id: string; document: Conversation }>`
		select id, document from conversations o where ended_at >= ${from} and started_at < ${to} and id > ${after}
			and not exists (select from conversation_details d where d.conversation_id = o.id)
		order by id limit ${liveAtOnce}`;
	yield* batches(db, old, doneTo);
}

async function* batches(
	db: Db,
	next: (after: string) => RawBuilder<{ id: string; document: Conversation }>,
	first: string,
): AsyncGenerator<Conversation[]> {
	let after: string | undefined = first;
	while (after !== undefined) {
		const { rows } = await next(after).execute(db);
		if (rows.length > 0) yield rows.map((row) => row.document);
		after = rows.length === liveAtOnce ? rows.at(-1)?.id : undefined;
	}
}

/** Everything that the filter asks beside the time. @param near what segments are limited to, ending in `and` */
function holds({ conversation, segment, reach }: DetailFilter, segments: Sql, near: Sql): Sql {
	const conditions = [
		reachSql(reach, segments, near),
		...conversation.map((one) => conditionSql(one, conversationPlaces)),
		...segment.map(
			(one) => sql`exists (select from ${segments} s where ${near} s.conversation_id = c.conversation_id
				and ${conditionSql(one, segmentPlaces(segments))})`,
		),
	];
	return sql.join(conditions, sql` and `);
}

function reachSql({ divisions, userId }: DetailFilter["reach"], segments: Sql, near: Sql): Sql {
	if (divisions === "all") return sql`true`;
	const there = sql`c.division_ids && ${[...divisions]}::text[]`;
	if (userId === undefined) return there;
	return sql`(${there} or exists (select from ${segments} s where ${near} s.conversation_id = c.conversation_id
		and s.user_id = ${userId}))`;
}

const conversationColumns: Readonly<Record<string, string>> = {
	conversationId: "conversation_id",
	conversationStart: "started_at",
	conversationEnd: "ended_at",
	conversationInitiator: "initiator",
	customerParticipation: "customer_participation",
	originatingDirection: "direction",
};
const columnOf = (name: string) => sql.ref(`c.${conversationColumns[name] ?? ""}`);

const conversationPlaces: Places = {
	text: (name) => sql`${columnOf(name)}::text`,
	listed: (name, value) => (name === "divisionId" ? sql`${value} = any(c.division_ids)` : undefined),
	has: (name) => (name === "divisionId" ? sql`true` : sql`(${columnOf(name)} is not null)`),
	metric: (name, is) => sql`coalesce(${is(sql`(c.metrics ->> ${name})::bigint`)}, false)`,
};

function segmentPlaces(segments: Sql): Places {
	const column = (name: string) => {
		const known = segmentColumnsOf[name];
		return known ? sql`${sql.ref(`s.${known}`)}` : sql`(s.dims ->> ${name})`;
	};
	return {
		text: column,
		listed: (name, value) =>
			listDimensions.has(name) ? sql`coalesce(s.dims -> ${name} ? ${value}, false)` : undefined,
		isFlag: (name) => flagDimensions.has(name),
		has: (name) => sql`(${column(name)} is not null)`,
		metric: (name, is) => sql`exists (select from ${segments} f where f.conversation_id = s.conversation_id
			and f.session_no = s.session_no and f.segment_no = 0 and ${is(sql`(f.metrics ->> ${name})::bigint`)})`,
	};
}
