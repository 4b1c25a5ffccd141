import pg from "pg";

/** Events of the log as presence changes make them, told about one of many people each. */
export interface ToldEvent {
	topic: string;
	/** What the listener looks at. */
	eventBody: Record<string, unknown>;
}

/** Key of the lock that marks a transaction as one that writes to the log (kernel/events/writer-horizon.ts). */
const writerLock = 0x1a1a;
const root = "topic_root_hash(told.topic)";

/**
 * Writes many events in one change, as fast as the database takes them: what the load is about is not what writing them
 * costs the server. Each stands in the log as the server's own `append` leaves it.
 */
export async function writeEvents(client: pg.ClientBase, events: readonly ToldEvent[], at = new Date()): Promise<void> {
	const topics = events.map((event) => event.topic);
	const bodies = events.map((event) => JSON.stringify(event.eventBody));
	await client.query("begin");
	await client.query(`select pg_advisory_xact_lock_shared(${writerLock})`);
	await client.query({
		name: "bench-events",
		text: `insert into event_log (at, type, entity_type, entity_id, announcements, root)
			select $3, 'bench.told', 'user', told.topic,
				jsonb_build_array(jsonb_build_object('topics', jsonb_build_array(told.topic), 'eventBody', told.body)), ${root}
			from unnest($1::text[], $2::jsonb[]) as told (topic, body)`,
		values: [topics, bodies, at],
	});
	await client.query("commit");
}

/** Fills the log with `count` events about these topics in turn, all written at `at`, in changes of a thousand. */
export async function fillLog(
	client: pg.ClientBase,
	count: number,
	topics: readonly string[],
	at: Date,
): Promise<void> {
	const perChange = 1000;
	for (let done = 0; done < count; done += perChange) {
		await client.query("begin");
		await client.query(`select pg_advisory_xact_lock_shared(${writerLock})`);
		await client.query({
			name: "bench-fill",
			text: `insert into event_log (at, type, entity_type, entity_id, announcements, root)
				select $3, 'bench.filled', 'user', told.topic, jsonb_build_array(jsonb_build_object(
					'topics', jsonb_build_array(told.topic),
					'eventBody', jsonb_build_object('source', 'PURECLOUD', 'primary', true, 'message', '', 'number', n,
						'presenceDefinition', jsonb_build_object('id', told.topic, 'systemPresence', 'AVAILABLE'))
				)), ${root}
				from generate_series($1::int, $2::int) as n,
					lateral (select ($4::text[])[1 + n % cardinality($4::text[])] as topic) as told`,
			values: [done, Math.min(count, done + perChange) - 1, at, topics],
		});
		await client.query("commit");
	}
}

/** A connection that the server's own life does not touch. */
export async function benchClient(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url, application_name: "inlay-bench" });
	await client.connect();
	return client;
}
