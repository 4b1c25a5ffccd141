import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type { Services } from "./app-services.ts";
import type { PlayedCall } from "./conversations/call/past-calls.ts";
import { recordingsIn } from "./conversations/call/transitions/recording.ts";
import { metricFacts } from "./conversations/metric-facts.ts";
import { conversationStore } from "./conversations/store.ts";
import type { Trx } from "./kernel/database/database.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createParts } from "./recordings/parts.ts";
import { recordingStore } from "./recordings/store.ts";
import { wavHeader } from "./voice/media/wav.ts";
import { recordingFile } from "./voice/recording-file.ts";

/** What was heard in a call while it was recorded: 8 kHz, the customer left, everybody else right. */
export type Sound = (recordedMs: number) => Int16Array;

export interface KeptCall {
	played: PlayedCall;
	/** Of a call that was recorded. */
	sound?: Sound;
}

/**
 * Keeps calls that are over as if they had been here: documents, what they are worth in the statistics, and their recordings,
 * which are then processed as any. Nobody is told of them, and no timer runs for them.
 */
export async function keepPlayedCalls(
	kernel: Pick<Kernel, "database" | "jobs">,
	{ facts, folder }: Pick<Services, "facts"> & { folder: string },
	calls: readonly KeptCall[],
): Promise<void> {
	const store = conversationStore(kernel.database.db);
	const files = await Promise.all(calls.map((call) => writeSound(folder, call)));
	await kernel.database.change(async (trx) => {
		await store.save(
			trx,
			calls.map(({ played }) => ({ after: plain(played.conversation) })),
		);
		const steps = calls.flatMap(({ played }) => played.changes);
		await facts.add(
			trx,
			steps.flatMap((change) => metricFacts(change, change.at.toISOString())),
		);
		for (const [index, { played }] of calls.entries()) {
			const file = files[index];
			if (file) await noteRecording(trx, kernel, played, file);
		}
	});
}

interface WrittenPart {
	file: string;
	startedMs: number;
	durationMs: number;
	bytes: number;
}

async function writeSound(folder: string, { played, sound }: KeptCall): Promise<WrittenPart | undefined> {
	const from = played.changes.find(({ after }) => recordingsIn(after).length > 0);
	const to = played.changes.findLast(({ before }) => before && recordingsIn(before).length > 0);
	const [recording] = from ? recordingsIn(from.after) : [];
	if (!sound || !from || !to || !recording) return undefined;
	const [startedMs, durationMs] = [from.at.getTime(), to.at.getTime() - from.at.getTime()];
	const samples = sound(durationMs);
	const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
	const header = wavHeader(data.length);
	const file = recordingFile(from.after.id, recording.id, startedMs);
	await writeFile(join(folder, file), Buffer.concat([header, data]));
	return { file, startedMs, durationMs, bytes: header.length + data.length };
}

/** Each step tells what it begins and ends to record, at its time; the work that is due then is done now. */
async function noteRecording(
	trx: Trx,
	{ database, jobs }: Pick<Kernel, "database" | "jobs">,
	played: PlayedCall,
	part: WrittenPart,
): Promise<void> {
	for (const { at, ...change } of played.changes) {
		const then = createParts({ database, jobs, clock: { now: () => at, steadyMs: () => 0 } });
		await then.follow(trx, [change]);
		const recordingId = recordingsIn(change.after)[0]?.id;
		if (recordingId && at.getTime() === part.startedMs) await recordingStore.addPart(trx, recordingId, part);
	}
}

/** Of participants' attributes: the call is a sample, and goes with the others. */
export const sampleAttribute = "inlay.sample";

/**
 * Takes the sample calls that are over away, with all that is kept of them.
 * @param folder in which what is being recorded is written
 * @returns how many there were
 */
export async function forgetSampleCalls(
	{ database, storage }: Pick<Kernel, "database" | "storage">,
	folder: string,
): Promise<number> {
	const { rows } = await sql<{ id: string }>`
		select id from conversations where ended_at is not null
			and jsonb_path_exists(document, ${`$.participants[*].attributes."${sampleAttribute}"`}::jsonpath)`.execute(
		database.db,
	);
	const ids = rows.map((row) => row.id);
	const files = await database.change(async (trx) => {
		const { rows: recordings } = await sql<{ key: string | null; parts: WrittenPart[] }>`
			delete from recordings where conversation_id = any(${ids}) returning key, parts`.execute(trx);
		await sql`delete from metric_facts where conversation_id = any(${ids})`.execute(trx);
		await sql`delete from conversations where id = any(${ids})`.execute(trx);
		return recordings;
	});
	for (const { key, parts } of files) {
		if (key) await storage.delete(key);
		// Those of a recording that had not been processed yet.
		for (const { file } of parts) await rm(join(folder, file), { force: true });
	}
	return ids.length;
}

/** As it is stored: without keys that are undefined. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
