import { type ColumnType, type Generated, sql } from "kysely";
import type { Clock } from "./clock.ts";
import type { Database, Trx } from "./database.ts";
import type { Migrations } from "./migrations.ts";
import { prepared } from "./sql/prepared.ts";
import { writerHorizon } from "./writer-horizon.ts";

/** Who caused a change. */
export interface Actor {
	userId?: string;
	clientId?: string;
}

/** What the notifications domain delivers: the same body under one or more topics (platform-api 5.1). */
export interface Announcement {
	topics: string[];
	eventBody: unknown;
	/** Extra keys of the frame's metadata, e.g. `action` on station events. */
	metadata?: Record<string, string>;
}

export interface NewEvent {
	/** `<entity>.<what happened>`, e.g. `presence.changed`. */
	type: string;
	entityType: string;
	entityId: string;
	actor?: Actor;
	/** What readers such as audit and statistics need; JSON. */
	data?: unknown;
	announcements?: Announcement[];
}

/** Where a reader stands in the log. Opaque text, ordered by the log. */
export type Position = string;

export interface LoggedEvent extends NewEvent {
	position: Position;
	at: Date;
	announcements: Announcement[];
}

declare module "./database.ts" {
	interface Tables {
		event_log: {
			seq: Generated<number>;
			xid: ColumnType<string, never, never>;
			at: Date;
			type: string;
			entity_type: string;
			entity_id: string;
			actor: unknown;
			data: unknown;
			announcements: unknown;
		};
	}
}

export const eventLogMigrations: Migrations = {
	"0001_event_log": {
		async up(db) {
			await sql`create table event_log (
				xid xid8 not null default pg_current_xact_id(),
				seq bigint generated always as identity,
				at timestamptz not null,
				type text not null,
				entity_type text not null,
				entity_id text not null,
				actor jsonb,
				data jsonb,
				announcements jsonb not null default '[]',
				primary key (xid, seq)
			)`.execute(db);
			await sql`create index event_log_entity on event_log (entity_type, entity_id, xid, seq)`.execute(db);
			await sql`create index event_log_at on event_log (at)`.execute(db);
		},
	},
};

/**
 * The durable event log. Entries are written in the transaction of the change they tell of.
 *
 * Order: by transaction id, then sequence. A reader is shown an entry only when every older change has ended
 * (`writerHorizon`), so a position that it has reached never gets company behind it: reading on from a position misses
 * nothing, whatever order transactions committed in.
 */
export class EventLog {
	readonly #database: Database;
	readonly #clock: Clock;

	constructor(database: Database, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	/** Goes to the database with what the transaction does next, at the latest with its commit. */
	async append(trx: Trx, events: readonly NewEvent[]): Promise<void> {
		const at = this.#clock.now();
		for (const event of events) {
			await appendOne.write(trx, {
				at,
				type: event.type,
				entityType: event.entityType,
				entityId: event.entityId,
				actor: JSON.stringify(event.actor ?? null),
				data: JSON.stringify(event.data ?? null),
				announcements: JSON.stringify(event.announcements ?? []),
			});
		}
	}

	/**
	 * Entries after `position`, oldest first. The order names the table: `xid` alone would be the text of the answer, by
	 * which 1000 comes before 999.
	 */
	async readAfter(position: Position, limit: number): Promise<LoggedEvent[]> {
		const [xid, seq] = parse(position);
		const horizon = await writerHorizon(this.#database.db);
		const { rows } = await sql<Row>`
			select xid::text as xid, seq, at, type, entity_type, entity_id, actor, data, announcements
			from event_log
			where (xid, seq) > (${xid}::xid8, ${seq}::bigint) and xid < ${horizon}::xid8
			order by event_log.xid, event_log.seq limit ${limit}`.execute(this.#database.db);
		return rows.map(toEvent);
	}

	/** The position of the newest readable entry: where somebody starts who wants only what comes. */
	async latest(): Promise<Position> {
		const horizon = await writerHorizon(this.#database.db);
		const { rows } = await sql<{ xid: string; seq: number }>`
			select xid::text as xid, seq from event_log
			where xid < ${horizon}::xid8
			order by event_log.xid desc, event_log.seq desc limit 1`.execute(this.#database.db);
		return rows[0] ? `${rows[0].xid}.${rows[0].seq}` : "0.0";
	}

	/** Removes entries older than `before`; returns how many. */
	async prune(before: Date): Promise<number> {
		const result = await this.#database.db.deleteFrom("event_log").where("at", "<", before).executeTakeFirst();
		return Number(result.numDeletedRows);
	}
}

interface NewRow {
	at: Date;
	type: string;
	entityType: string;
	entityId: string;
	actor: string;
	data: string;
	announcements: string;
}

/** One statement for each: as they are prepared and travel together, more at once would save nothing. */
const appendOne = prepared((db, event: NewRow) =>
	db.insertInto("event_log").values({
		at: event.at,
		type: event.type,
		entity_type: event.entityType,
		entity_id: event.entityId,
		actor: event.actor,
		data: event.data,
		announcements: event.announcements,
	}),
);

interface Row {
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

function toEvent(row: Row): LoggedEvent {
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

/** Reads a position; anything malformed means the beginning of the log. */
function parse(position: Position): [string, string] {
	const match = /^(\d{1,20})\.(\d{1,19})$/.exec(position);
	return match ? [match[1] as string, match[2] as string] : ["0", "0"];
}

/** Orders two positions: negative when `a` is older. */
export function comparePositions(a: Position, b: Position): number {
	if (a === b) return 0;
	const [ax, as] = parse(a);
	const [bx, bs] = parse(b);
	return compareNumbers(ax, bx) || compareNumbers(as, bs);
}

/** Of decimal digits, as text: without the cost of a BigInt for each, as sockets compare at every frame. */
function compareNumbers(a: string, b: string): number {
	const [left, right] = [withoutZeros(a), withoutZeros(b)];
	if (left.length !== right.length) return left.length - right.length;
	return left === right ? 0 : left < right ? -1 : 1;
}

function withoutZeros(digits: string): string {
	return digits.startsWith("0") ? digits.replace(/^0+/, "") : digits;
}
