import { computed, type ReadonlySignal, signal } from "@preact/signals";

/**
 * Switches of which each is sent as it is turned: what somebody has last wished is shown until that is answered, whatever else
 * is answered or read meanwhile, as the answer to one says nothing of the others.
 */
export class Wishes {
	readonly #known = signal<readonly string[]>([]);
	/** By id; each with what tells it from a later wish of the same. */
	readonly #wished = signal<ReadonlyMap<string, { on: boolean }>>(new Map());

	/** Ids of those that are on, as they are shown. */
	readonly on: ReadonlySignal<readonly string[]> = computed(() => {
		const wished = this.#wished.value;
		const known = this.#known.value.filter((id) => wished.get(id)?.on !== false);
		const more = [...wished].filter(([id, { on }]) => on && !known.includes(id)).map(([id]) => id);
		return [...known, ...more];
	});

	/** What the server has told. */
	read(ids: readonly string[]): void {
		this.#known.value = ids;
	}

	/** Shows it at once. @returns whether nobody has wished anything else of it since */
	wish(id: string, on: boolean): () => boolean {
		const wish = { on };
		this.#wished.value = new Map(this.#wished.peek()).set(id, wish);
		return () => this.#wished.peek().get(id) === wish;
	}

	/** It is so now. @param isLast of the wish: a later one is still shown */
	granted(id: string, on: boolean, isLast: () => boolean): void {
		const others = this.#known.peek().filter((one) => one !== id);
		this.#known.value = on ? [...others, id] : others;
		if (isLast()) this.drop(id);
	}

	/** It is shown as it is known to be. */
	drop(id: string): void {
		const left = new Map(this.#wished.peek());
		left.delete(id);
		this.#wished.value = left;
	}
}
