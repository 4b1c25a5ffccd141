import { randomUUID } from "node:crypto";
import { comparePositions, type LoggedEvent, type Position } from "../kernel/event-log.ts";
import { expandTopic } from "./topics.ts";

/** One notification as clients see it (platform-api 5.1). */
export interface NotificationFrame {
	topicName: string;
	version: "2";
	eventBody: unknown;
	/** `position` is ours: a client that comes back with it misses nothing. */
	metadata: Record<string, string>;
}

/** What carries frames to a client: a JSON socket or an XMPP stream. */
export interface Transport {
	send(frame: NotificationFrame): void;
	/** Ends the connection; `code` is a WebSocket close code. */
	close(code: number, reason: string): void;
}

/** Reads the log from a position; see `EventLog.readAfter`. */
export type ReadLog = (after: Position, limit: number) => Promise<LoggedEvent[]>;

const batch = 500;

/**
 * A channel with somebody listening. On attach it replays what was missed from the log, while what happens meanwhile
 * is kept; then it goes on live. Entries come in the order of the log, each once.
 */
export class ChannelSession {
	readonly channelId: string;
	readonly userId: string;
	readonly tokenHash: string;
	readonly transport: Transport;
	#topics: Set<string> = new Set();
	#position: Position;
	#waiting: LoggedEvent[] | undefined = [];

	constructor(channel: { id: string; userId: string; tokenHash: string; position: Position }, transport: Transport) {
		this.channelId = channel.id;
		this.userId = channel.userId;
		this.tokenHash = channel.tokenHash;
		this.transport = transport;
		this.#position = channel.position;
	}

	/** How far this session has read. */
	get position(): Position {
		return this.#position;
	}

	/** The single topics it follows. */
	get topics(): ReadonlySet<string> {
		return this.#topics;
	}

	/** @param topics as asked for; combined ones are expanded here */
	follow(topics: readonly string[]): void {
		this.#topics = new Set(topics.flatMap(expandTopic).map((topic) => topic.toLowerCase()));
	}

	/** Sends everything between the session's position and now, then what came in meanwhile, then goes live. */
	async catchUp(read: ReadLog): Promise<void> {
		for (;;) {
			const missed = await read(this.#position, batch);
			for (const event of missed) this.#sendNewer(event);
			if (missed.length < batch) break;
		}
		const waiting = this.#waiting ?? [];
		this.#waiting = undefined;
		for (const event of waiting) this.#sendNewer(event);
	}

	/** An entry of the log, in order; kept while the session still catches up. */
	offer(event: LoggedEvent): void {
		if (this.#waiting) this.#waiting.push(event);
		else this.#sendNewer(event);
	}

	/** A message that is not in the log: heartbeats and system topics. */
	sendNow(topicName: string, eventBody: unknown): void {
		this.transport.send({ topicName, version: "2", eventBody, metadata: { CorrelationId: randomUUID() } });
	}

	#sendNewer(event: LoggedEvent): void {
		if (comparePositions(event.position, this.#position) <= 0) return;
		this.#position = event.position;
		for (const announcement of event.announcements) {
			for (const topicName of announcement.topics) {
				if (!this.#topics.has(topicName.toLowerCase())) continue;
				this.transport.send({
					topicName,
					version: "2",
					eventBody: announcement.eventBody,
					metadata: { CorrelationId: randomUUID(), position: event.position, ...announcement.metadata },
				});
			}
		}
	}
}
