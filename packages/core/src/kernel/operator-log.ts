import { hash } from "node:crypto";
import type { Logger } from "./log.ts";
import type { Clock } from "./time/clock.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** The same line again within this time is counted instead of written, ms. */
const quietMs = 60_000;
/** Different lines of one event within that time; more are only counted, so that nobody fills the log from outside. */
const mostLines = 200;
/** Different lines of one event that one sender has within that time, where it is known who sends them. */
const mostOfOne = 10;
/** What an operator should see of what people outside see. `event` and `code` are stable; the rest says who and what. */
export interface OperatorLine {
	event: string;
	[key: string]: unknown;
}

/** Who makes a line come, where anybody can: one of them does not take all the room. */
export interface Sender {
	key: string;
	/** Different lines that the sender may have within the time; {@link mostOfOne} if nothing else is said. */
	most?: number;
	/** Nobody signed in: strangers share a room of their own, and take none from what is known to be true. */
	isStranger?: boolean;
}

type Level = "warn" | "info";

/** What one event has had in this minute. */
interface Minute {
	event: string;
	level: Level;
	/** Lines as they came, by a hash, and what is written of them. */
	known: Map<string, string>;
	/** How often each line came. */
	seen: Map<string, number>;
	/** How many different lines each sender had. */
	senders: Map<string, number>;
	/** Lines beyond those that are told singly. */
	beyond: number;
}

/**
 * Writes warnings for operators, each different one once a minute, with how often it has come since. A flood of one event
 * hides no other. Texts come from outside, as what a script has thrown: what looks like a secret in them is not written.
 */
export class OperatorLog {
	readonly #log: Logger;
	readonly #clock: Clock;
	#since = 0;
	#minutes = new Map<string, Minute>();
	#timer: NodeJS.Timeout | undefined;
	readonly #listeners: Array<(line: OperatorLine) => void> = [];

	constructor(log: Logger, clock: Clock) {
		this.#log = log;
		this.#clock = clock;
	}

	/** Tells every line that is written or counted as well to somebody in this process, without secrets. */
	listen(hear: (line: OperatorLine) => void): void {
		this.#listeners.push(hear);
	}

	/** What comes again is only counted, and what has no room is not even read: nobody keeps the server busy with lines. */
	warn(line: OperatorLine, text: string, sender?: Sender): void {
		this.#tell("warn", line, text, sender);
	}

	/** What is no trouble, and explains one that comes: told and counted in the same way. An event is always one or the other. */
	info(line: OperatorLine, text: string, sender?: Sender): void {
		this.#tell("info", line, text, sender);
	}

	#tell(level: Level, line: OperatorLine, text: string, sender: Sender | undefined): void {
		this.#turn();
		const minute = this.#minuteOf(line.event, sender, level);
		const mark = hash("sha256", JSON.stringify(line), "base64url");
		const known = minute.known.get(mark);
		if (known === undefined && !hasRoom(minute, sender)) {
			minute.beyond++;
			return;
		}
		const key = known ?? JSON.stringify(withoutSecrets(line));
		minute.known.set(mark, key);
		const times = minute.seen.get(key) ?? 0;
		minute.seen.set(key, times + 1);
		const told: OperatorLine = JSON.parse(key);
		if (times === 0) this.#log[level](told, text);
		for (const hear of this.#listeners) hear(told);
	}

	#minuteOf(event: string, sender: Sender | undefined, level: Level): Minute {
		const room = sender?.isStranger ? `${event} of strangers` : event;
		const minute = this.#minutes.get(room) ?? {
			event,
			level,
			known: new Map(),
			seen: new Map(),
			senders: new Map(),
			beyond: 0,
		};
		this.#minutes.set(room, minute);
		return minute;
	}

	/** Begins a new minute, and tells what the last one has only counted. */
	#turn(): void {
		const now = this.#clock.now().getTime();
		if (Math.abs(now - this.#since) < quietMs) return;
		const ended = this.#minutes;
		this.#since = now;
		// What was only counted is told also where nothing more comes.
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#turn(), quietMs + 1_000).unref();
		this.#minutes = new Map();
		for (const { event, level, seen, beyond } of ended.values()) {
			for (const [key, times] of seen)
				if (times > 1) this.#log[level]({ ...(JSON.parse(key) as OperatorLine), times }, "came again within a minute");
			if (beyond > 0)
				this.#log.warn({ event: "operator-log.full", of: event, lines: beyond }, "more lines were not written");
		}
	}
}

/** Also takes the room, for whoever sends the line. */
function hasRoom({ known, senders }: Minute, sender: Sender | undefined): boolean {
	if (known.size >= mostLines) return false;
	if (sender === undefined) return true;
	const lines = (senders.get(sender.key) ?? 0) + 1;
	if (lines > (sender.most ?? mostOfOne)) return false;
	senders.set(sender.key, lines);
	return true;
}
