import type { CallQualityFigures } from "@inlay/contract";
import { signal } from "@preact/signals";
import type { Clock } from "../../session/clock.ts";
import { CallQuality, type Expectation, type SoundState } from "./call-quality.ts";
import { readStats } from "./reading.ts";

/** A call's sound, as far as it is measured. */
export interface MeasuredSound {
	/** What the browser counts; undefined while there is no connection. */
	stats(): Promise<Iterable<[string, unknown]> | undefined>;
	/** Name of the microphone that is sent now, as the browser tells it. */
	readonly microphone?: string | undefined;
}

export interface WatchParts {
	clock: Clock;
	/** Milliseconds that only grow. */
	steadyMs: () => number;
	newId: () => string;
	/** Conversation id to its sound, of the calls that are up. */
	sounds: () => ReadonlyMap<string, MeasuredSound>;
	expectation: (conversationId: string) => Expectation;
	/** Keeps the figures with the conversation. May fail: a call that sounded badly is no reason to bother its agent. */
	save: (conversationId: string, partId: string, figures: CallQualityFigures) => Promise<unknown>;
}

interface Watched {
	sound: MeasuredSound;
	partId: string;
	quality: CallQuality;
	/** The last one: when the figures are handed in, it is closed. */
	microphone?: string;
}

const everyMs = 1000;
/** As much of a microphone's name as the server keeps. */
const longestName = 100;

/** Measures the sound of each call once a second, and hands the figures in when its connection ends. */
export class QualityWatch {
	/** Conversation id to how it sounds now. */
	readonly states = signal<ReadonlyMap<string, SoundState>>(new Map());
	readonly #parts: WatchParts;
	readonly #watched = new Map<string, Watched>();
	#cancel = () => {};
	#stopped = false;

	constructor(parts: WatchParts) {
		this.#parts = parts;
		this.#next();
	}

	/** The page goes or the agent has gone: what was measured so far is handed in. */
	stop(): void {
		this.#stopped = true;
		this.#cancel();
		this.handIn();
	}

	/** Hands in what was measured so far; measuring goes on, and the same part is handed in again at its end. */
	handIn(): void {
		for (const [conversationId, watched] of this.#watched) this.#save(conversationId, watched);
	}

	#next(): void {
		this.#cancel = this.#parts.clock.after(everyMs, () => {
			void this.#measureAll().finally(() => {
				if (!this.#stopped) this.#next();
			});
		});
	}

	/** Hands in what has ended. */
	sweep(): void {
		const sounds = this.#parts.sounds();
		for (const [conversationId, watched] of [...this.#watched]) {
			if (sounds.get(conversationId) === watched.sound) continue;
			this.#watched.delete(conversationId);
			this.#save(conversationId, watched);
			this.states.value = new Map([...this.states.peek()].filter(([id]) => id !== conversationId));
		}
	}

	async #measureAll(): Promise<void> {
		this.sweep();
		const sounds = this.#parts.sounds();
		const found = await Promise.all([...sounds].map(([id, sound]) => this.#measure(id, sound)));
		// What has ended while it was read has no sound any more.
		const known = found.flatMap((one) => (one && this.#watched.has(one[0]) ? [one] : []));
		if (known.length > 0 || this.states.peek().size > 0) this.states.value = new Map(known);
	}

	async #measure(conversationId: string, sound: MeasuredSound): Promise<[string, SoundState] | undefined> {
		const watched: Watched = this.#watched.get(conversationId) ?? {
			sound,
			partId: this.#parts.newId(),
			quality: new CallQuality(),
		};
		this.#watched.set(conversationId, watched);
		if (sound.microphone) watched.microphone = [...sound.microphone].slice(0, longestName).join("");
		const stats = await sound.stats().catch(() => undefined);
		const reading = stats && readStats(stats, this.#parts.steadyMs());
		const state = reading && watched.quality.take(reading, this.#parts.expectation(conversationId));
		const shown = state ?? this.states.peek().get(conversationId);
		return shown && [conversationId, shown];
	}

	#save(conversationId: string, { partId, quality, microphone }: Watched): void {
		const figures = quality.figures();
		if (!figures) return;
		const whole = microphone ? { ...figures, microphone } : figures;
		this.#parts.save(conversationId, partId, whole).catch(() => undefined);
	}
}
