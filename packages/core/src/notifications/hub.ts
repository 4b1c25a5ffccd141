import type { EventFeed } from "../kernel/event-feed.ts";
import type { EventLog, LoggedEvent } from "../kernel/event-log.ts";
import type { Position } from "../kernel/position.ts";
import { deliveriesOf, frameOf } from "./frames.ts";
import { RecentEvents } from "./recent-events.ts";
import type { ChannelSession } from "./session.ts";

/** Entries read from the database at once while somebody catches up. */
const batch = 500;
/** Entries that may be sent at once to a client that has read everything before. */
const lastStep = 20;

/** Who listens in this process, by channel and by topic: an event costs only those who follow it. */
export class Hub {
	readonly #log: EventLog;
	readonly #feed: EventFeed;
	readonly #recent: RecentEvents;
	readonly #sessions = new Map<string, ChannelSession>();
	/** Sessions that are live, by each topic they follow. */
	readonly #byTopic = new Map<string, Set<ChannelSession>>();
	readonly #live = new Set<ChannelSession>();
	readonly #goneListeners = new Set<(channelId: string) => void>();
	#position: Position | undefined;

	constructor(log: EventLog, feed: EventFeed) {
		this.#log = log;
		this.#feed = feed;
		this.#recent = new RecentEvents(() => feed.position);
	}

	/** Everything up to here has been handed to the live sessions. */
	get position(): Position {
		return this.#position ?? this.#feed.position;
	}

	get(channelId: string): ChannelSession | undefined {
		return this.#sessions.get(channelId);
	}

	/** Every session of this process. */
	all(): ChannelSession[] {
		return [...this.#sessions.values()];
	}

	add(session: ChannelSession): void {
		this.#sessions.set(session.channelId, session);
	}

	/** @returns false where the session was not, or no longer, its channel's */
	remove(session: ChannelSession): boolean {
		session.end();
		this.#live.delete(session);
		this.#unindex(session);
		const wasListening = this.#sessions.get(session.channelId) === session && this.#sessions.delete(session.channelId);
		if (wasListening) for (const listener of this.#goneListeners) listener(session.channelId);
		return wasListening;
	}

	/** Runs whenever a channel has nobody listening any more; gives the way to stop. */
	onGone(listener: (channelId: string) => void): () => void {
		this.#goneListeners.add(listener);
		return () => this.#goneListeners.delete(listener);
	}

	/** Changes what a session follows; what happens from now on comes under the new topics. */
	follow(session: ChannelSession, topics: readonly string[]): void {
		this.#unindex(session);
		session.follow(topics);
		if (this.#live.has(session)) this.#index(session);
	}

	/**
	 * Gives a session what it missed, as fast as its client reads, then makes it live. Nothing is kept for it meanwhile: it
	 * reads the database until it has come to the entries that this process still holds; the last few of these and going
	 * live are one step, so nothing can happen between.
	 */
	async catchUp(session: ChannelSession): Promise<void> {
		while (!session.ended) {
			const { floor } = this.#recent;
			const near = session.hasReached(floor);
			const from = session.readsAfter;
			const missed = near ? this.#recent.after(from) : await this.#log.readAfter(from, batch);
			if (near && missed.length <= lastStep) return this.#join(session, missed);
			if (missed.length === 0) session.skipTo(floor);
			for (const event of missed) {
				session.replay(event);
				await session.transport.drained?.();
			}
		}
	}

	/** An entry of the log, in order, while the feed hands it out. */
	deliver(event: LoggedEvent): void {
		this.#recent.add(event);
		const deliveries = deliveriesOf(event);
		for (const delivery of deliveries) {
			const sessions = this.#byTopic.get(delivery.key);
			if (!sessions) continue;
			const frame = () => frameOf(event, delivery, deliveries.length);
			for (const session of sessions) session.take(event.position, delivery.ordinal, frame);
		}
		this.#position = event.position;
	}

	#join(session: ChannelSession, missed: readonly LoggedEvent[]): void {
		for (const event of missed) session.replay(event);
		if (session.ended) return;
		session.goLive(() => this.position);
		this.#live.add(session);
		this.#index(session);
	}

	#index(session: ChannelSession): void {
		for (const topic of session.topics) {
			const sessions = this.#byTopic.get(topic) ?? new Set();
			this.#byTopic.set(topic, sessions.add(session));
		}
	}

	#unindex(session: ChannelSession): void {
		for (const topic of session.topics) {
			const sessions = this.#byTopic.get(topic);
			sessions?.delete(session);
			if (sessions?.size === 0) this.#byTopic.delete(topic);
		}
	}
}
