import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import "./tables.ts";
import type { Tables } from "../kernel/database/database.ts";
import type { Annotation, Part, PartMark, Recording } from "./model.ts";

/** What a recording is once it lies in storage. */
export interface Stored {
	key: string;
	type: string;
	bytes: number;
	durationMs: number;
	annotations: Annotation[];
	waveform: number[];
	retentionUntil?: Date | undefined;
}

export type NewRecording = Pick<Recording, "id" | "conversationId" | "kind" | "userIds" | "startedAt"> &
	Partial<Pick<Recording, "agentId" | "policyId" | "retentionDays" | "endedAt">>;

export const recordingStore = {
	/** @returns whether it was not there yet */
	async add(trx: Trx, one: NewRecording): Promise<boolean> {
		const added = await trx
			.insertInto("recordings")
			.values({
				id: one.id,
				conversation_id: one.conversationId,
				kind: one.kind,
				agent_id: one.agentId ?? null,
				policy_id: one.policyId ?? null,
				user_ids: json(one.userIds),
				state: one.endedAt ? "processing" : "recording",
				started_at: one.startedAt,
				ended_at: one.endedAt ?? null,
				retention_days: one.retentionDays ?? null,
				parts: json([]),
				marks: json([]),
				annotations: json([]),
			} as never)
			.onConflict((conflict) => conflict.column("id").doNothing())
			.returning("id")
			.execute();
		return added.length > 0;
	},

	/** `userIds` took part by then; `brokeOff`: nothing more could be written. */
	async end(
		trx: Trx,
		id: string,
		{ endedAt, userIds, brokeOff }: { endedAt: Date; userIds: readonly string[]; brokeOff: boolean },
	): Promise<void> {
		await trx
			.updateTable("recordings")
			.set({ ended_at: endedAt, state: "processing", user_ids: json([...userIds]), broke_off: brokeOff })
			.where("id", "=", id)
			.where("state", "=", "recording")
			.execute();
	},

	/** Each file once. @returns the recording with it; undefined where there is none */
	async addPart(trx: Trx, id: string, part: Part): Promise<Recording | undefined> {
		const added = json([part]);
		// What was given up for want of a file has one after all.
		await sql`update recordings set parts = parts || ${added}::jsonb,
				state = case state when 'failed' then 'processing' else state end
			where id = ${id} and not parts @> ${json([{ file: part.file }])}::jsonb`.execute(trx);
		return this.get(trx, id);
	},

	async addMark(trx: Trx, id: string, mark: PartMark): Promise<void> {
		await sql`update recordings set marks = marks || ${json([mark])}::jsonb where id = ${id}`.execute(trx);
	},

	/** @returns whether it was waiting for that */
	async available(trx: Trx, id: string, stored: Stored): Promise<boolean> {
		const rows = await trx
			.updateTable("recordings")
			.set({
				state: "available",
				key: stored.key,
				type: stored.type,
				bytes: stored.bytes,
				duration_ms: Math.round(stored.durationMs),
				annotations: json(stored.annotations),
				waveform: json(stored.waveform),
				retention_until: stored.retentionUntil ?? null,
			} as never)
			.where("id", "=", id)
			.where("state", "=", "processing")
			.returning("id")
			.execute();
		return rows.length > 0;
	},

	async failed(trx: Trx, id: string): Promise<void> {
		await trx
			.updateTable("recordings")
			.set({ state: "failed" })
			.where("id", "=", id)
			.where("state", "=", "processing")
			.execute();
	},

	/** It has become something else, which keeps its file. @returns whether it was waiting for that */
	async handedOver(trx: Trx, id: string, at: Date): Promise<boolean> {
		const rows = await trx
			.updateTable("recordings")
			.set({ state: "deleted", deleted_at: at })
			.where("id", "=", id)
			.where("state", "in", ["processing", "failed"])
			.returning("id")
			.execute();
		return rows.length > 0;
	},

	async deleted(trx: Trx, id: string, at: Date): Promise<void> {
		await trx
			.updateTable("recordings")
			.set({ state: "deleted", deleted_at: at, key: null, waveform: null })
			.where("id", "=", id)
			.execute();
	},

	async get(db: Db | Trx, id: string): Promise<Recording | undefined> {
		const row = await db.selectFrom("recordings").selectAll().where("id", "=", id).executeTakeFirst();
		return row && recordingOf(row);
	},

	/** The oldest first. */
	ofConversation(db: Db, conversationId: string): Promise<Recording[]> {
		return this.ofConversations(db, [conversationId]);
	},

	async ofConversations(db: Db, conversationIds: readonly string[]): Promise<Recording[]> {
		if (conversationIds.length === 0) return [];
		const rows = await db
			.selectFrom("recordings")
			.selectAll()
			.where("conversation_id", "in", [...conversationIds])
			.where("kind", "!=", "voicemail")
			.orderBy("started_at")
			.orderBy("id")
			.execute();
		return rows.map(recordingOf);
	},

	/** Those of the files that are parts of a recording. */
	async knownFiles(db: Db, files: readonly string[]): Promise<Set<string>> {
		if (files.length === 0) return new Set();
		const { rows } = await sql<{ file: string }>`
			select part ->> 'file' as file from recordings, jsonb_array_elements(parts) as part
			where part ->> 'file' = any(${[...files]})`.execute(db);
		return new Set(rows.map((row) => row.file));
	},
};

function recordingOf(row: Tables["recordings"]): Recording {
	return {
		id: row.id,
		conversationId: row.conversation_id,
		kind: row.kind,
		userIds: row.user_ids,
		state: row.state,
		startedAt: row.started_at,
		parts: row.parts,
		marks: row.marks,
		annotations: row.annotations,
		waveform: row.waveform ?? [],
		...given("agentId", row.agent_id),
		...given("policyId", row.policy_id),
		...given("endedAt", row.ended_at),
		...given("retentionDays", row.retention_days),
		...given("key", row.key),
		...given("type", row.type),
		...given("bytes", row.bytes === null ? null : Number(row.bytes)),
		...given("durationMs", row.duration_ms),
		...given("retentionUntil", row.retention_until),
		...given("deletedAt", row.deleted_at),
	};
}

function given<Key extends string, Value>(key: Key, value: Value | null): { [K in Key]?: Value } {
	return (value === null ? {} : { [key]: value }) as { [K in Key]?: Value };
}

/** As JSON columns take it. */
function json<T>(value: T): T {
	return JSON.stringify(value) as unknown as T;
}
