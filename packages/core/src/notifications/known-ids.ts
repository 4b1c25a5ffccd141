/** Ids that this process has given out or found good, now or at its start, as far back as there is room: what is asked of them needs no caution. */
export class KnownIds {
	readonly #most: number;
	readonly #ids = new Set<string>();

	/** @param most kept at once; beyond it those that were added first are forgotten */
	constructor(most: number) {
		this.#most = most;
	}

	add(id: string): void {
		this.#ids.delete(id);
		this.#ids.add(id);
		const [first] = this.#ids;
		if (this.#ids.size > this.#most && first !== undefined) this.#ids.delete(first);
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}
}
