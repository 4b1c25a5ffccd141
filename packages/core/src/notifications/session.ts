import type { LoggedEvent } from "../kernel/event-log.ts";
import { comparePositions, type Position } from "../kernel/position.ts";
import { deliveriesOf, frameOf, type NotificationFrame, systemFrame } from "./frames.ts";
import {
	laterPoint,
	pointBefore,
	type ReadPoint,
	type ResumePoint,
	readPoint,
	readsAfter,
	writePoint,
} from "./resume-point.ts";
import { expandTopic } from "./topics.ts";

export type { NotificationFrame };

/** What carries frames to a client: a JSON socket or an XMPP stream. */
export interface Transport {
	/** False when the frame was not taken: the connection is gone or too far behind, and nothing more will be taken. */
	send(frame: NotificationFrame): boolean;
	/** Ends the connection; `code` is a WebSocket close code. */
	close(code: number, reason: string): void;
	/** Frames that were taken and have not left this process; absent where that cannot be told. */
	unsent?(): number;
	/** Resolves when nothing is unsent any more, or never will be. */
	drained?(): Promise<void>;
}

/** A channel as far as its session needs it. */
export interface SessionChannel {
	id: string;
	userId: string;
	tokenHash: string;
	/** Where it goes on. */
	position: ResumePoint;
}

const start: ReadPoint = { position: "0.0", seen: Number.POSITIVE_INFINITY };

/**
 * A channel with somebody listening. First it is given what was missed (`replay`), then it goes live and is given what
 * happens (`take`). Entries come in the order of the log; what lies before its point is skipped, so that replay and live
 * may overlap.
 */
export class ChannelSession {
	readonly channelId: string;
	readonly userId: string;
	readonly tokenHash: string;
	readonly transport: Transport;
	#topics: ReadonlySet<string> = new Set();
	#read: ReadPoint;
	/** Where the live feed stands, once this session follows it. */
	#live: (() => Position) | undefined;
	/** Whether the live feed may still bring what was read already. */
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

	/** The single topics it follows, in lower case. */
	get topics(): ReadonlySet<string> {
		return this.#topics;
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

	/** @param topics as asked for; combined ones are expanded here */
	follow(topics: readonly string[]): void {
		this.#topics = new Set(topics.flatMap(expandTopic).map((topic) => topic.toLowerCase()));
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
			if (!this.#topics.has(delivery.key)) continue;
			this.take(event.position, delivery.ordinal, () => frameOf(event, delivery, deliveries.length));
		}
		if (!this.#ended) this.skipTo(event.position);
	}

	/** From now on it is given every frame on its topics. */
	goLive(position: () => Position): void {
		this.#live = position;
	}

	/** A frame on one of its topics, unless it was seen already. */
	take(position: Position, ordinal: number, frame: () => NotificationFrame): void {
		if (this.#ended || !this.#isNew(position, ordinal)) return;
		this.#send(frame(), pointBefore(position, ordinal));
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
		this.#read = this.#point();
		this.#live = undefined;
		this.#ended = true;
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
