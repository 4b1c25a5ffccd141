/** What was set last, under its keys; beyond a number of them the one that was set longest ago goes. */
export class NewestKept<Value> {
	readonly #most: number;
	/** In the order in which they were set. */
	readonly #kept = new Map<string, Value>();

	constructor(most: number) {
		this.#most = most;
	}

	get(key: string): Value | undefined {
		return this.#kept.get(key);
	}

	set(key: string, value: Value): void {
		this.#kept.delete(key);
		this.#kept.set(key, value);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
	}

	delete(key: string): void {
		this.#kept.delete(key);
	}
}
