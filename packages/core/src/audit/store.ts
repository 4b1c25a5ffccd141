import { folded } from "@inlay/contract/words";
import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import { asUuid } from "../kernel/sql/uuid.ts";
import type { NotedRow } from "./compose.ts";
import type { AuditEntry, EntityChange, PropertyChange } from "./model.ts";
import { notingSetting } from "./noted-tables-store.ts";

interface EntryRow {
	id: string;
	seq: number;
	at: Date;
	user_id: string | null;
	user_name: string | null;
	client_id: string | null;
	client_name: string | null;
	address: string | null;
	correlation_id: string | null;
	service: string;
	entity_type: string;
	entity_id: string;
	entity_name: string | null;
	division_id: string | null;
	action: string;
	status: string;
	changes: PropertyChange[];
	others: EntityChange[];
	context: Record<string, string>;
}

const begin = prepared((_db, { name }: { name: string }) => sql`select set_config(${name}, 'on', true)`);

const taken = sql<NotedRow & { id: number }>`
	with gone as (delete from audit_rows where xid = pg_current_xact_id() returning id, place, was, now)
	select id, place, was, now from gone order by id`;

/** From here on PostgreSQL notes what the transaction changes of what is administered. */
export function noteChanges(trx: Trx): Promise<void> {
	return begin.write(trx, { name: notingSetting });
}

/** What it has noted since. */
export async function takeNoted(trx: Trx): Promise<NotedRow[]> {
	return (await taken.execute(trx)).rows;
}

interface Known {
	name?: string;
	divisionId?: string;
	kind?: string;
}

/** What things are called, and where they are, by their ids; for entries about parts of them. */
export async function knownOf(trx: Trx, table: string, ids: readonly string[]): Promise<Map<string, Known>> {
	const { rows } = await sql<{ row: Record<string, string | null> }>`
		select to_jsonb(t) as row from ${sql.table(table)} as t where t.id::text = any(${[...ids]}::text[])`.execute(trx);
	const known = rows.map(({ row: { id, name, division_id: divisionId, kind } }): [string, Known] => [
		String(id),
		{ ...(name ? { name } : {}), ...(divisionId ? { divisionId } : {}), ...(kind ? { kind } : {}) },
	]);
	return new Map(known);
}

/** Names of users, those who have gone included. */
export async function userNames(db: Db | Trx, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ id: string; name: string }>`
		select id, name from users where id = any(${ids}::text[])`.execute(db);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function addEntry(trx: Trx, entry: AuditEntry): Promise<void> {
	const { subject } = entry;
	await sql`insert into audit_entries (id, at, user_id, user_name, client_id, client_name, address, correlation_id, service,
			entity_type, entity_id, entity_name, division_id, action, status, changes, others, context, about, words)
		values (${entry.id}, ${entry.at}, ${entry.userId ?? null}, ${entry.userName ?? null}, ${entry.clientId ?? null},
			${entry.clientName ?? null}, ${entry.address ?? null}, ${entry.correlationId ?? null}, ${subject.service},
			${subject.entityType}, ${subject.id}, ${subject.name ?? null}, ${subject.divisionId ?? null}, ${entry.action},
			${entry.status}, ${JSON.stringify(entry.changes)}::jsonb, ${JSON.stringify(entry.others)}::jsonb,
			${JSON.stringify(entry.context)}::jsonb, ${aboutOf(entry)}::text[], ${wordsOf(entry)})`.execute(trx);
}

/** Whatever the entry tells of: who asks for the changes of one thing is told also of those that came of another's. */
function aboutOf({ subject, others }: AuditEntry): string[] {
	return [...new Set([subject.id, ...others.map(({ entityId }) => entityId)])];
}

/** Characters of an entry that a search finds. */
const mostWords = 20_000;

/** What a search goes through: names, ids, properties and values, folded as for every search of people. */
function wordsOf({ subject, userName, clientName, action, changes, others, context, address }: AuditEntry): string {
	const texts = [
		...[subject.name, subject.id, subject.entityType, action, userName, clientName, address],
		...changes.flatMap(({ property, oldValues, newValues }) => [property, ...oldValues, ...newValues]),
		...others.flatMap(({ entityName, entityId }) => [entityName, entityId]),
		...Object.values(context),
	];
	return folded(texts.filter((text) => text !== undefined).join("\n")).slice(0, mostWords);
}

export interface EntrySearch {
	from: Date;
	/** Not after this; exclusive. */
	to: Date;
	/** Where the reader may read; what is the whole organization's needs all. */
	divisions: "all" | readonly string[];
	id?: string;
	userId?: string;
	clientId?: string;
	service?: string;
	entityType?: string;
	entityId?: string;
	action?: string;
	status?: string;
	correlationId?: string;
	/** Words that must all be in it, in any place. */
	words?: readonly string[];
	isAscending?: boolean;
}

/** Where a listing goes on: behind this entry. */
export interface EntryPlace {
	at: Date;
	seq: number;
}

export interface FoundEntry extends AuditEntry {
	seq: number;
}

const columns: Partial<Record<keyof EntrySearch, string>> = {
	userId: "user_id",
	clientId: "client_id",
	service: "service",
	action: "action",
	status: "status",
	correlationId: "correlation_id",
};

function condition(search: EntrySearch) {
	const { from, to, divisions, id, words = [] } = search;
	const parts = [sql`at >= ${from} and at < ${to}`];
	if (divisions !== "all") parts.push(sql`division_id = any(${[...divisions]}::text[])`);
	if (id !== undefined) parts.push(sql`id = ${asUuid(id)}`);
	for (const [key, column] of Object.entries(columns)) {
		const value = search[key as keyof EntrySearch];
		if (typeof value === "string") parts.push(sql`${sql.ref(column)} = ${value}`);
	}
	parts.push(...aboutThing(search));
	for (const word of words.map(folded)) {
		parts.push(sql`position(${word} in words) > 0`);
		if (divisions !== "all") parts.push(sql`position(${word} in ${ownWords}) > 0`);
	}
	return sql.join(parts, sql` and `);
}

/** What an entry says of its own thing: who may not read of the others does not find it by them. */
const ownWords = foldedInSql(
	sql<string>`concat_ws(' ', entity_name, entity_id, entity_type, action, user_name, client_name, address, changes::text, context::text)`,
);

function aboutThing({ entityType, entityId, divisions }: EntrySearch) {
	const ofType = sql`entity_type = ${entityType}`;
	if (entityId === undefined) return entityType === undefined ? [] : [ofType];
	const isAbout = sql`about @> ${[entityId]}::text[]`;
	if (entityType === undefined && divisions === "all") return [isAbout];
	const wanted = entityType === undefined ? { entityId } : { entityType, entityId };
	const among = divisions === "all" ? [wanted] : divisions.map((divisionId) => ({ ...wanted, divisionId }));
	const others = among.map((one) => sql`others @> ${JSON.stringify([one])}::jsonb`);
	const itself = entityType === undefined ? sql`entity_id = ${entityId}` : sql`(entity_id = ${entityId} and ${ofType})`;
	return [isAbout, sql`(${sql.join([itself, ...others], sql` or `)})`];
}

export async function findEntries(
	db: Db,
	search: EntrySearch,
	{ limit, offset = 0, after }: { limit: number; offset?: number; after?: EntryPlace | undefined },
): Promise<FoundEntry[]> {
	const order = sql.raw(search.isAscending ? "asc" : "desc");
	const onward = after
		? sql`and (at, seq) ${sql.raw(search.isAscending ? ">" : "<")} (${after.at}, ${after.seq}::bigint)`
		: sql``;
	const { rows } = await sql<EntryRow>`select * from audit_entries where ${condition(search)} ${onward}
		order by at ${order}, seq ${order} limit ${limit} offset ${offset}`.execute(db);
	return rows.map(toEntry).map((entry) => ({ ...entry, others: toldIn(search.divisions, entry.others) }));
}

/** Entries that are counted; beyond them a list says that there are at least so many. */
export const mostCounted = 100_000;

export async function countEntries(db: Db, search: EntrySearch): Promise<number> {
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
		select from audit_entries where ${condition(search)} limit ${mostCounted}) as found`.execute(db);
	return rows[0]?.count ?? 0;
}

/** Removes at most `limit` of the entries older than `before`, oldest first. @returns how many */
export async function pruneEntries(db: Db, before: Date, limit: number): Promise<number> {
	const { rows } = await sql<{ gone: number }>`with old as (
			select id from audit_entries where at < ${before} order by at, seq limit ${limit}
		), gone as (delete from audit_entries using old where audit_entries.id = old.id returning 1)
		select count(*)::int as gone from gone`.execute(db);
	return rows[0]?.gone ?? 0;
}

/** Of the other things of an entry, those where the reader may read. */
export function toldIn(divisions: EntrySearch["divisions"], others: readonly EntityChange[]): EntityChange[] {
	return others.filter(({ divisionId }) => divisions === "all" || (divisionId && divisions.includes(divisionId)));
}

function toEntry(row: EntryRow): FoundEntry {
	return {
		id: row.id,
		seq: row.seq,
		at: row.at,
		...(row.user_id === null ? {} : { userId: row.user_id }),
		...(row.user_name === null ? {} : { userName: row.user_name }),
		...(row.client_id === null ? {} : { clientId: row.client_id }),
		...(row.client_name === null ? {} : { clientName: row.client_name }),
		...(row.address === null ? {} : { address: row.address }),
		...(row.correlation_id === null ? {} : { correlationId: row.correlation_id }),
		subject: {
			service: row.service,
			entityType: row.entity_type,
			id: row.entity_id,
			...(row.entity_name === null ? {} : { name: row.entity_name }),
			...(row.division_id === null ? {} : { divisionId: row.division_id }),
		},
		action: row.action,
		status: row.status as AuditEntry["status"],
		changes: row.changes,
		others: row.others,
		context: row.context,
	};
}
