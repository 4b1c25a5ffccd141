/**
 * What one end of the channel says in one breath goes as one message. Each message is a task of its own at the other end, and
 * between two tasks a browser draws, or runs whatever else the machine has to do: a pop stood behind what the page around
 * made of the `add` before it.
 */
import type { ChannelPort } from "./script-channel.ts";

/** Whoever works on after having said something is heard meanwhile, ms. */
const longestHeldMs = 8;

/** Taken before a script runs: it may replace them. */
const later = queueMicrotask;
const clock = performance;

export class Outbox {
	readonly #port: ChannelPort;
	readonly #gathers: boolean;
	#queue: string[] = [];
	#isAwaited = false;
	#heldSince: number | undefined;

	/** @param gathers what is said goes at the end of the job, which the panel's own do not draw out */
	constructor(port: ChannelPort, gathers: boolean) {
		this.#port = port;
		this.#gathers = gathers;
	}

	/** @param canWait for the end of the job, in which others of its kind may come */
	put(text: string, canWait: boolean): void {
		this.#queue[this.#queue.length] = text;
		if (this.#heldSince !== undefined) {
			if (clock.now() - this.#heldSince > longestHeldMs) this.flush();
		} else if (canWait || this.#gathers) this.#await();
		else this.flush();
	}

	/** What is said while the task runs goes when it has run. */
	hold(task: () => void): void {
		if (this.#heldSince !== undefined) {
			task();
			return;
		}
		this.#heldSince = clock.now();
		try {
			task();
		} finally {
			this.#heldSince = undefined;
			this.flush();
		}
	}

	flush(): void {
		const queue = this.#queue;
		if (queue.length === 0) return;
		this.#queue = [];
		this.#port.postMessage(queue.length === 1 ? queue[0] : queue);
	}

	#await(): void {
		if (this.#isAwaited) return;
		this.#isAwaited = true;
		later(() => {
			this.#isAwaited = false;
			this.flush();
		});
	}
}
