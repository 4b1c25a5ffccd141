/** Requests of one sender, and those of theirs that wait. */
interface InHand {
	running: number;
	waiting: Array<() => void>;
}

/** Of one sender's requests so many are worked on at once that a quarter of the connections stays for others. */
export function mostOfOneSender(connections: number): number {
	return Math.max(1, Math.floor((connections * 3) / 4));
}

/**
 * Lets few requests of one user or client be worked on at once; the others of the same sender wait here, in order. Sixty
 * changes at once would otherwise hold every connection to the database, and everybody else would stand behind all of them.
 */
export class FairShare {
	readonly #most: number;
	/** Senders who have something in hand. */
	readonly #inHand = new Map<string, InHand>();

	/** @param most requests of one sender at once: fewer than there are connections to the database */
	constructor(most: number) {
		this.#most = most;
	}

	async run<T>(sender: string, work: () => T | Promise<T>): Promise<T> {
		const own = this.#inHand.get(sender) ?? { running: 0, waiting: [] };
		this.#inHand.set(sender, own);
		// Whoever ends hands the place on, so nobody who comes meanwhile overtakes those who wait.
		if (own.running >= this.#most) await new Promise<void>((start) => own.waiting.push(start));
		else own.running++;
		try {
			return await work();
		} finally {
			const next = own.waiting.shift();
			if (next) next();
			else if (--own.running === 0) this.#inHand.delete(sender);
		}
	}
}
