import { folded, wantedWords } from "@inlay/contract/words";
import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { rowsInDivisions } from "../authorization/store.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import type { MemberCounts, Queue, QueueSettings } from "./queue-model.ts";
import { callAlertingSeconds, namePattern } from "./queue-rules.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

export interface QueueFilter {
	/** Exact, or with `*` at either end; letter case does not matter. */
	name?: string;
	ids?: string[];
	divisions?: DivisionSet;
	peerIds?: string[];
	/** Only queues of which this user is a member. */
	member?: { userId: string; joined?: boolean };
	/** Only queues in which this wrap-up code may be given. */
	wrapupCodeId?: string;
	descending?: boolean;
}

export interface Slice {
	limit: number;
	offset: number;
}

export interface QueueStore {
	get(db: Db | Trx, queueId: string): Promise<Queue | undefined>;
	find(db: Db, queueIds: readonly string[]): Promise<Queue[]>;
	/** As `get`, holding the queue until the transaction ends. */
	lock(trx: Trx, queueId: string): Promise<Queue | undefined>;
	/** By name; `joined` is whether the filter's member is. Their members are counted by `memberCounts`. */
	list(filter: QueueFilter, slice?: Slice): Promise<ListedQueue[]>;
	count(filter: QueueFilter): Promise<number>;
	memberCounts(queueIds: readonly string[], from?: Db | Trx): Promise<Map<string, MemberCounts>>;
	insert(trx: Trx, queue: Queue): Promise<void>;
	update(trx: Trx, queue: Queue): Promise<void>;
	/** Queues whose rings do without the skill, held. */
	removingSkill(trx: Trx, skillId: string): Promise<Queue[]>;
	/** The queues that give the label, held. */
	labelling(trx: Trx, labelId: string): Promise<Queue[]>;
	/** By name. */
	showingScript(trx: Trx, scriptId: string): Promise<Array<Pick<Queue, "name" | "divisionId">>>;
	/** How many living interactions came through it or are about to enter it (conversations/queue-references.ts); asked with it held. */
	underWayIn(trx: Trx, queueId: string): Promise<number>;
	delete(trx: Trx, queueId: string): Promise<void>;
}

export type ListedQueue = Queue & { joined: boolean };

type Row = Tables["queues"];

const columns = [
	"id",
	"name",
	"description",
	"division_id",
	"settings",
	"created_at",
	"modified_at",
	"created_by",
	"modified_by",
	"version",
] as const;

export const queueNames = namesakes("queues");

/** Queues that somebody names: a conversation that enters one, a number that leads into one. */
export const referredQueues = referable("queues");

/** How many queues are in each division. */
export const queuesInDivisions = rowsInDivisions("queues");

export function queueStore(db: Db): QueueStore {
	const select = (from: Db | Trx) => from.selectFrom("queues").select(columns);

	return {
		async get(from, queueId) {
			const row = await select(from).where("id", "=", queueId).executeTakeFirst();
			return row && toQueue(row);
		},

		async find(from, queueIds) {
			const rows = await select(from).where("id", "=", sql<string>`any(${queueIds})`).execute();
			return rows.map(toQueue);
		},

		async lock(trx, queueId) {
			const row = await select(trx).where("id", "=", queueId).forUpdate().executeTakeFirst();
			return row && toQueue(row);
		},

		async list(filter, slice) {
			const { member } = filter;
			const joined = member
				? sql<boolean>`coalesce((select m.joined from queue_members m
					where m.queue_id = queues.id and m.user_id = ${member.userId}), false)`
				: sql<boolean>`false`;
			const direction = filter.descending ? "desc" : "asc";
			let query = filtered(select(db).select(joined.as("joined")), filter)
				.orderBy(sql`lower(name)`, direction)
				.orderBy("id", direction);
			if (slice) query = query.limit(slice.limit).offset(slice.offset);
			return (await query.execute()).map((row) => ({ ...toQueue(row), joined: row.joined }));
		},

		async count(filter) {
			const counted = db.selectFrom("queues").select((eb) => eb.fn.countAll<string>().as("total"));
			const row = await filtered(counted, filter).executeTakeFirstOrThrow();
			return Number(row.total);
		},

		async memberCounts(queueIds, from = db) {
			// A deactivated user keeps their memberships, and counts nowhere meanwhile. There are few of them to be looked up.
			const { rows } = await sql<MemberCounts & { id: string }>`
				select q.id, (members.found - away.found)::int as "memberCount",
					(members.joined - away.joined)::int as "joinedMemberCount"
				from unnest(${queueIds}::text[]) as q (id),
					lateral (select count(*) as found, count(*) filter (where m.joined) as joined
						from queue_members m where m.queue_id = q.id) as members,
					lateral (select count(*) as found, count(*) filter (where m.joined) as joined
						from queue_members m join users u on u.id = m.user_id and u.state <> 'active'
						where m.queue_id = q.id) as away`.execute(from);
			return new Map(rows.map(({ id, ...counts }) => [id, counts]));
		},

		async insert(trx, queue) {
			await trx
				.insertInto("queues")
				.values({
					id: queue.id,
					...changeable(queue),
					created_at: queue.dateCreated,
					created_by: queue.createdBy ?? null,
				})
				.execute();
		},

		async update(trx, queue) {
			await trx.updateTable("queues").set(changeable(queue)).where("id", "=", queue.id).execute();
		},

		async removingSkill(trx, skillId) {
			const rows = await select(trx)
				.where(sql<boolean>`settings @> ${ringWithout(skillId)}::jsonb`)
				.orderBy("id")
				.forUpdate()
				.execute();
			return rows.map(toQueue);
		},

		async labelling(trx, labelId) {
			const rows = await select(trx)
				.where(sql<boolean>`settings #>> '{inlayUtilizationLabel,id}' = ${labelId}`)
				.orderBy("id")
				.forUpdate()
				.execute();
			return rows.map(toQueue);
		},

		async showingScript(trx, scriptId) {
			const { rows } = await sql<{ name: string; divisionId: string }>`
				select name, division_id as "divisionId" from queues where exists (
					select 1 from jsonb_each(settings -> 'defaultScripts') as shown where shown.value ->> 'id' = ${scriptId}
				) order by lower(name)`.execute(trx);
			return rows;
		},

		async underWayIn(trx, queueId) {
			const { rows } = await sql<{ count: number }>`
				select count(*)::int as count from conversations c where c.ended_at is null and (
					c.waiting_queue_id = ${queueId} or c.document #>> '{internal,next,queue,id}' = ${queueId}
					or exists (select from conversation_participants p
						where p.conversation_id = c.id and p.queue_id = ${queueId}))`.execute(trx);
			return rows[0]?.count ?? 0;
		},

		async delete(trx, queueId) {
			await trx.deleteFrom("queues").where("id", "=", queueId).execute();
		},
	};
}

const ringWithout = (skillId: string) =>
	JSON.stringify({ bullseye: { rings: [{ actions: { skillsToRemove: [{ id: skillId }] } }] } });

/** A part of a name is what somebody types who looks for it, with its accents or without; its words in any order. */
function isCalled(wanted: string): Expression<SqlBool> {
	const parts = wanted.endsWith("*") ? wantedWords(wanted).map((word) => `*${word}*`) : [folded(wanted)];
	const name = foldedInSql(sql.ref("name"));
	const conditions = parts.map((part) => sql<SqlBool>`${name} like ${namePattern(part)}`);
	return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

function filtered<O>(
	query: SelectQueryBuilder<Tables, "queues", O>,
	filter: QueueFilter,
): SelectQueryBuilder<Tables, "queues", O> {
	const { name, ids, divisions, member, peerIds, wrapupCodeId } = filter;
	let narrowed = query;
	if (name?.startsWith("*")) narrowed = narrowed.where(isCalled(name));
	else if (name) narrowed = narrowed.where(sql`lower(name)`, "like", lowered(namePattern(name)));
	if (ids) narrowed = narrowed.where("id", "=", sql<string>`any(${ids})`);
	if (divisions && divisions !== "all")
		narrowed = narrowed.where("division_id", "=", sql<string>`any(${[...divisions]})`);
	if (wrapupCodeId)
		narrowed = narrowed.where(
			sql<boolean>`exists (select from queue_wrapup_codes c where c.queue_id = queues.id and c.code_id = ${wrapupCodeId})`,
		);
	if (peerIds) narrowed = narrowed.where(sql`settings->>'peerId'`, "=", sql`any(${peerIds})`);
	if (member) {
		narrowed = narrowed.where(
			sql<boolean>`exists (select from queue_members m where m.queue_id = queues.id and m.user_id = ${member.userId}
				and (${member.joined ?? null}::boolean is null or m.joined = ${member.joined ?? null}::boolean))`,
		);
	}
	return narrowed;
}

function changeable(queue: Queue) {
	return {
		name: queue.name,
		description: queue.description ?? null,
		division_id: queue.divisionId,
		settings: queue.settings satisfies QueueSettings,
		modified_at: queue.dateModified,
		modified_by: queue.modifiedBy ?? null,
		version: queue.version,
	};
}

function toQueue(row: Row): Queue {
	return {
		id: row.id,
		name: row.name,
		...(row.description === null ? {} : { description: row.description }),
		divisionId: row.division_id,
		settings: row.settings,
		alertingTimeoutSeconds: callAlertingSeconds(row.settings),
		acwSettings: row.settings.acwSettings,
		dateCreated: row.created_at,
		dateModified: row.modified_at,
		...(row.created_by === null ? {} : { createdBy: row.created_by }),
		...(row.modified_by === null ? {} : { modifiedBy: row.modified_by }),
		version: row.version,
	};
}
