import type { Logger } from "./log.ts";
import type { Clock } from "./time/clock.ts";

/** The same line again within this time is counted instead of written, ms. */
const quietMs = 60_000;
/** Different lines within that time; more are only counted, so that nobody fills the log from outside. */
const mostLines = 200;

/** What an operator should see of what people outside see. `event` is stable; the rest says who and what. */
export interface OperatorLine {
	event: string;
	[key: string]: unknown;
}

/** Writes warnings for operators, each different one once a minute, with how often it has come since. */
export class OperatorLog {
	readonly #log: Logger;
	readonly #clock: Clock;
	#since = 0;
	#seen = new Map<string, number>();
	#beyond = 0;

	constructor(log: Logger, clock: Clock) {
		this.#log = log;
		this.#clock = clock;
	}

	warn(line: OperatorLine, text: string): void {
		this.#turn();
		const key = JSON.stringify(line);
		const times = this.#seen.get(key);
		if (times === undefined && this.#seen.size >= mostLines) {
			this.#beyond++;
			return;
		}
		this.#seen.set(key, (times ?? 0) + 1);
		if (times === undefined) this.#log.warn(line, text);
	}

	/** Begins a new minute, and tells what the last one has only counted. */
	#turn(): void {
		const now = this.#clock.now().getTime();
		if (Math.abs(now - this.#since) < quietMs) return;
		for (const [key, times] of this.#seen)
			if (times > 1) this.#log.warn({ ...(JSON.parse(key) as OperatorLine), times }, "came again within a minute");
		if (this.#beyond > 0)
			this.#log.warn({ event: "operator-log.full", lines: this.#beyond }, "more lines were not written");
		this.#since = now;
		this.#seen = new Map();
		this.#beyond = 0;
	}
}
