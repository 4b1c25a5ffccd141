/** Lets work on the same thing happen one after the other, in the order in which it was asked for. */
export class Turns {
	readonly #last = new Map<string, Promise<void>>();

	run<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.#last.get(key) ?? Promise.resolve();
		const result = before.then(work, work);
		const settled: Promise<void> = result.then(
			() => this.#forget(key, settled),
			() => this.#forget(key, settled),
		);
		this.#last.set(key, settled);
		return result;
	}

	#forget(key: string, settled: Promise<void>): void {
		if (this.#last.get(key) === settled) this.#last.delete(key);
	}
}
