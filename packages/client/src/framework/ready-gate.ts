import type { KeptWish } from "./kept-wishes.ts";
import type { Timers } from "./ports.ts";

/** More than any page needs; a script in a loop must not fill the memory while nobody is signed in. */
const mostWaiting = 200;
/** What was asked for longer ago than this would come as a surprise, e.g. a call that is suddenly dialled; milliseconds. */
export const patienceMs = 120_000;

/** Why a task will never run: it waited too long, too many waited already, or the page in which it waited has gone. */
export type TooEarly = "late" | "many" | "lost";

interface Waiting {
	task: () => void;
	/** Ends the watch over its time. */
	settle: () => void;
	wish: KeptWish | undefined;
}

/**
 * Holds what scripts and pages ask for before the panel can do it, and does it in the order in which it was asked
 * (framework-contract 2). Each wish is either done or refused; none is dropped in silence.
 */
export class ReadyGate {
	readonly #timers: Timers;
	#open = false;
	#waiting: Waiting[] = [];

	constructor(timers: Timers) {
		this.#timers = timers;
	}

	/** What waits and may be asked for again. */
	get wishes(): KeptWish[] {
		return this.#waiting.flatMap(({ wish }) => wish ?? []);
	}

	/** Runs `task` now, or when the gate opens, or calls `refuse`. */
	run(task: () => void, refuse: (why: TooEarly) => void, wish?: KeptWish): void {
		// Behind those that still wait, also while the gate is just opening.
		if (this.#open && this.#waiting.length === 0) task();
		else if (this.#waiting.length >= mostWaiting) refuse("many");
		else this.#wait(task, refuse, wish);
	}

	open(): void {
		if (this.#open) return;
		this.#open = true;
		while (this.#open && this.#waiting.length > 0) {
			const [first] = this.#waiting;
			first?.settle();
			first?.task();
			this.#waiting = this.#waiting.filter((each) => each !== first);
		}
	}

	/** From now on tasks wait again, e.g. after signing out. */
	close(): void {
		this.#open = false;
	}

	#wait(task: () => void, refuse: (why: TooEarly) => void, wish: KeptWish | undefined): void {
		const waiting: Waiting = {
			task,
			wish,
			settle: this.#timers.after(patienceMs, () => {
				this.#waiting = this.#waiting.filter((each) => each !== waiting);
				refuse("late");
			}),
		};
		this.#waiting.push(waiting);
	}
}
