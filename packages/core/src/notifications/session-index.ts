import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { deliveriesOf } from "./frames.ts";
import type { Reach } from "./reach.ts";
import type { ChannelSession } from "./session.ts";

/** What is done about each session that is offered something. */
export interface Offer {
	before(session: ChannelSession): void;
	after(session: ChannelSession): void;
}

/** Sessions by the topics that they follow: an event costs only those who follow it, a frame one look at its divisions. */
export class SessionIndex {
	readonly #byTopic = new Map<string, Map<ChannelSession, Reach>>();
	readonly #sessions = new Set<ChannelSession>();

	get size(): number {
		return this.#sessions.size;
	}

	has(session: ChannelSession): boolean {
		return this.#sessions.has(session);
	}

	add(session: ChannelSession): void {
		this.#sessions.add(session);
		for (const [topic, reach] of session.following.reaches) {
			const followers = this.#byTopic.get(topic) ?? new Map();
			this.#byTopic.set(topic, followers.set(session, reach));
		}
	}

	/** To be called before the session follows something else. */
	remove(session: ChannelSession): boolean {
		if (!this.#sessions.delete(session)) return false;
		for (const topic of session.following.reaches.keys()) {
			const followers = this.#byTopic.get(topic);
			followers?.delete(session);
			if (followers?.size === 0) this.#byTopic.delete(topic);
		}
		return true;
	}

	/** Whether somebody who is in here follows a topic, in lower case. */
	isFollowed(topic: string): boolean {
		return this.#byTopic.has(topic);
	}

	/** Most entries tell nobody anything who listens: those are no work. */
	#tellsAnybody({ announcements }: LoggedEvent): boolean {
		return announcements.some(({ topics }) => topics.some((topic) => this.isFollowed(topic.toLowerCase())));
	}

	/** Tells all who follow it. */
	deliver(event: LoggedEvent, offer?: Offer): void {
		if (!this.#tellsAnybody(event)) return;
		const deliveries = deliveriesOf(event);
		for (const delivery of deliveries) {
			const followers = this.#byTopic.get(delivery.key);
			if (!followers) continue;
			for (const [session, reach] of followers) {
				offer?.before(session);
				session.tell(event, delivery, deliveries.length, reach);
				offer?.after(session);
			}
		}
	}
}
