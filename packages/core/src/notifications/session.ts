import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { comparePositions, type Position } from "../kernel/events/position.ts";
import { type Delivery, deliveriesOf, frameOf, type NotificationFrame, systemFrame } from "./frames.ts";
import { type Reach, reaches } from "./reach.ts";
import { laterPoint, type ReadPoint, type ResumePoint, readPoint, readsAfter, writePoint } from "./resume-point.ts";
import { type Following, followingNothing } from "./subscriptions.ts";

export type { NotificationFrame };

/** What carries frames to a client: a JSON socket or an XMPP stream. */
export interface Transport {
	/** False when the frame was not taken: the connection is gone or too far behind, and nothing more will be taken. */
	send(frame: NotificationFrame): boolean;
	/** Frames from now on until `letGo` leave in one piece, which is cheaper than each by itself. */
	gather?(): void;
	letGo?(): void;
	/** Ends the connection; `code` is a WebSocket close code. */
	close(code: number, reason: string): void;
	/** Frames that were taken and have not left this process; absent where that cannot be told. */
	unsent?(): number;
	/** Whether the client is so far behind that it has to read before it is sent more; absent where that cannot be told. */
	isFull?(): boolean;
	/** Resolves when nothing is unsent any more, or never will be. */
	drained?(): Promise<void>;
}

/** A channel as far as its session needs it. */
export interface SessionChannel {
	id: string;
	userId: string;
	/** The token that it ends with. */
	tokenHash: string;
	/** Where it goes on. */
	position: ResumePoint;
}

const start: ReadPoint = { position: "0.0", seen: Number.POSITIVE_INFINITY };

/**
 * A channel with somebody listening. First it is given what was missed, alone (`replay`) or with others who come back, then
 * what happens. Entries come in the order of the log; what lies before its point is skipped, so that replay and live
 * may overlap.
 */
export class ChannelSession {
	readonly channelId: string;
	readonly userId: string;
	readonly transport: Transport;
	/** The token that it ends with. */
	tokenHash: string;
	/** Until when that token is known to be good. */
	goodUntil: Date | undefined;
	#following: Following | undefined;
	/** Rights may have changed: it is told nothing until it has been judged, once for each time that they did. */
	#holds = 0;
	#judged = Promise.withResolvers<void>();
	#read: ReadPoint;
	/** Where those stand with whom it reads, the live feed or others that catch up, while it does. */
	#live: (() => Position) | undefined;
	/** Whether these may still bring what was read already. */
	#overlaps = true;
	#ended = false;
	/** Of frames that have not left yet, the oldest first: where the client stands without each. */
	readonly #unsent: ResumePoint[] = [];

	constructor(channel: SessionChannel, transport: Transport) {
		this.channelId = channel.id;
		this.userId = channel.userId;
		this.tokenHash = channel.tokenHash;
		this.transport = transport;
		this.#read = readPoint(channel.position) ?? start;
	}

	/** Where the client can go on without missing anything: before the first frame that has not left this process. */
	get position(): ResumePoint {
		const unsent = this.transport.unsent?.() ?? 0;
		const oldest = unsent > 0 ? this.#unsent[Math.max(0, this.#unsent.length - unsent)] : undefined;
		return oldest ?? writePoint(this.#point());
	}

	/** What it follows; nothing until it has been judged for the first time. */
	get following(): Following {
		return this.#following ?? followingNothing;
	}

	/** Whether it has ever been judged. */
	get isKnown(): boolean {
		return this.#following !== undefined;
	}

	/** It is being judged: nothing is told before that is done. */
	get held(): boolean {
		return this.#holds > 0;
	}

	/** Nothing is sent any more. */
	get ended(): boolean {
		return this.#ended;
	}

	/** The position after which it still needs the log. */
	get readsAfter(): Position {
		return readsAfter(this.#point());
	}

	/** Whether everything up to a position is read. */
	hasReached(position: Position): boolean {
		return comparePositions(this.readsAfter, position) >= 0;
	}

	follow(following: Following): void {
		this.#following = following;
	}

	/** It is told nothing until `release`; its position stays. */
	hold(): void {
		this.stopReadingAlong();
		if (this.#holds++ === 0) this.#judged = Promise.withResolvers();
	}

	release(): void {
		if (this.#ended || --this.#holds > 0) return;
		this.#judged.resolve();
	}

	/** Resolves when it is not held. */
	async judged(): Promise<void> {
		while (this.held) await this.#judged.promise;
	}

	/** Sets where it goes on, before anything was sent. */
	startAt(point: ReadPoint): void {
		this.#read = point;
	}

	/** Nothing up to this position is missing. */
	skipTo(position: Position): void {
		this.#read = laterPoint(this.#read, { position, seen: Number.POSITIVE_INFINITY });
	}

	/** An entry of the log that may have been missed. */
	replay(event: LoggedEvent): void {
		const deliveries = deliveriesOf(event);
		for (const delivery of deliveries) {
			const reach = this.following.reaches.get(delivery.key);
			if (reach) this.tell(event, delivery, deliveries.length, reach);
		}
		if (!this.#ended) this.skipTo(event.position);
	}

	/** From now on it is given every frame on its topics, in order, by others who stand where `position` says. */
	readAlong(position: () => Position): void {
		this.#live = position;
	}

	/** It stands where it has come to, on its own. */
	stopReadingAlong(): void {
		if (!this.#live) return;
		this.#read = this.#point();
		this.#live = undefined;
		this.#overlaps = true;
	}

	/** An announcement under one of its topics, as far as it reaches, unless it was seen already. */
	tell(event: LoggedEvent, delivery: Delivery, count: number, reach: Reach): void {
		if (!reaches(reach, delivery.announcement)) return;
		if (this.#ended || !this.#isNew(event.position, delivery.ordinal)) return;
		this.#send(frameOf(event, delivery, count), delivery.before);
	}

	/** A message that is not in the log: heartbeats and system topics. */
	sendNow(topicName: string, eventBody: unknown): void {
		if (this.#ended) return;
		const here = writePoint(this.#point());
		this.#send(systemFrame(topicName, eventBody, here), here);
	}

	/** Its position stays where it is, but for frames that still leave. */
	end(): void {
		if (this.#ended) return;
		this.stopReadingAlong();
		this.#ended = true;
		// Nobody waits for what is over.
		this.#holds = 0;
		this.#judged.resolve();
	}

	#send(frame: NotificationFrame, before: ResumePoint): void {
		if (!this.transport.send(frame)) {
			this.#read = readPoint(before) ?? this.#read;
			this.#live = undefined;
			this.#ended = true;
			return;
		}
		if (!this.transport.unsent) return;
		this.#unsent.push(before);
		const left = this.#unsent.length - this.transport.unsent();
		if (left > 0) this.#unsent.splice(0, left);
	}

	#isNew(position: Position, ordinal: number): boolean {
		if (!this.#overlaps) return true;
		const order = comparePositions(position, this.#read.position);
		if (order > 0 && this.#live) this.#overlaps = false;
		return order > 0 || (order === 0 && ordinal >= this.#read.seen);
	}

	#point(): ReadPoint {
		if (!this.#live) return this.#read;
		return laterPoint(this.#read, { position: this.#live(), seen: Number.POSITIVE_INFINITY });
	}
}
