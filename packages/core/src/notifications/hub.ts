import type { EventFeed } from "../kernel/events/event-feed.ts";
import type { EventLog, LoggedEvent } from "../kernel/events/event-log.ts";
import type { Position } from "../kernel/events/position.ts";
import type { Logger } from "../kernel/log.ts";
import { CatchUp } from "./catch-up.ts";
import type { FollowingListener, GoneListener } from "./ports.ts";
import { RecentEvents } from "./recent-events.ts";
import type { ChannelSession } from "./session.ts";
import { SessionIndex } from "./session-index.ts";
import type { Following } from "./subscriptions.ts";

/** Who listens in this process, by channel, and who of them is live. */
export class Hub {
	readonly #feed: EventFeed;
	readonly #recent: RecentEvents;
	readonly #catchUp: CatchUp;
	readonly #sessions = new Map<string, ChannelSession>();
	readonly #live = new SessionIndex();
	readonly #goneListeners = new Set<GoneListener>();
	readonly #followingListeners = new Set<FollowingListener>();
	#position: Position | undefined;

	constructor(log: EventLog, feed: EventFeed, logger: Logger) {
		this.#feed = feed;
		this.#recent = new RecentEvents(() => feed.position);
		const live = {
			join: (session: ChannelSession) => this.#join(session),
			has: (one: ChannelSession) => this.#live.has(one),
		};
		this.#catchUp = new CatchUp(log, this.#recent, live, logger);
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

	/** Whether any session follows a topic, in lower case. Asked with many an event: those that are live cost one look. */
	isFollowed(topic: string): boolean {
		if (this.#live.isFollowed(topic)) return true;
		return this.#sessions.size > this.#live.size && this.all().some(({ following }) => following.reaches.has(topic));
	}

	add(session: ChannelSession): void {
		this.#sessions.set(session.channelId, session);
	}

	/** @returns false where the session was not, or no longer, its channel's */
	remove(session: ChannelSession, pageLeft = false): boolean {
		this.#live.remove(session);
		this.#catchUp.leave(session);
		session.end();
		const wasListening = this.#sessions.get(session.channelId) === session && this.#sessions.delete(session.channelId);
		if (wasListening) this.#tellFollowing(session);
		if (wasListening) for (const listener of this.#goneListeners) listener(session.channelId, pageLeft);
		return wasListening;
	}

	/** Runs whenever a channel has nobody listening any more; gives the way to stop. */
	onGone(listener: GoneListener): () => void {
		this.#goneListeners.add(listener);
		return () => this.#goneListeners.delete(listener);
	}

	/** Runs with the topics of whoever begins or ceases to follow some; gives the way to stop. */
	onFollowing(listener: FollowingListener): () => void {
		this.#followingListeners.add(listener);
		return () => this.#followingListeners.delete(listener);
	}

	/** Changes what a session follows; what happens from now on comes under the new topics. */
	follow(session: ChannelSession, following: Following): void {
		const wasLive = this.#live.remove(session);
		this.#catchUp.leave(session);
		session.follow(following);
		if (wasLive) this.#live.add(session);
		this.#tellFollowing(session);
	}

	/** Nothing is told to the session until it is released; then it is given what it missed meanwhile. */
	hold(session: ChannelSession): void {
		const wasLive = this.#live.remove(session);
		this.#catchUp.leave(session);
		session.hold();
		if (wasLive) void this.catchUp(session);
	}

	/** Resolves when a session is live, or has ended. */
	catchUp(session: ChannelSession): Promise<void> {
		return this.#catchUp.run(session);
	}

	/** An entry of the log, in order, while the feed hands it out. */
	deliver(event: LoggedEvent): void {
		this.#recent.add(event);
		this.#live.deliver(event);
		this.#position = event.position;
	}

	#tellFollowing({ following }: ChannelSession): void {
		for (const listener of this.#followingListeners) listener(following.reaches.keys());
	}

	#join(session: ChannelSession): void {
		session.readAlong(() => this.position);
		this.#live.add(session);
	}
}
