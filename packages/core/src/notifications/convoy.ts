import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventLog, LoggedEvent } from "../kernel/events/event-log.ts";
import { comparePositions, type Position } from "../kernel/events/position.ts";
import type { Logger } from "../kernel/log.ts";
import { Gathering } from "./gathering.ts";
import type { RecentEvents } from "./recent-events.ts";
import type { ChannelSession } from "./session.ts";
import { type Offer, SessionIndex } from "./session-index.ts";

/** Entries gone through at once: what they tell one session leaves in one piece, so of a thousand each gets a few. */
const batch = 3000;
/** Entries after which sockets get a chance to send. */
const breath = 25;
/** Frames that may wait for a client; one that reads more slowly goes on alone. */
const mostUnsent = 32;
/** How long the others wait for clients to read what they were sent, in ms. */
const patienceMs = 100;

/** The sessions that are told what happens when it happens. */
export interface LiveSessions {
	/** To be called with a session that has been told everything which was handed out, in one step with finding it so. */
	join(session: ChannelSession): void;
	has(session: ChannelSession): boolean;
}

interface Rider {
	session: ChannelSession;
	done(): void;
}

/**
 * Sessions that have missed about the same, as after a restart of the server: they go through the log together, each entry
 * read once and told to those who follow it. At the end of what is there all become live in one step.
 */
export class Convoy {
	readonly #log: EventLog;
	readonly #recent: RecentEvents;
	readonly #live: LiveSessions;
	readonly #logger: Logger;
	#waiting: Rider[] = [];
	readonly #riding = new Map<ChannelSession, Rider>();
	readonly #index = new SessionIndex();
	#at: Position = "0.0";
	#driving = false;

	constructor(log: EventLog, recent: RecentEvents, live: LiveSessions, logger: Logger) {
		this.#log = log;
		this.#recent = recent;
		this.#live = live;
		this.#logger = logger;
	}

	/** Takes a session along, until it is live, has ended or has to go on alone. */
	ride(session: ChannelSession): Promise<void> {
		return new Promise((done) => {
			this.#waiting.push({ session, done });
			if (!this.#driving) void this.#drive();
		});
	}

	/** Lets a session go where it has come to. */
	leave(session: ChannelSession): void {
		const rider = this.#riding.get(session);
		if (rider) this.#drop(rider);
		const waiting = this.#waiting.find((one) => one.session === session);
		if (!waiting) return;
		this.#waiting = this.#waiting.filter((one) => one !== waiting);
		waiting.done();
	}

	async #drive(): Promise<void> {
		this.#driving = true;
		try {
			while (this.#waiting.length > 0) {
				// Those who come back at the same moment.
				await nextTurn();
				this.#board();
				await this.#leg();
			}
		} catch (error) {
			this.#logger.warn({ err: error }, "sockets that came back go through the log each alone");
		} finally {
			this.#driving = false;
			for (const rider of [...this.#riding.values(), ...this.#waiting.splice(0)]) this.#drop(rider);
		}
	}

	/** Begins where the one is who has missed most; the others skip what they have seen. */
	#board(): void {
		const riders = this.#waiting.splice(0);
		const positions = riders.map(({ session }) => session.readsAfter).sort(comparePositions);
		this.#at = positions[0] ?? "0.0";
		for (const rider of riders) {
			this.#riding.set(rider.session, rider);
			this.#index.add(rider.session);
			rider.session.readAlong(() => this.#at);
		}
	}

	async #leg(): Promise<void> {
		while (this.#riding.size > 0) {
			const fromMemory = comparePositions(this.#at, this.#recent.floor) >= 0;
			const events = fromMemory
				? this.#recent.after(this.#at).slice(0, batch)
				: await this.#log.readAfter(this.#at, batch);
			if (events.length === 0 && fromMemory) return this.#arrive();
			// Nothing readable is left of what this process has not handed out itself.
			if (events.length === 0) this.#at = this.#recent.floor;
			await this.#tell(events);
			await this.#wait();
		}
	}

	/** In one step with finding that nothing is left, so that nothing can happen between. */
	#arrive(): void {
		for (const rider of [...this.#riding.values()]) {
			this.#drop(rider);
			if (!rider.session.ended) this.#live.join(rider.session);
		}
	}

	async #tell(events: readonly LoggedEvent[]): Promise<void> {
		const gathering = new Gathering();
		const told = new Set<ChannelSession>();
		const offer: Offer = {
			before: (session) => gathering.add(session),
			after: (session) => {
				told.add(session);
				gathering.letGoMany(session);
			},
		};
		const isTooSlow = (rider: Rider) => isBehind(rider, mostUnsent);
		const isFull = ({ session }: Rider) => session.transport.isFull?.() ?? false;
		try {
			for (const [count, event] of events.entries()) {
				this.#index.deliver(event, offer);
				this.#at = event.position;
				this.#dropOf(told, isFull, gathering);
				if (count % breath !== breath - 1) continue;
				await nextTurn();
				this.#dropOf(told, isTooSlow, gathering);
				told.clear();
			}
		} finally {
			gathering.letGoAll();
		}
	}

	#dropOf(told: Iterable<ChannelSession>, isToGo: (rider: Rider) => boolean, gathering: Gathering): void {
		for (const session of told) {
			const rider = this.#riding.get(session);
			if (!rider || !isToGo(rider)) continue;
			gathering.letGo(session);
			this.#drop(rider);
		}
	}

	async #wait(): Promise<void> {
		const slow = [...this.#riding.values()].filter((rider) => isBehind(rider, 0));
		if (slow.length === 0) return;
		const timeUp = AbortSignal.timeout(patienceMs);
		const late = new Promise<void>((resolve) => timeUp.addEventListener("abort", () => resolve()));
		await Promise.race([late, Promise.all(slow.map(({ session }) => session.transport.drained?.()))]);
		for (const rider of slow) if (isBehind(rider, 0)) this.#drop(rider);
	}

	#drop({ session, done }: Rider): void {
		this.#riding.delete(session);
		this.#index.remove(session);
		session.stopReadingAlong();
		done();
	}
}

function isBehind({ session }: Rider, frames: number): boolean {
	return session.ended || (session.transport.unsent?.() ?? 0) > frames;
}
