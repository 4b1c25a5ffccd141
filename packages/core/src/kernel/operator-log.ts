import type { Logger } from "./log.ts";
import type { Clock } from "./time/clock.ts";

/** The same line again within this time is counted instead of written, ms. */
const quietMs = 60_000;
/** Different lines of one event within that time; more are only counted, so that nobody fills the log from outside. */
const mostLines = 200;
/** Different lines of one event that one sender has within that time, where it is known who sends them. */
const mostOfOne = 10;
/** Characters of one text in a line. */
const longestText = 2_000;

/** What an operator should see of what people outside see. `event` and `code` are stable; the rest says who and what. */
export interface OperatorLine {
	event: string;
	[key: string]: unknown;
}

/** What one event has had in this minute. */
interface Minute {
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

	/** @param sender who makes this line come, where anybody can: one of them does not take all the room */
	warn(line: OperatorLine, text: string, sender?: string): void {
		this.#turn();
		const minute = this.#minuteOf(line.event);
		const key = JSON.stringify(withoutSecrets(line));
		const times = minute.seen.get(key);
		if (times === undefined && !hasRoom(minute, sender)) {
			minute.beyond++;
			return;
		}
		minute.seen.set(key, (times ?? 0) + 1);
		const told: OperatorLine = JSON.parse(key);
		if (times === undefined) this.#log.warn(told, text);
		for (const hear of this.#listeners) hear(told);
	}

	#minuteOf(event: string): Minute {
		const minute = this.#minutes.get(event) ?? { seen: new Map(), senders: new Map(), beyond: 0 };
		this.#minutes.set(event, minute);
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
		for (const [event, { seen, beyond }] of ended) {
			for (const [key, times] of seen)
				if (times > 1) this.#log.warn({ ...(JSON.parse(key) as OperatorLine), times }, "came again within a minute");
			if (beyond > 0)
				this.#log.warn({ event: "operator-log.full", of: event, lines: beyond }, "more lines were not written");
		}
	}
}

/** Also takes the room, for whoever sends the line. */
function hasRoom({ seen, senders }: Minute, sender: string | undefined): boolean {
	if (seen.size >= mostLines) return false;
	if (sender === undefined) return true;
	const lines = (senders.get(sender) ?? 0) + 1;
	if (lines > mostOfOne) return false;
	senders.set(sender, lines);
	return true;
}

/** What looks like a secret, and what is left of it. */
const secretShapes: ReadonlyArray<[RegExp, string]> = [
	[/\b(authorization["']?\s*[=:]\s*["']?)(?:\w+\s+)?[^\s"',]+/gi, "$1[removed]"],
	[/\b(bearer\s+)[^\s"',]+/gi, "$1[removed]"],
	// Behind a name that says so, in an address, a form or JSON.
	[
		/\b((?:[\w-]*(?:token|password|passwd|secret|verifier|api[_-]?key)|code)["']?\s*[=:]\s*["']?)[^\s"'&#,;)]+/gi,
		"$1[removed]",
	],
	// Tokens, secrets and codes of this server have 43 characters of base64url; ids have at most 36.
	[/[A-Za-z0-9_-]{40,}/g, "[removed]"],
];

/** A line as it may be written: every text in it shortened, and without what may be a secret. */
function withoutSecrets(value: unknown): unknown {
	if (typeof value === "string") {
		return secretShapes.reduce((text, [shape, left]) => text.replace(shape, left), value.slice(0, longestText));
	}
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each)]));
}
