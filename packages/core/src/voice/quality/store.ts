import { type CallQualityFigures, type CallQualityView, type SoundFault, soundFaultsOf } from "@inlay/contract";
import { type Selectable, sql } from "kysely";
import type { Conversation } from "../../conversations/model.ts";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";
import type { DivisionSet } from "../../kernel/principal.ts";
import "./tables.ts";

export interface QualityPart {
	conversationId: string;
	userId: string;
	partId: string;
	figures: CallQualityFigures;
	/** Browser and system, where they are known. */
	browser?: string;
}

/** Which measured parts are looked for. */
export interface QualitySearch {
	from: Date;
	to: Date;
	/** With any of these; empty for all that were measured. */
	faults: readonly SoundFault[];
	userId?: string;
	/** Where the caller may read conversations. */
	divisions: DivisionSet;
}

/** A part that was found, with the conversation that it is of. */
export interface FoundPart extends CallQualityView {
	conversation: Conversation;
	faults: SoundFault[];
}

/** Calls that sounded badly in the same way. */
export interface FaultyCalls {
	fault: SoundFault;
	calls: number;
	firstAt: Date;
	lastAt: Date;
	/** Ids of agents, the last first, at most ten. */
	people: string[];
}

/** So many are counted and paged through: who has more to look at narrows the search. */
export const mostFound = 10_000;

/** Where figures are kept: one row per connection of a phone in a conversation. */
export const callQualityStore = {
	/**
	 * Keeps a part, or its newer figures, and where its conversation has been meanwhile, which holds for all of its parts.
	 * @param most parts that a user may have in a conversation
	 * @returns false where they have so many already
	 */
	async save(trx: Trx, part: QualityPart, divisionIds: string[], at: Date, most: number): Promise<boolean> {
		const { conversationId, userId, partId, browser = null } = part;
		const figures = JSON.stringify(part.figures);
		const faults = soundFaultsOf(part.figures);
		// Parts that came at once would each count the others as not there yet, and wait for each other's rows below.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`quality:${conversationId}`}, 0))`.execute(trx);
		const { rows } = await sql`
			insert into call_quality as q
				(conversation_id, user_id, part_id, figures, changed_at, faults, browser, division_ids)
			select ${conversationId}, ${userId}, ${partId}, ${figures}::jsonb, ${at}, ${faults}::text[], ${browser},
				${divisionIds}::text[]
			where (select count(*) from call_quality where conversation_id = ${conversationId} and user_id = ${userId}
				and part_id <> ${partId}) < ${most}::int
			on conflict (conversation_id, user_id, part_id) do update
				set figures = excluded.figures, changed_at = excluded.changed_at, faults = excluded.faults,
					browser = excluded.browser
			returning 1`.execute(trx);
		await sql`update call_quality set division_ids = ${divisionIds}::text[]
			where conversation_id = ${conversationId} and division_ids <> ${divisionIds}::text[]`.execute(trx);
		return rows.length > 0;
	},

	/** All parts of a conversation, the oldest first. */
	async list(db: Db, conversationId: string): Promise<CallQualityView[]> {
		const rows = await db
			.selectFrom("call_quality")
			.selectAll()
			.where("conversation_id", "=", conversationId)
			.orderBy("changed_at")
			.execute();
		return rows.map(viewOf);
	},

	/** The newest first; `total` counts no further than `mostFound`. */
	async search(
		db: Db,
		search: QualitySearch,
		{ limit, offset }: { limit: number; offset: number },
	): Promise<{ parts: FoundPart[]; total: number }> {
		const found = () => matching(db, search);
		const [rows, counted] = await Promise.all([
			found()
				.innerJoin("conversations as c", "c.id", "q.conversation_id")
				.selectAll("q")
				.select("c.document")
				.orderBy("q.changed_at", "desc")
				.orderBy("q.part_id")
				.limit(Math.max(0, Math.min(limit, mostFound - offset)))
				.offset(Math.min(offset, mostFound))
				.execute(),
			db
				.selectFrom(found().select(sql`1`.as("one")).limit(mostFound).as("found"))
				.select((is) => is.fn.countAll<string>().as("total"))
				.executeTakeFirstOrThrow(),
		]);
		const parts = rows.map((row) => ({
			...viewOf(row),
			conversation: row.document,
			faults: row.faults as SoundFault[],
		}));
		return { parts, total: Number(counted.total) };
	},

	/** Calls since then that had each of the faults, as far as the divisions reach; whose they were, the last first. */
	async byFault(db: Db, from: Date, divisions: DivisionSet): Promise<FaultyCalls[]> {
		const seen = divisions === "all" ? sql`true` : sql`division_ids && ${[...divisions]}::text[]`;
		const { rows } = await sql<FaultyCalls>`
			select fault, count(distinct conversation_id)::int as calls, min(changed_at) as "firstAt",
				max(changed_at) as "lastAt", (array_agg(user_id order by changed_at desc))[1:10] as people
			from call_quality, unnest(faults) as fault
			where faults <> '{}' and changed_at >= ${from} and ${seen} group by fault`.execute(db);
		return rows.map((row) => ({ ...row, people: [...new Set(row.people)] }));
	},
};

function matching(db: Db, { from, to, faults, userId, divisions }: QualitySearch) {
	const inTime = db.selectFrom("call_quality as q").where("q.changed_at", ">=", from).where("q.changed_at", "<=", to);
	// The first of both is what the index of faulty parts is made of.
	const faulty = inTime
		.where("q.faults", "!=", sql<string[]>`'{}'`)
		.where(sql<boolean>`q.faults && ${[...faults]}::text[]`);
	const wanted = faults.length > 0 ? faulty : inTime;
	const whose = userId === undefined ? wanted : wanted.where("q.user_id", "=", userId);
	return divisions === "all" ? whose : whose.where(sql<boolean>`q.division_ids && ${[...divisions]}::text[]`);
}

function viewOf(row: Selectable<Tables["call_quality"]>): CallQualityView {
	return {
		...(row.figures as CallQualityFigures),
		partId: row.part_id,
		userId: row.user_id,
		dateModified: row.changed_at.toISOString(),
		...(row.browser === null ? {} : { browser: row.browser }),
	};
}
