import { type ReadonlySignal, signal } from "@preact/signals";

/** Time and timers; tests turn them by hand. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Runs `task` once after `ms` milliseconds; gives the way to cancel it. */
	after(ms: number, task: () => void): () => void;
}

/** The browser's own clock. */
export const browserClock: Clock = {
	now: () => Date.now(),
	after(ms, task) {
		const timer = setTimeout(task, ms);
		return () => clearTimeout(timer);
	},
};

/** The server's time: timers on the panel start from the server's stamps, and a desk's clock may be minutes off. */
export class ServerTime {
	#offset = 0;

	/** Learns from an answer's `Date` header, which is exact to a second; smaller differences are not worth correcting. */
	learn(header: string | null, now: number): void {
		const stamp = header ? Date.parse(header) : Number.NaN;
		if (Number.isNaN(stamp)) return;
		const offset = stamp + 500 - now;
		this.#offset = Math.abs(offset) > 2000 ? offset : 0;
	}

	/** Server's time minus this computer's, milliseconds; 0 where they agree to two seconds. */
	get offsetMs(): number {
		return this.#offset;
	}

	now(): number {
		return Date.now() + this.#offset;
	}
}

/** A signal that ticks each second, only while somebody reads it. */
export function tickingNow(time: ServerTime): ReadonlySignal<number> {
	let timer: ReturnType<typeof setInterval> | undefined;
	const now = signal(time.now(), {
		watched() {
			this.value = time.now();
			timer = setInterval(() => {
				this.value = time.now();
			}, 1000);
		},
		unwatched() {
			clearInterval(timer);
		},
	});
	return now;
}
