import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ulawHeaderBytes } from "../recordings/ulaw-wav.ts";
import type { SpeechEngine, Transcriber } from "../transcription/transcriber.ts";
import { decodeUlaw } from "../voice/media/g711.ts";
import { voicemailChanged } from "./events.ts";
import type { Owner, Voicemail } from "./model.ts";
import { voicemailStore as store } from "./store.ts";

const job = "voicemail.transcribe";
/** Waits before each further try, ms; the first is for what a server that went has begun. Whoever listens by then has listened. */
const againMs = [1, 5, 30].map((minutes) => minutes * 60_000);
const lastMs = 30 * 60_000;
/** A long message is heard faster than it was spoken, and still not at once, ms. */
const finishMs = 120_000;
/** Samples that are handed on at once: a second. */
const pieceSamples = 8000;
const mostCharacters = 20_000;
/** Messages that are heard at the same time: the engine has calls to hear as well. */
const mostAtOnce = 4;

export interface TranscribingDeps {
	transcriber: Transcriber;
	/** What understands messages to this mailbox; undefined where they are not transcribed. */
	engineOf(owner: Owner): SpeechEngine | undefined;
	readersOf(owner: Owner): Promise<readonly string[]>;
}

/**
 * What is said in messages, where the organization wants it as text (agent-features 7): each is heard once it lies in storage, and
 * again later where the engine is away. Copies share what it said.
 */
export function createTranscribing(kernel: Kernel, { transcriber, engineOf, readersOf }: TranscribingDeps) {
	const { jobs, storage, clock, database, events, log } = kernel;
	/** What is heard just now, by the message's id. */
	const working = new Map<string, Promise<void>>();
	/** Ids of those that are heard after them, and whether it is their last time. */
	const waiting = new Map<string, boolean>();
	let isStopped = false;

	const schedule = (trx: Trx, id: string, attempts: number, inMs: number) =>
		jobs.schedule(trx, {
			kind: job,
			key: id,
			runAt: new Date(clock.now().getTime() + inMs),
			payload: { id, attempts },
		});

	/**
	 * It goes on beside the job, as timers must not wait for an engine; the job stays until it is done. What is still being heard, or
	 * waits for it, when its time comes again is not heard twice, and loses none of its times.
	 */
	jobs.handle(job, async (trx, payload) => {
		const { id, attempts } = payload as { id: string; attempts: number };
		const nextMs = againMs[attempts];
		const isUnderWay = working.has(id) || waiting.has(id);
		if (isUnderWay) await schedule(trx, id, attempts, nextMs ?? lastMs);
		else if (nextMs !== undefined) await schedule(trx, id, attempts + 1, nextMs);
		if (isStopped || isUnderWay) return;
		waiting.set(id, nextMs === undefined);
		beginNext();
	});

	function beginNext(): void {
		for (const [id, isLast] of waiting) {
			if (working.size >= mostAtOnce) return;
			waiting.delete(id);
			working.set(id, hear(id, isLast));
		}
	}

	async function hear(id: string, isLast: boolean): Promise<void> {
		try {
			await transcribe(id);
		} catch (error) {
			log.warn({ err: error, voicemailId: id, isLast }, "what is said in a voicemail could not be turned into text");
		}
		working.delete(id);
		beginNext();
	}

	async function transcribe(id: string): Promise<void> {
		const found = await store.get(database.db, id);
		const engine = found && !found.deletedAt ? engineOf(found.owner) : undefined;
		const text = found && engine ? await textOf(found, engine) : "";
		await database.change(async (trx) => {
			await jobs.cancel(trx, job, id);
			const changed = text && found ? await store.transcribed(trx, found.key, text) : [];
			const readers = await Promise.all(changed.map(({ owner }) => readersOf(owner)));
			await events.append(
				trx,
				changed.map((one, at) => voicemailChanged(one, "updated", readers[at] ?? [])),
			);
		});
	}

	async function textOf({ key }: Voicemail, engine: SpeechEngine): Promise<string> {
		const said: string[] = [];
		const ended = Promise.withResolvers<void>();
		// It may fail while the sound is still being read; whoever waits for the end hears of it.
		ended.promise.catch(() => {});
		const hearing = transcriber.begin(engine, {
			heard: ({ text, isFinal }) => isFinal && said.push(text),
			ended: (trouble) => (trouble ? ended.reject(trouble) : ended.resolve()),
		});
		try {
			for await (const piece of soundOf(key)) await hearing.take(piece);
			hearing.finish(finishMs);
			await ended.promise;
		} finally {
			hearing.close();
		}
		return said.join(" ").slice(0, mostCharacters);
	}

	/** The samples of a stored message, a second at a time. */
	async function* soundOf(key: string): AsyncGenerator<Uint8Array> {
		const stored = await storage.get(key);
		if (!stored) return;
		let left = Buffer.alloc(0);
		let skip = ulawHeaderBytes;
		for await (const chunk of stored.body as AsyncIterable<Buffer>) {
			left = Buffer.concat([left, chunk.subarray(Math.min(skip, chunk.length))]);
			skip -= Math.min(skip, chunk.length);
			for (; left.length >= pieceSamples; left = left.subarray(pieceSamples))
				yield decoded(left.subarray(0, pieceSamples));
		}
		if (left.length > 0) yield decoded(left);
	}

	return {
		/** Has it heard once it is there, where its mailbox's messages are. */
		async follow(trx: Trx, { id, owner }: Voicemail): Promise<void> {
			if (engineOf(owner)) await schedule(trx, id, 0, 0);
		},

		/** Ends when nothing is being heard. */
		async idle(): Promise<void> {
			while (working.size > 0) await Promise.all(working.values());
		},

		stop(): void {
			isStopped = true;
			waiting.clear();
		},
	};
}

export type Transcribing = ReturnType<typeof createTranscribing>;

function decoded(ulaw: Uint8Array): Uint8Array {
	const samples = new Int16Array(ulaw.length);
	decodeUlaw(ulaw, 0, ulaw.length, samples, 0);
	return new Uint8Array(samples.buffer);
}
