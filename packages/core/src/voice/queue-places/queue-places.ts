import { spokenMs } from "../../conversations/spoken.ts";
import type { Db } from "../../kernel/database/database.ts";
import { isPassing } from "../../kernel/database/database-errors.ts";
import type { Logger } from "../../kernel/log.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { inRounds } from "../../kernel/time/rounds.ts";
import type { QueueStates } from "../../routing/queue-states.ts";
import { waitEstimate } from "../../routing/wait-estimate.ts";
import { placeText } from "./place-text.ts";
import { type Waiting, waitingToBeTold } from "./store.ts";

/** How a caller stands who waits. */
export interface QueuePlace {
	/** From 1 on. */
	place: number;
	/** About how long it still takes; absent where that is not told, or not known. */
	waitSeconds?: number;
}

export interface QueuePlacesOptions {
	db: Db;
	states: Pick<QueueStates, "of">;
	clock: Clock;
	log: Logger;
	/** The caller stands otherwise, is to hear it, or has heard it. */
	changed(conversationId: string): void;
	timing?: QueuePlacesTiming | undefined;
}

/** In ms. Tests are in more of a hurry. */
export interface QueuePlacesTiming {
	/** Between two looks at who waits. */
	look: number;
	spoken(text: string): number;
}

const defaultTiming: QueuePlacesTiming = { look: 5_000, spoken: spokenMs };

interface Entry {
	/** Absent while the caller waits no more, or is just being rung for. */
	now?: QueuePlace | undefined;
	everyMs: number;
	saidAt?: number;
	/** What is being said. */
	text?: string | undefined;
	timer?: NodeJS.Timeout;
}

/**
 * What callers are told of their place in a queue, where the queue says so (agent-features 2, "queue wait … with position
 * shown"). Nothing of it outlives this process: after a start everybody is looked at, and told, anew.
 */
export class QueuePlaces {
	readonly #options: QueuePlacesOptions;
	readonly #timing: QueuePlacesTiming;
	readonly #entries = new Map<string, Entry>();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: QueuePlacesOptions) {
		this.#options = options;
		this.#timing = options.timing ?? defaultTiming;
	}

	start(): void {
		const look = inRounds(() => this.#look());
		this.#timer = setInterval(() => void look(), this.#timing.look).unref();
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
		for (const { timer } of this.#entries.values()) clearTimeout(timer);
		this.#entries.clear();
	}

	of(conversationId: string): QueuePlace | undefined {
		return this.#entries.get(conversationId)?.now;
	}

	/** What a caller who can hear it is told at this moment, in place of the music: what is being said, or is to be. */
	textFor(conversationId: string): string | undefined {
		const entry = this.#entries.get(conversationId);
		return entry?.now && this.#isDue(entry) ? placeText(entry.now) : entry?.text;
	}

	/** The caller hears it from now on. */
	hears(conversationId: string): void {
		const entry = this.#entries.get(conversationId);
		if (entry && this.#isDue(entry)) this.#say(conversationId, entry);
	}

	#isDue({ now, text, saidAt, everyMs }: Entry): boolean {
		if (!now || text !== undefined) return false;
		return saidAt === undefined || this.#options.clock.steadyMs() - saidAt >= everyMs;
	}

	#say(conversationId: string, entry: Entry): void {
		if (!entry.now) return;
		const text = placeText(entry.now);
		entry.text = text;
		entry.saidAt = this.#options.clock.steadyMs();
		entry.timer = setTimeout(() => {
			entry.text = undefined;
			this.#options.changed(conversationId);
		}, this.#timing.spoken(text)).unref();
	}

	async #look(): Promise<void> {
		const { db, states, log } = this.#options;
		try {
			const waiting = await waitingToBeTold(db);
			const estimating = waiting.filter((one) => one.tellsWait).map((one) => one.queueId);
			const queues = estimating.length > 0 ? await states.of([...new Set(estimating)]) : [];
			if (this.#timer) this.#note(waiting, new Map(queues.map((queue) => [queue.id, queue])));
		} catch (error) {
			if (!isPassing(error)) log.error({ err: error }, "callers could not be told their place");
		}
	}

	#note(waiting: readonly Waiting[], queues: ReadonlyMap<string, Parameters<typeof waitEstimate>[0]>): void {
		const places = new Map(waiting.map((one) => [one.id, one]));
		for (const [id, entry] of this.#entries) if (!places.has(id)) this.#waitsNoMore(id, entry);
		for (const one of waiting) {
			const state = one.tellsWait ? queues.get(one.queueId) : undefined;
			const waitSeconds = state && waitEstimate({ ...state, waiting: one.place - 1 });
			const now = { place: one.place, ...(waitSeconds === undefined ? {} : { waitSeconds }) };
			const entry = this.#entries.get(one.id) ?? { everyMs: 0 };
			const isNews = entry.now?.place !== now.place || entry.now.waitSeconds !== now.waitSeconds;
			Object.assign(entry, { now, everyMs: one.everySeconds * 1000 });
			this.#entries.set(one.id, entry);
			if (isNews || this.#isDue(entry)) this.#options.changed(one.id);
		}
	}

	/** Who comes back after a ring that nobody took is not told at once again. */
	#waitsNoMore(id: string, entry: Entry): void {
		// Another process may have ended it, or the queue tells it no more.
		if (entry.now) this.#options.changed(id);
		entry.now = undefined;
		const since = this.#options.clock.steadyMs() - (entry.saidAt ?? Number.NEGATIVE_INFINITY);
		if (entry.text === undefined && since >= entry.everyMs) this.#entries.delete(id);
	}
}
