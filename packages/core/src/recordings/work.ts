import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Conversation } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { newKey } from "../kernel/storage/object-store.ts";
import { recordingDeleted, recordingEnded } from "./events.ts";
import { type LayOut, layOut } from "./lay-out.ts";
import type { Part, Recording } from "./model.ts";
import type { Encoded } from "./opus/encode.ts";
import { encodeInProcess } from "./opus/opus-process.ts";
import { processJob } from "./parts.ts";
import { type FileFormat, fileTypes } from "./policy-model.ts";
import { recordingStore as store } from "./store.ts";
import { ulawBytes, ulawWav, Waveform } from "./ulaw-wav.ts";

/** A message to a mailbox: its parts lie in `folder`. */
export interface Recorded {
	recording: Recording;
	plan: LayOut;
	folder: string;
	conversation: Conversation;
}

const retentionJob = "recordings.retention";
/** What has not come to its end by then is begun again, in ms. */
const againMs = 120_000;
const dayMs = 86_400_000;

export interface WorkPorts {
	/** Where what is being recorded is written. */
	folder: string;
	organizationId(): Promise<string>;
	conversation(id: string): Promise<Conversation | undefined>;
	/** As what recordings are kept; µ-law WAV unless told. */
	format?(): Promise<FileFormat>;
	/** Makes a voicemail of what was said to a mailbox; what it returns is done in the transaction that ends the recording. */
	voicemail?(recorded: Recorded): Promise<{ add(trx: Trx): Promise<unknown>; key: string } | undefined>;
}

/**
 * What takes longer than a timer may: making one file of a recording's parts and putting it into storage, and deleting it
 * when its time is over. Jobs begin it and see that it comes to its end; it is done outside of them, one at a time.
 */
export class RecordingWork {
	readonly #kernel: Kernel;
	readonly #ports: WorkPorts;
	readonly #waiting = new Map<string, () => Promise<void>>();
	#running: Promise<void> = Promise.resolve();
	#isStopped = false;

	constructor(kernel: Kernel, ports: WorkPorts) {
		this.#kernel = kernel;
		this.#ports = ports;
		const states = { [processJob]: "processing", [retentionJob]: "available" };
		const works = { [processJob]: this.#process, [retentionJob]: this.#delete };
		for (const kind of [processJob, retentionJob] as const) {
			kernel.jobs.handle(kind, async (trx, payload) => {
				const { recordingId } = payload as { recordingId: string };
				if ((await store.get(trx, recordingId))?.state !== states[kind]) return;
				await this.#schedule(trx, kind, recordingId, new Date(kernel.clock.now().getTime() + againMs));
				this.#add(`${kind} ${recordingId}`, () => works[kind].call(this, recordingId));
			});
		}
	}

	/** Ends when everything has been done that is waiting now. */
	async idle(): Promise<void> {
		while (this.#waiting.size > 0) await this.#running;
		await this.#running;
	}

	/** What has begun is finished; what waits is done by the next start. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.#running;
	}

	#schedule(trx: Trx, kind: string, recordingId: string, runAt: Date): Promise<void> {
		return this.#kernel.jobs.schedule(trx, { kind, key: recordingId, runAt, payload: { recordingId } });
	}

	#add(name: string, work: () => Promise<void>): void {
		if (this.#waiting.has(name)) return;
		this.#waiting.set(name, work);
		this.#running = this.#running.then(async () => {
			if (!this.#isStopped)
				await work().catch((error) =>
					this.#kernel.log.error({ err: error, work: name }, "a recording waits; trying again"),
				);
			this.#waiting.delete(name);
		});
	}

	async #process(recordingId: string): Promise<void> {
		const { database, storage, clock } = this.#kernel;
		const recording = await store.get(database.db, recordingId);
		if (recording?.state !== "processing") return;
		const plan = layOut(await this.#readable(recording.parts), recording.marks);
		if (recording.kind === "voicemail") return this.#handOver(recording, plan);
		if (plan.length === 0) return this.#end(recording, (trx) => store.failed(trx, recordingId));
		const key = newKey(await this.#ports.organizationId(), "recording", clock.now());
		const format = (await this.#ports.format?.()) ?? "WAV_ULAW";
		const { type } = fileTypes[format];
		const kept = await (format === "OGG_OPUS" ? this.#putOpus(recordingId, plan, key) : this.#putWav(plan, key));
		const { annotations } = plan;
		const retentionUntil = untilOf(recording);
		const durationMs = (plan.length * 1000) / 8000;
		const stored = { key, type, ...kept, durationMs, annotations, retentionUntil };
		let isOurs = false;
		await this.#end(recording, async (trx) => {
			isOurs = await store.available(trx, recordingId, stored);
			if (isOurs && retentionUntil) await this.#schedule(trx, retentionJob, recordingId, retentionUntil);
		});
		if (!isOurs) await storage.delete(key);
		for (const { file } of recording.parts) await rm(join(this.#ports.folder, file), { force: true });
	}

	async #putWav(plan: LayOut, key: string): Promise<Encoded> {
		const [waveform, bytes] = [new Waveform(plan.length), ulawBytes(plan)];
		const sound = ulawWav(this.#ports.folder, plan, waveform);
		await this.#kernel.storage.put(key, sound, { type: fileTypes.WAV_ULAW.type, size: bytes });
		return { bytes, waveform: waveform.points };
	}

	/** How long it becomes is known when it is there. What a killed server leaves is overwritten by the next try. */
	async #putOpus(recordingId: string, plan: LayOut, key: string): Promise<Encoded> {
		const { folder } = this.#ports;
		const file = join(folder, `${recordingId}.${fileTypes.OGG_OPUS.extension}`);
		try {
			const encoded = await encodeInProcess({ folder, plan, file });
			const { type } = fileTypes.OGG_OPUS;
			await this.#kernel.storage.put(key, createReadStream(file), { type, size: encoded.bytes });
			return encoded;
		} finally {
			await rm(file, { force: true });
		}
	}

	/** A message to a mailbox is no recording any more once it is a voicemail, or was none. */
	async #handOver(recording: Recording, plan: LayOut): Promise<void> {
		const { database, storage, clock, jobs } = this.#kernel;
		const conversation = await this.#ports.conversation(recording.conversationId);
		const { folder } = this.#ports;
		const kept = conversation && (await this.#ports.voicemail?.({ recording, plan, folder, conversation }));
		let isOurs = false;
		await database.change(async (trx) => {
			isOurs = await store.handedOver(trx, recording.id, clock.now());
			if (isOurs) await kept?.add(trx);
			await jobs.cancel(trx, processJob, recording.id);
		});
		if (!isOurs && kept) await storage.delete(kept.key);
		for (const { file } of recording.parts) await rm(join(folder, file), { force: true });
	}

	/** Files that went without us, as with the disk that they were on, cannot be waited for. */
	async #readable(parts: readonly Part[]): Promise<Part[]> {
		const found: Part[] = [];
		for (const part of parts) {
			const isThere = await stat(join(this.#ports.folder, part.file)).catch(() => undefined);
			if (isThere) found.push(part);
			else this.#kernel.log.error({ file: part.file }, "a part of a recording is gone");
		}
		return found;
	}

	/** Saves what became of it, tells it, and takes the job back. */
	async #end(recording: Recording, save: (trx: Trx) => Promise<unknown>): Promise<void> {
		const { database, events, jobs } = this.#kernel;
		const conversation = await this.#ports.conversation(recording.conversationId);
		await database.change(async (trx) => {
			await save(trx);
			const { state } = (await store.get(trx, recording.id)) ?? recording;
			if (conversation) await events.append(trx, [recordingEnded(conversation, recording, state === "available")]);
			await jobs.cancel(trx, processJob, recording.id);
		});
	}

	/** Gone means that the storage has said so. */
	async #delete(recordingId: string): Promise<void> {
		const { database, storage, events, jobs, clock } = this.#kernel;
		const recording = await store.get(database.db, recordingId);
		if (recording?.state !== "available" || !recording.key) return;
		await storage.delete(recording.key);
		const left = await storage.get(recording.key);
		left?.body.destroy();
		if (left) throw new Error("The storage still has a recording that it has deleted.");
		await database.change(async (trx) => {
			await store.deleted(trx, recordingId, clock.now());
			await events.append(trx, [recordingDeleted(recording)]);
			await jobs.cancel(trx, retentionJob, recordingId);
		});
	}
}

function untilOf({ retentionDays, endedAt, startedAt }: Recording): Date | undefined {
	if (retentionDays === undefined) return undefined;
	return new Date((endedAt ?? startedAt).getTime() + retentionDays * dayMs);
}
