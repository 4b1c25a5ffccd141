import { sql } from "kysely";
import type { Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import "./tables.ts";
import { saveDetails } from "./analysis/store.ts";
import { changedRows, conversationColumns, type ParticipantRow } from "./index-rows.ts";
import type { Change } from "./store.ts";
import { saveAddresses } from "./timeline/store.ts";

/**
 * Writes documents and what is looked up beside them, and by what ended ones are found in analytics: as many statements for any
 * number of conversations, which go to the database with what the transaction does next.
 */
export async function saveChanges(trx: Trx, changes: readonly Change[]): Promise<void> {
	const [added, changed] = [changes.filter((one) => !one.before), changes.filter((one) => one.before)];
	if (added.length > 0) await insertConversations.write(trx, conversationLists(added));
	if (changed.length > 0) await updateConversations.write(trx, conversationLists(changed));
	const parties = changes.flatMap(({ before, after }) => changedRows(before, after));
	if (parties.length > 0) await saveParticipants.write(trx, partyLists(parties));
	await saveAddresses(trx, changes);
	await saveDetails(trx, changes);
}

type ConversationLists = ReturnType<typeof conversationLists>;

function conversationLists(changes: readonly Change[]) {
	const rows = changes.map(({ after }) => ({ id: after.id, ...conversationColumns(after) }));
	return {
		ids: rows.map((row) => row.id),
		/** One JSON array: documents in an array of PostgreSQL's would have each of their quotes escaped. */
		documents: `[${rows.map((row) => row.document).join(",")}]`,
		media: rows.map((row) => row.medium),
		divisionIds: rows.map((row) => row.division_id),
		startedAt: rows.map((row) => row.started_at),
		endedAt: rows.map((row) => row.ended_at),
		waitingQueueIds: rows.map((row) => row.waiting_queue_id),
		waitingSince: rows.map((row) => row.waiting_since),
		waitingRanks: rows.map((row) => row.waiting_rank),
		waitingRequests: rows.map((row) => row.waiting_request && JSON.stringify(row.waiting_request)),
		priorities: rows.map((row) => row.priority),
	};
}

const insertConversations = prepared(
	(_db, all: ConversationLists) => sql`
		insert into conversations (id, version, document, medium, division_id, started_at, ended_at, waiting_queue_id,
			waiting_since, waiting_rank, waiting_request, priority)
		select id, 1, document, medium, division_id, started_at, ended_at, waiting_queue_id, waiting_since, waiting_rank,
			waiting_request::jsonb, priority
		from rows from (unnest(${all.ids}::text[]), jsonb_array_elements(${all.documents}::jsonb),
			unnest(${all.media}::text[]), unnest(${all.divisionIds}::text[]), unnest(${all.startedAt}::timestamptz[]),
			unnest(${all.endedAt}::timestamptz[]), unnest(${all.waitingQueueIds}::text[]),
			unnest(${all.waitingSince}::timestamptz[]), unnest(${all.waitingRanks}::timestamptz[]),
			unnest(${all.waitingRequests}::text[]), unnest(${all.priorities}::int[]))
			as n (id, document, medium, division_id, started_at, ended_at, waiting_queue_id, waiting_since, waiting_rank,
				waiting_request, priority)`,
);

const updateConversations = prepared(
	(_db, all: ConversationLists) => sql`
		update conversations as c set version = c.version + 1, document = n.document, ended_at = n.ended_at,
			waiting_queue_id = n.waiting_queue_id, waiting_since = n.waiting_since, waiting_rank = n.waiting_rank,
			waiting_request = n.waiting_request::jsonb, priority = n.priority
		from rows from (unnest(${all.ids}::text[]), jsonb_array_elements(${all.documents}::jsonb),
			unnest(${all.endedAt}::timestamptz[]), unnest(${all.waitingQueueIds}::text[]),
			unnest(${all.waitingSince}::timestamptz[]), unnest(${all.waitingRanks}::timestamptz[]),
			unnest(${all.waitingRequests}::text[]), unnest(${all.priorities}::int[]))
			as n (id, document, ended_at, waiting_queue_id, waiting_since, waiting_rank, waiting_request, priority)
		where c.id = n.id`,
);

type PartyLists = ReturnType<typeof partyLists>;

function partyLists(rows: readonly ParticipantRow[]) {
	return {
		conversationIds: rows.map((row) => row.conversation_id),
		participantIds: rows.map((row) => row.participant_id),
		media: rows.map((row) => row.medium),
		purposes: rows.map((row) => row.purpose),
		userIds: rows.map((row) => row.user_id),
		queueIds: rows.map((row) => row.queue_id),
		states: rows.map((row) => row.state),
		live: rows.map((row) => row.live),
		acd: rows.map((row) => row.acd),
		needsWrapup: rows.map((row) => row.needs_wrapup),
		optional: rows.map((row) => row.wrapup_optional),
		startedAt: rows.map((row) => row.started_at),
		labelIds: rows.map((row) => row.label_id),
	};
}

const saveParticipants = prepared(
	(_db, all: PartyLists) => sql`
		insert into conversation_participants (conversation_id, participant_id, medium, purpose, user_id, queue_id, state, live, acd,
			needs_wrapup, wrapup_optional, started_at, label_id)
		select * from unnest(${all.conversationIds}::text[], ${all.participantIds}::text[], ${all.media}::text[], ${all.purposes}::text[],
			${all.userIds}::text[], ${all.queueIds}::text[], ${all.states}::text[], ${all.live}::boolean[],
			${all.acd}::boolean[], ${all.needsWrapup}::boolean[], ${all.optional}::boolean[],
			${all.startedAt}::timestamptz[], ${all.labelIds}::text[])
		on conflict (conversation_id, participant_id) do update
		set purpose = excluded.purpose, queue_id = excluded.queue_id, state = excluded.state, live = excluded.live,
			acd = excluded.acd, needs_wrapup = excluded.needs_wrapup, wrapup_optional = excluded.wrapup_optional,
			label_id = excluded.label_id`,
);
