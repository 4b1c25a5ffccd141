import { sql } from "kysely";
import type { Db, Trx } from "../database/database.ts";
import { prepared } from "../sql/prepared.ts";
import type { Actor, Announcement, LoggedEvent, NewEvent } from "./event-log.ts";
import { rootsOf } from "./topic-root.ts";

/** An entry as it is read. */
export interface Row {
	xid: string;
	seq: number;
	at: Date;
	type: string;
	entity_type: string;
	entity_id: string;
	actor: Actor | null;
	data: unknown;
	announcements: Announcement[];
}

export function toEvent(row: Row): LoggedEvent {
	return {
		position: `${row.xid}.${row.seq}`,
		at: row.at,
		type: row.type,
		entityType: row.entity_type,
		entityId: row.entity_id,
		...(row.actor ? { actor: row.actor } : {}),
		data: row.data,
		announcements: row.announcements,
	};
}

/** One statement for each entry: as they are prepared and travel together, more at once would save nothing. */
export async function writeEntry(trx: Trx, event: NewEvent, at: Date): Promise<void> {
	const [root = null, ...others] = rootsOf(event.announcements ?? []);
	const row: NewRow = {
		at,
		type: event.type,
		entityType: event.entityType,
		entityId: event.entityId,
		actor: JSON.stringify(event.actor ?? null),
		data: JSON.stringify(event.data ?? null),
		announcements: JSON.stringify(event.announcements ?? []),
		root,
	};
	if (others.length === 0) await insert.write(trx, row);
	else await insertWithRoots.write(trx, { ...row, others });
}

/** An entry as it is written. */
interface NewRow {
	at: Date;
	type: string;
	entityType: string;
	entityId: string;
	actor: string;
	data: string;
	announcements: string;
	root: string | null;
}

const insertRow = (db: Pick<Db, "insertInto">, row: NewRow) =>
	db.insertInto("event_log").values({
		at: row.at,
		type: row.type,
		entity_type: row.entityType,
		entity_id: row.entityId,
		actor: row.actor,
		data: row.data,
		announcements: row.announcements,
		// Refused where a change with a greater number has told of the root already (docs/decisions/0001).
		root: sql<string | null>`event_log_in_order(${row.root})`,
	});

const insert = prepared((db, row: NewRow) => insertRow(db, row));

const insertWithRoots = prepared((db, row: NewRow & { others: string[] }) =>
	db
		.with("added", (inner) => insertRow(inner, row).returning(["xid", "seq"]))
		.insertInto("event_log_roots")
		.columns(["root", "xid", "seq"])
		.expression(sql`select other, xid, seq from added, unnest(${row.others}::bigint[]) as other`),
);

interface RootsAsked {
	roots: string[];
	xid: string;
	seq: string;
	/** Only entries of smaller transaction ids. */
	horizon: string;
	limit: number;
}

const among = (table: string, asked: RootsAsked) => sql`select found.xid, found.seq
	from unnest(${asked.roots}::bigint[]) as wanted (root), lateral (
		select t.xid, t.seq from ${sql.table(table)} as t
		where t.root = wanted.root and (t.xid, t.seq) > (${asked.xid}::xid8, ${asked.seq}::bigint)
			and t.xid < ${asked.horizon}::xid8
		order by t.xid, t.seq limit ${asked.limit}
	) as found`;

/** Entries that tell something of roots, each once, from both places in which these stand; as far as they are told. */
export const aboutRoots = prepared<RootsAsked, Row>(
	(_db, asked) => sql<Row>`
		with found as materialized (
			${among("event_log", asked)} union ${among("event_log_roots", asked)} order by xid, seq limit ${asked.limit}
		)
		select xid::text as xid, seq, at, type, entity_type, entity_id, null as actor, null as data, announcements
		from event_log join found using (xid, seq)
		order by event_log.xid, event_log.seq`,
);
