import { wordsIn } from "@inlay/contract/words";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import { searchOf } from "../kernel/words.ts";
import { type Contact, type ContactValue, contactName, type Known, pointsOf } from "./model.ts";
import { sortKeys, wordsOf } from "./words.ts";

export interface ContactFilter {
	/** Names in any order, a mail address, a number however it is written; empty: all. */
	search?: string | undefined;
	ids?: readonly string[];
	divisions: DivisionSet;
	organizationId?: string;
	sort?: { by: "last" | "first"; descending: boolean };
}

export interface Slice {
	limit: number;
	offset: number;
}

/** Who may be meant by a number or address. */
export interface Candidate extends Known {
	divisionId: string;
}

interface Row {
	id: string;
	division_id: string;
	organization_id: string | null;
	organization_name: string | null;
	value: ContactValue;
	version: number;
	created_at: Date;
	modified_at: Date;
}

const columns = sql`c.id, c.division_id, c.organization_id, o.name as organization_name, c.value, c.version, c.created_at, c.modified_at`;
const joined = sql`external_contacts c left join external_organizations o on o.id = c.organization_id`;

/**
 * Whoever reads a division in which two have it is in doubt already: further ones of that division change nothing, and are not
 * read. Of each point the index is gone along division by division (`external_contact_points_division`), two contacts in each.
 */
const byPoint = prepared<{ points: string[] }, Candidate>(
	(_db, { points }) => sql<Candidate>`with recursive steps (point, division_id) as (
			select point, (select min(division_id) from external_contact_points p where p.point = wanted.point)
				from unnest(${points}::text[]) as wanted (point)
			union all
			select point, (select min(division_id) from external_contact_points p
				where p.point = steps.point and p.division_id > steps.division_id)
				from steps where division_id is not null
		), few as (
			select distinct contact_id from steps cross join lateral (
				select contact_id from external_contact_points p
				where p.point = steps.point and p.division_id = steps.division_id order by contact_id limit 2
			) of_division
		)
		select id, name, "divisionId", "organizationId" from (
			select c.id, c.name, c.division_id as "divisionId", c.organization_id as "organizationId",
				row_number() over (partition by c.division_id order by c.id) as place
			from few join external_contacts c on c.id = few.contact_id
		) of_division where place <= 2`,
);

const byId = prepared<{ id: string }, Known>(
	(_db, { id }) => sql<Known>`select id, name, organization_id as "organizationId" from external_contacts
		where id = ${id} or id = (select into_id from external_contact_merges where id = ${id})`,
);

/** As many of those that were made one are looked for at once. */
const mostIds = 200;

/** Contacts as they are kept. */
export function contactStore(db: Db) {
	return {
		async find(id: string, on: Db | Trx = db): Promise<Contact | undefined> {
			const { rows } = await sql<Row>`select ${columns} from ${joined}
				where c.id = ${id} or c.id = (select into_id from external_contact_merges where id = ${id})`.execute(on);
			return rows.map(toContact)[0];
		},

		async lock(trx: Trx, id: string): Promise<Contact | undefined> {
			const { rows } = await sql<Row>`select ${columns} from ${joined} where c.id = ${id} for update of c`.execute(trx);
			return rows.map(toContact)[0];
		},

		/** The one that is found by this id, held: itself, or the one that it was made one with, also just now. */
		async lockFound(trx: Trx, id: string): Promise<Contact | undefined> {
			const own = await this.lock(trx, id);
			if (own) return own;
			const { rows } = await sql<{
				into_id: string;
			}>`select into_id from external_contact_merges where id = ${id}`.execute(trx);
			return rows[0] && this.lock(trx, rows[0].into_id);
		},

		/** By which ids these have been known, their own first; of one that was made of very many the first. */
		async everyIdOf(ids: readonly string[]): Promise<string[]> {
			const { rows } = await sql<{ id: string }>`
				with own as (select coalesce(m.into_id, asked.id) as id from unnest(${[...ids]}::text[]) as asked (id)
					left join external_contact_merges m on m.id = asked.id)
				select id from (select id, 0 as place from own
					union all select m.id, 1 from own join external_contact_merges m on m.into_id = own.id) known
				group by id order by min(place), id limit ${mostIds}`.execute(db);
			return rows.map(({ id }) => id);
		},

		/** One page, and how many there are. */
		async page(filter: ContactFilter, slice: Slice): Promise<{ found: Contact[]; total: number }> {
			const there = matching(filter);
			const { by, descending } = filter.sort ?? { by: "last", descending: false };
			const direction = descending ? sql`desc` : sql`asc`;
			const key = by === "first" ? sql`c.sort_first` : sql`c.sort_last`;
			const [page, counted] = await Promise.all([
				sql<Row>`select ${columns} from ${joined} where ${there}
					order by ${key} ${direction}, c.id ${direction} limit ${slice.limit} offset ${slice.offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from external_contacts c where ${there}`.execute(db),
			]);
			return { found: page.rows.map(toContact), total: counted.rows[0]?.count ?? 0 };
		},

		/** Those who have one of the numbers or mail addresses. */
		async withPoints(points: readonly string[], divisions: DivisionSet, limit: number): Promise<Contact[]> {
			const { rows } = await sql<Row>`select ${columns} from ${joined}
				where c.id in (select contact_id from external_contact_points where point = any(${[...points]}))
					and ${inDivisions(divisions)}
				order by c.sort_last, c.id limit ${limit}`.execute(db);
			return rows.map(toContact);
		},

		/** Who has one of the numbers or addresses, wherever they are; of each division two at most. */
		candidates: (on: Db | Trx, points: readonly string[]): Promise<Candidate[]> =>
			byPoint.all(on, { points: [...points] }),

		known: (on: Db | Trx, id: string): Promise<Known | undefined> => byId.first(on, { id }),

		async insert(trx: Trx, contacts: readonly Contact[]): Promise<void> {
			const rows = contacts.map(toRow);
			await sql`insert into external_contacts (id, division_id, organization_id, name, sort_last, sort_first, value, words,
					search, version, created_at, modified_at)
				select id, "divisionId", organization ->> 'id', name, last, first, value, words,
					array_to_tsvector(words || "organizationWords"), version, "createdAt", "modifiedAt"
				from ${sent(rows)}`.execute(trx);
			await this.keepPoints(trx, rows);
		},

		async update(trx: Trx, contacts: readonly Contact[]): Promise<void> {
			await sql`update external_contacts c set division_id = "divisionId", organization_id = organization ->> 'id',
				name = sent.name, sort_last = last, sort_first = first, value = sent.value, words = sent.words,
				search = array_to_tsvector(sent.words || "organizationWords"), version = sent.version,
				modified_at = "modifiedAt" from ${sent(contacts.map(toRow))} where c.id = sent.id`.execute(trx);
			await sql`delete from external_contact_points where contact_id = any(${contacts.map(({ id }) => id)})`.execute(
				trx,
			);
			await this.keepPoints(trx, contacts);
		},

		/** By what they are looked up. */
		async keepPoints(trx: Trx, contacts: ReadonlyArray<Pick<Contact, "id" | "value" | "divisionId">>): Promise<void> {
			const points = contacts.flatMap(({ id: contact_id, divisionId: division_id, value }) =>
				pointsOf(value).map((point) => ({ point, contact_id, division_id })),
			);
			if (points.length === 0) return;
			await sql`insert into external_contact_points (point, contact_id, division_id)
				select point, contact_id, division_id from jsonb_to_recordset(${JSON.stringify(points)}::jsonb)
					as sent (point text, contact_id text, division_id text)`.execute(trx);
		},

		/** Those of an organization are found by its new name. */
		async renameOrganization(trx: Trx, organizationId: string, words: readonly string[]): Promise<void> {
			await sql`update external_contacts set search = array_to_tsvector(words || ${[...words]}::text[])
				where organization_id = ${organizationId}`.execute(trx);
		},

		/** Nobody belongs to it any more, nor is found by its name; held until the transaction ends. */
		async leaveOrganization(trx: Trx, organizationId: string, at: Date): Promise<void> {
			await sql`update external_contacts set organization_id = null, search = array_to_tsvector(words),
				version = version + 1, modified_at = ${at} where organization_id = ${organizationId}`.execute(trx);
		},

		/** Whoever asks for the source gets the target, as does who was made one with the source before; its notes go there. */
		async noteMerge(trx: Trx, sourceId: string, targetId: string): Promise<void> {
			await sql`update external_contact_merges set into_id = ${targetId} where into_id = ${sourceId}`.execute(trx);
			await sql`insert into external_contact_merges (id, into_id) values (${sourceId}, ${targetId})`.execute(trx);
			await sql`update external_contact_notes set contact_id = ${targetId} where contact_id = ${sourceId}`.execute(trx);
		},

		/** The contacts of a division that have one of the numbers or addresses; held, or as whoever only looks sees them. */
		async withAny(
			trx: Trx,
			points: readonly string[],
			{ divisionId, isHeld }: { divisionId: string; isHeld: boolean },
		): Promise<Contact[]> {
			const held = isHeld ? sql`for update of c` : sql``;
			const { rows } = await sql<Row>`select ${columns} from ${joined}
				where c.id in (select contact_id from external_contact_points where point = any(${[...points]}))
					and c.division_id = ${divisionId} order by c.id ${held}`.execute(trx);
			return rows.map(toContact);
		},

		/** Of two files that come into one division at once the second one meets what the first one has made. */
		async holdImports(trx: Trx, divisionId: string): Promise<void> {
			const name = `contacts.import ${divisionId}`;
			await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from external_contacts where id = ${id}`.execute(trx);
		},
	};
}

/** As it is written. */
function toRow(contact: Contact) {
	const name = contactName(contact.value);
	const organizationWords = contact.organization ? wordsIn(contact.organization.name) : [];
	return { ...contact, ...sortKeys(contact, name), name, words: wordsOf(contact), organizationWords };
}

const sent = (rows: ReadonlyArray<ReturnType<typeof toRow>>) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
	as sent (id text, "divisionId" text, organization jsonb, name text, last text, first text, value jsonb, words text[],
		"organizationWords" text[], version int, "createdAt" timestamptz, "modifiedAt" timestamptz)`;

export type ContactStore = ReturnType<typeof contactStore>;

function inDivisions(divisions: DivisionSet): RawBuilder<SqlBool> {
	return divisions === "all" ? sql<SqlBool>`true` : sql<SqlBool>`c.division_id = any(${[...divisions]})`;
}

function matching({ search, ids, divisions, organizationId }: ContactFilter): RawBuilder<SqlBool> {
	const asked = searchOf(search);
	const byWords = asked === undefined ? sql`true` : asked === "" ? sql`false` : sql`c.search @@ ${asked}::tsquery`;
	const byId = ids
		? sql`c.id in (select unnest(${[...ids]}::text[])
			union select into_id from external_contact_merges where id = any(${[...ids]}))`
		: sql`true`;
	const byOrganization = organizationId === undefined ? sql`true` : sql`c.organization_id = ${organizationId}`;
	return sql<SqlBool>`${byWords} and ${byId} and ${byOrganization} and ${inDivisions(divisions)}`;
}

function toContact(row: Row): Contact {
	const { organization_id: id, organization_name: name } = row;
	return {
		id: row.id,
		divisionId: row.division_id,
		value: row.value,
		version: row.version,
		createdAt: row.created_at,
		modifiedAt: row.modified_at,
		...(id ? { organization: { id, name: name ?? "" } } : {}),
	};
}

/** How many contacts are in each division. */
export async function contactsInDivisions(divisionIds: readonly string[], db: Db): Promise<Map<string, number>> {
	const { rows } = await sql<{ division_id: string; count: number }>`
		select division_id, count(*)::int as count from external_contacts
		where division_id = any(${[...divisionIds]}) group by division_id`.execute(db);
	return new Map(rows.map((row) => [row.division_id, row.count]));
}
