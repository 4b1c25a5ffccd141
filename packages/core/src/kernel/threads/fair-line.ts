/** Somebody's turn has not come in time, or the line is full. */
export class NoTurn extends Error {}

interface Waiting {
	begin(): void;
	refuse(): void;
}

/** As many as wait at once: whoever comes then is refused. */
const mostWaiting = 100;

/**
 * One piece of work at a time. Those who wait take turns by who they are: whoever comes with twenty pieces is waited for once by
 * everybody else.
 */
export class FairLine {
	/** In the order in which it is their turn. */
	readonly #waiting = new Map<string, Waiting[]>();
	#isBusy = false;
	#emptied: Array<() => void> = [];

	/**
	 * @param who asks
	 * @param patienceMs so long it may wait for its turn; for ever unless told
	 * @throws NoTurn, and what the work throws
	 */
	async run<T>(who: string, work: () => Promise<T>, patienceMs?: number): Promise<T> {
		await this.#turn(who, patienceMs);
		try {
			return await work();
		} finally {
			this.#isBusy = false;
			this.#next();
		}
	}

	/** Nothing is done, and nobody waits. */
	async empty(): Promise<void> {
		if (!this.#isBusy) return;
		await new Promise<void>((resolve) => this.#emptied.push(resolve));
	}

	async #turn(who: string, patienceMs: number | undefined): Promise<void> {
		if (!this.#isBusy) {
			this.#isBusy = true;
			return;
		}
		if (patienceMs !== undefined && this.#count() >= mostWaiting) throw new NoTurn("too many wait");
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const own: Waiting = { begin: resolve, refuse: () => reject(new NoTurn("its turn did not come")) };
		this.#waiting.set(who, [...(this.#waiting.get(who) ?? []), own]);
		const late = patienceMs === undefined ? undefined : setTimeout(() => this.#leave(who, own), patienceMs);
		await promise.finally(() => clearTimeout(late));
	}

	#leave(who: string, own: Waiting): void {
		this.#keep(
			who,
			(this.#waiting.get(who) ?? []).filter((one) => one !== own),
		);
		own.refuse();
	}

	#next(): void {
		const [first] = this.#waiting;
		if (!first) {
			for (const tell of this.#emptied.splice(0)) tell();
			return;
		}
		const [who, [own, ...others]] = first;
		// Whoever has more goes to the line's end with it.
		this.#waiting.delete(who);
		this.#keep(who, others);
		this.#isBusy = true;
		own?.begin();
	}

	#keep(who: string, left: Waiting[]): void {
		if (left.length > 0) this.#waiting.set(who, left);
		else this.#waiting.delete(who);
	}

	#count(): number {
		return [...this.#waiting.values()].reduce((sum, own) => sum + own.length, 0);
	}
}
