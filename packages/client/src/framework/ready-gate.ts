/** More than any script needs; a script in a loop must not fill the memory while nobody is signed in. */
const MOST_WAITING = 1000;

/** Holds what scripts ask for before the agent is signed in, and does it in order afterwards (framework-contract 2). */
export class ReadyGate {
	#open = false;
	#waiting: (() => void)[] = [];

	/** Runs now, or when the gate opens. False when too much waits already and the task is dropped. */
	run(task: () => void): boolean {
		if (this.#open) {
			task();
			return true;
		}
		if (this.#waiting.length >= MOST_WAITING) return false;
		this.#waiting.push(task);
		return true;
	}

	open(): void {
		if (this.#open) return;
		this.#open = true;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const task of waiting) task();
	}

	/** From now on tasks wait again, e.g. after signing out. */
	close(): void {
		this.#open = false;
	}
}
