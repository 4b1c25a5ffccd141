import type { InHand } from "./offer-rules.ts";

/** What decides whose turn it is. */
export interface TurnFacts {
	userId: string;
	/** Since when their status is what it is, ms since 1970. */
	since: number;
	/** When they last were done with an item of a queue, ms since 1970. */
	acdEndedAt?: number;
	inHand: readonly InHand[];
}

/** An agent during one look. */
export interface Seat<A> {
	readonly agent: A;
	/** How many came before them when the look began, were hands empty. */
	readonly turn: number;
	/** How many items of queues they have in hand, with what they were given in this look. */
	load: number;
}

/** Agents as they stand at the beginning of a look, who comes first is first. */
export function seated<A extends TurnFacts>(agents: readonly A[]): Seat<A>[] {
	const seats = agents.toSorted(byEnd).map((agent, turn) => ({ agent, turn, load: itemsOfQueues(agent.inHand) }));
	return seats.sort(byTurn);
}

/** Work of one's own costs nobody their turn. */
const itemsOfQueues = (inHand: readonly InHand[]) => inHand.reduce((sum, { acd }) => sum + Number(acd), 0);

/**
 * Who comes first of those who are equally suitable (agent-features section 1): the longest time since the end of the last ACD item.
 * What is in hand has not ended yet: who holds fewer comes before who holds more, whatever ended before.
 */
export function byTurn(a: Pick<Seat<unknown>, "load" | "turn">, b: Pick<Seat<unknown>, "load" | "turn">): number {
	return a.load - b.load || a.turn - b.turn;
}

/** A break or a call of one's own costs nobody their turn. Who has had nothing yet comes before all others, by the status. */
function byEnd(a: TurnFacts, b: TurnFacts): number {
	const [endA, endB] = [a.acdEndedAt ?? 0, b.acdEndedAt ?? 0];
	return endA - endB || a.since - b.since || (a.userId < b.userId ? -1 : Number(a.userId > b.userId));
}

/** Those of whom one after the other is taken, where nothing but their turn decides: a heap. Whose load grew meanwhile sinks when they come up. */
export class Line<A> {
	readonly #heap: { seat: Seat<A>; load: number; turn: number }[];

	/** @param seats who comes first is first */
	constructor(seats: readonly Seat<A>[]) {
		this.#heap = seats.map((seat) => ({ seat, load: seat.load, turn: seat.turn })).sort(byTurn);
	}

	/** Whose turn it is. Who is not free goes for good: in one look nobody becomes free. */
	first(isFree: (seat: Seat<A>) => boolean): Seat<A> | undefined {
		for (let top = this.#heap[0]; top; top = this.#heap[0]) {
			const { seat } = top;
			if (!isFree(seat)) this.#drop();
			else if (top.load === seat.load) return seat;
			else this.#sink({ ...top, load: seat.load });
		}
		return undefined;
	}

	#drop(): void {
		const last = this.#heap.pop();
		if (last && this.#heap.length > 0) this.#sink(last);
	}

	/** Puts an entry in the place of the first, and further down until nobody below comes before it. */
	#sink(entry: { seat: Seat<A>; load: number; turn: number }): void {
		const heap = this.#heap;
		let at = 0;
		for (;;) {
			const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
			const isRight = right !== undefined && left !== undefined && byTurn(right, left) < 0;
			const next = isRight ? right : left;
			if (!next || byTurn(entry, next) <= 0) break;
			heap[at] = next;
			at = 2 * at + (isRight ? 2 : 1);
		}
		heap[at] = entry;
	}
}
