import { setTimeout as pause } from "node:timers/promises";
import { AtOnce } from "../kernel/at-once.ts";
import type { EventLog, LoggedEvent } from "../kernel/events/event-log.ts";
import type { Position } from "../kernel/events/position.ts";
import type { Logger } from "../kernel/log.ts";
import { Convoy, type LiveSessions } from "./convoy.ts";
import type { RecentEvents } from "./recent-events.ts";
import type { ChannelSession } from "./session.ts";

/** Entries read at once for one session. */
const batch = 500;
/** Entries after which a client has to have read what it was sent. */
const breath = 16;
/** Sessions that read the database for themselves at once: others need it too. */
const readersAtOnce = 4;
/** Entries that may be sent at once to a client that has read everything before. */
const lastStep = 20;
/** A session that has missed more reads by topic, unless enough others are about to go through as much. */
const nearBy = 1000;
/** What going through one entry costs, as a part of what one session's reading by topic costs. */
const entriesPerReader = 100;
/** Between two tries to read a database that is away, in ms. */
const retryMs = 500;

/**
 * Gives sessions what they missed, then makes them live. Whoever has missed little goes through the log with all who have;
 * who was away for long reads what is told of their own topics. Nothing is kept for anybody meanwhile.
 */
export class CatchUp {
	readonly #log: EventLog;
	readonly #recent: RecentEvents;
	readonly #live: LiveSessions;
	readonly #logger: Logger;
	readonly #convoy: Convoy;
	readonly #running = new Set<ChannelSession>();
	readonly #readers = new AtOnce(readersAtOnce);

	constructor(log: EventLog, recent: RecentEvents, live: LiveSessions, logger: Logger) {
		this.#log = log;
		this.#recent = recent;
		this.#live = live;
		this.#logger = logger;
		this.#convoy = new Convoy(log, recent, live, logger);
	}

	/** Resolves when the session is live or has ended. Never gives up: a database that is away comes back. */
	async run(session: ChannelSession): Promise<void> {
		if (this.#running.has(session)) return;
		this.#running.add(session);
		try {
			let alone = false;
			while (!session.ended && !this.#live.has(session)) {
				await session.judged();
				if (session.ended) return;
				try {
					if (alone) await this.#step(session);
					else await this.#begin(session);
					alone ||= !session.held;
				} catch (error) {
					this.#logger.warn({ err: error }, "what a socket missed could not be read; trying again");
					await pause(retryMs);
				}
			}
		} finally {
			this.#running.delete(session);
		}
	}

	/** To be called when the session is held or ends. */
	leave(session: ChannelSession): void {
		this.#convoy.leave(session);
	}

	async #begin(session: ChannelSession): Promise<void> {
		await this.#readByTopic(session, () => this.#isNear(session));
		// What has come meanwhile is little.
		if (!session.held && !session.ended && this.#isNear(session)) await this.#convoy.ride(session);
	}

	/** For clients that read slowly: at their pace. */
	async #step(session: ChannelSession): Promise<void> {
		if (!session.hasReached(this.#recent.floor)) return this.#readByTopic(session);
		const missed = this.#recent.after(session.readsAfter);
		if (missed.length > lastStep) {
			await this.#replay(session, missed);
			return;
		}
		for (const event of missed) session.replay(event);
		if (!session.ended) this.#live.join(session);
	}

	#isNear(session: ChannelSession): boolean {
		const missed = entriesBetween(session.readsAfter, this.#recent.newest);
		return missed <= Math.max(nearBy, entriesPerReader * this.#running.size);
	}

	/**
	 * Until nothing is left on its topics, or it is to be judged anew.
	 * @param isEnough looked at before each reading: while it waits for its turn, so many may come that it goes with them
	 */
	async #readByTopic(session: ChannelSession, isEnough = () => false): Promise<void> {
		while (!session.ended && !session.held && !isEnough()) {
			const { following } = session;
			const found = await this.#readers.run(async () => {
				if (session.ended || session.held || isEnough()) return undefined;
				return this.#log.readTopicsAfter(session.readsAfter, following.reaches.keys(), batch);
			});
			if (!found) return;
			const { events, readTo } = found;
			// What it has begun to follow meanwhile was not looked for.
			if (session.following !== following) continue;
			if (!(await this.#replay(session, events, () => session.following !== following))) continue;
			session.skipTo(readTo);
			if (events.length < batch) return;
		}
	}

	/** As fast as its client reads. @returns false where it was interrupted, and nothing more of these may be told */
	async #replay(session: ChannelSession, events: readonly LoggedEvent[], isStale = () => false): Promise<boolean> {
		const { transport } = session;
		for (let next = 0; next < events.length; ) {
			next = replaySome(session, events, next);
			if (session.ended || session.held || isStale()) return false;
			await transport.drained?.();
		}
		return !session.ended && !session.held && !isStale();
	}
}

/** In one piece, as many as a client may have to read at once. @returns the place of the first that was not told */
function replaySome(session: ChannelSession, events: readonly LoggedEvent[], from: number): number {
	const { transport } = session;
	let next = from;
	transport.gather?.();
	try {
		for (const event of events.slice(from, from + breath)) {
			session.replay(event);
			next++;
			if (session.ended || transport.isFull?.()) break;
		}
	} finally {
		transport.letGo?.();
	}
	return next;
}

/** About how many: by sequence numbers or, before the first entry of a transaction, by transactions. */
function entriesBetween(from: Position, to: Position): number {
	const [fromXid, fromSeq] = from.split(".").map(Number);
	const [toXid, toSeq] = to.split(".").map(Number);
	return fromSeq || !fromXid ? (toSeq ?? 0) - (fromSeq ?? 0) : (toXid ?? 0) - fromXid;
}
