import { type ColumnType, type Generated, sql } from "kysely";
import { noteTold } from "../database/change-witness.ts";
import type { Database, Trx } from "../database/database.ts";
import { onOneConnection, runQuery } from "../sql/transaction.ts";
import type { Clock } from "../time/clock.ts";
import { aboutRoots, type Row, toEvent, writeEntry } from "./event-log-rows.ts";
import { endBefore, type Position, parsePosition } from "./position.ts";
import { topicRoot, topicRootHash } from "./topic-root.ts";
import { horizonTold, writerHorizon } from "./writer-horizon.ts";

/** Who caused a change. Where there is none, the server itself did: a set-up, a seed, a timer. */
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
	/**
	 * Where that is which it tells of, as it is now, and who takes part in it: of those who follow a topic that tells of many
	 * divisions' things, it is told to these. Those whom the topic is about are told anyway.
	 */
	visibleTo?: { divisionIds: string[]; userIds?: string[] };
}

export interface NewEvent {
	/** `<entity>.<what happened>`, e.g. `presence.changed`. */
	type: string;
	entityType: string;
	entityId: string;
	actor?: Actor;
	/** What readers such as audit and statistics need; JSON. */
	data?: unknown;
	/**
	 * What the first one's first topic is about (topic-root.ts) is what the entry stands in order with: of two changes that
	 * tell of it, the one that came last to what they both hold is told last.
	 */
	announcements?: Announcement[];
}

export interface LoggedEvent extends NewEvent {
	position: Position;
	at: Date;
	announcements: Announcement[];
}

declare module "../database/database.ts" {
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
			/** Of what it tells something, the first (see topic-root.ts); null where it tells nothing. */
			root: string | null;
		};
		/** The others of which an entry tells something. */
		event_log_roots: { root: string; xid: ColumnType<string, never, never>; seq: number };
	}
}

/**
 * The durable event log. Entries are written in the transaction of the change they tell of.
 *
 * Order: by transaction id, then sequence. A reader is shown an entry only when every older change has ended
 * (`writerHorizon`), so a position that it has reached never gets company behind it: reading on from a position misses
 * nothing, whatever order transactions committed in. Of what several changes hold, the log tells in the order in which they
 * held it, though they may have got their ids in another (docs/decisions/0001).
 */
export class EventLog {
	readonly #database: Database;
	readonly #clock: Clock;
	readonly #hearers: Array<(trx: Trx, events: readonly NewEvent[]) => Promise<void>> = [];
	#horizon = "0";

	constructor(database: Database, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	/** Somebody writes something more in the transaction of what is told; asked with every entry, so it must be quick. */
	onAppend(hear: (trx: Trx, events: readonly NewEvent[]) => Promise<void>): void {
		this.#hearers.push(hear);
	}

	/**
	 * Goes to the database with what the transaction does next, at the latest with its commit. It fails, and the change is
	 * done again, where one with a greater id has told already of what an entry is about.
	 */
	async append(trx: Trx, events: readonly NewEvent[]): Promise<void> {
		const at = this.#clock.now();
		noteTold(trx, events);
		for (const event of events) await writeEntry(trx, event, at);
		for (const hear of this.#hearers) await hear(trx, events);
	}

	/**
	 * Entries after `position`, oldest first, in one message with the horizon's question. The order names the table: `xid`
	 * alone would be the text of the answer, by which 1000 comes before 999.
	 */
	async readAfter(position: Position, limit: number): Promise<LoggedEvent[]> {
		const [xid, seq] = parsePosition(position);
		const [, rows] = await onOneConnection(this.#database.db, (on) =>
			Promise.all([
				this.#newHorizon(on),
				runQuery(
					on,
					sql<Row>`select xid::text as xid, seq, at, type, entity_type, entity_id, actor, data, announcements
						from event_log
						where (xid, seq) > (${xid}::xid8, ${seq}::bigint) and xid < ${horizonTold}
						order by event_log.xid, event_log.seq limit ${limit}`.compile(on),
				),
			]),
		);
		return rows.map(toEvent);
	}

	/**
	 * Entries after `position` that tell something of what these topics are about, oldest first; some may tell nothing on
	 * the topics themselves, and the newest may come with the next reading only. Costs what there is to tell, however much else the log has. They come without what is not told:
	 * actor and data.
	 * @returns also how far the log is read by it
	 */
	async readTopicsAfter(position: Position, topics: Iterable<string>, limit: number): Promise<TopicsRead> {
		const [xid, seq] = parsePosition(position);
		const roots = [...new Set(Array.from(topics, topicRoot))].map(topicRootHash);
		const horizon = await this.#horizonBehind(xid);
		const rows = await aboutRoots.all(this.#database.db, { roots, xid, seq, horizon, limit });
		const events = rows.map(toEvent);
		const last = events.length < limit ? undefined : events.at(-1)?.position;
		return { events, readTo: last ?? endBefore(horizon) };
	}

	/** The newest horizon that is known, if it is of use to a reader: what it says stays true. */
	async #horizonBehind(xid: string): Promise<string> {
		return BigInt(this.#horizon) > BigInt(xid) ? this.#horizon : this.#newHorizon();
	}

	async #newHorizon(on = this.#database.db): Promise<string> {
		const read = await writerHorizon(on, this.#horizon);
		// Of two that were asked for at once the earlier one may be answered last.
		if (BigInt(read) > BigInt(this.#horizon)) this.#horizon = read;
		return this.#horizon;
	}

	/** The position of the newest readable entry. */
	async latest(): Promise<Position> {
		const horizon = await this.#newHorizon();
		const { rows } = await sql<{ xid: string; seq: number }>`
			select xid::text as xid, seq from event_log
			where xid < ${horizon}::xid8
			order by event_log.xid desc, event_log.seq desc limit 1`.execute(this.#database.db);
		return rows[0] ? `${rows[0].xid}.${rows[0].seq}` : "0.0";
	}

	/** Behind all that is readable: where somebody starts who wants only what comes. */
	async end(): Promise<Position> {
		return endBefore(await this.#newHorizon());
	}

	/**
	 * Removes the oldest entries, those older than `before`, at most `limit` of them: each call is a short transaction that
	 * holds nobody up, as it is no change.
	 * @param after where the last call came to: what was removed there need not be passed again
	 */
	async pruneSome(before: Date, after: Position, limit: number): Promise<Pruned> {
		const [xid, seq] = parsePosition(after);
		const { rows } = await sql<{ seen: number; removed: number; xid: string | null; seq: number | null }>`
			with old as materialized (
				select xid, seq from event_log where (xid, seq) > (${xid}::xid8, ${seq}::bigint)
				order by event_log.xid, event_log.seq limit ${limit}
			), gone as (
				delete from event_log as e using old where e.xid = old.xid and e.seq = old.seq and e.at < ${before}
				returning e.xid, e.seq, e.announcements
			), untold as (
				delete from event_log_roots as r using gone, topic_root_hashes(gone.announcements) as told
				where r.root = told.root and r.xid = gone.xid and r.seq = gone.seq
			), last as (
				select xid, seq from old order by old.xid desc, old.seq desc limit 1
			)
			select (select count(*) from old) as seen, (select count(*) from gone) as removed,
				(select xid::text from last) as xid, (select seq from last) as seq`.execute(this.#database.db);
		const [found] = rows;
		const removed = found?.removed ?? 0;
		return {
			removed,
			through: found?.xid ? `${found.xid}.${found.seq}` : after,
			done: removed === 0 || found?.seen !== limit,
		};
	}
}

/** What was read by topics. */
export interface TopicsRead {
	events: LoggedEvent[];
	/** There is nothing more on these topics up to here. */
	readTo: Position;
}

/** What one step of pruning did. */
export interface Pruned {
	removed: number;
	/** Everything up to here was looked at. */
	through: Position;
	/** There is nothing old any more. */
	done: boolean;
}
