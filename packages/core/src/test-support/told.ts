import { sql } from "kysely";
import { vi } from "vitest";
import type { Db } from "../kernel/database/database.ts";
import type { EventLog, LoggedEvent } from "../kernel/events/event-log.ts";
import { type Position, parsePosition } from "../kernel/events/position.ts";

/** What the log tells, and where it ends. */
export interface Told {
	/** Every entry of the changes that have ended, oldest first; only those after a position, where one is given. */
	told(after?: Position): Promise<LoggedEvent[]>;
	/** The position of the newest of them. */
	newest(): Promise<Position>;
}

/**
 * Reads the log as one who waits for what is being told. A reader may be shown an entry a moment after its change: a
 * transaction of another database that has its id, but not its lock yet, counts as a change (writer-horizon.ts), and
 * test databases share a server.
 */
export function toldBy(db: Db, events: EventLog): Told {
	async function settled(): Promise<void> {
		const { rows } = await sql<{ newest: string }>`
			select coalesce(max(xid::text::numeric), 0)::text as newest from event_log`.execute(db);
		// The log's own horizon, which never goes back: what it reads next has all of it.
		const isTold = async () => BigInt(parsePosition(await events.end())[0]) >= BigInt(rows[0]?.newest ?? 0);
		await vi.waitUntil(isTold, { timeout: 10_000 });
	}
	return {
		async told(after = "0.0") {
			await settled();
			return events.readAfter(after, 100_000);
		},
		async newest() {
			await settled();
			return events.latest();
		},
	};
}
