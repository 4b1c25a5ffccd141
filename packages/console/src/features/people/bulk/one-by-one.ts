import { signal } from "@preact/signals";
import { ApiError } from "../../../session/api.ts";
import type { User } from "../../../session/wire.ts";

/** What became of one person. */
export interface Outcome {
	user: User;
	/** Why not; absent where it was done. */
	error?: ApiError;
}

/** Requests of this that are under way at a time: the server works on at most twelve of one user. */
const atOnce = 4;

/**
 * Does something with each of many people. Who is refused stops nobody else; started again, it is done with those alone who
 * were refused or not reached.
 */
export class OneByOne {
	readonly busy = signal(false);
	/** People of this turn, and what has become of those who were reached. */
	readonly total = signal(0);
	readonly outcomes = signal<readonly Outcome[]>([]);
	/** With how many it was done, over all turns. */
	readonly done = signal(0);
	/** Ids of those with whom it is not done yet; none: it has not begun. */
	readonly #undone = signal<ReadonlySet<string> | undefined>(undefined);
	#isForgotten = false;

	/** What was done before is no news for what is done next; what runs is over first. */
	forget(): void {
		this.#isForgotten = true;
		if (!this.busy.peek()) this.#reset();
	}

	#reset(): void {
		this.#isForgotten = false;
		this.total.value = 0;
		this.done.value = 0;
		this.outcomes.value = [];
		this.#undone.value = undefined;
	}

	/**
	 * Does it with all of them, and from the second turn on with those who are left.
	 * @param lastId whose turn comes when all others are through: oneself, where it may end one's own session
	 * @returns how many are left; undefined where it is at work already, and does nothing
	 */
	async run(
		people: readonly User[],
		work: (user: User) => Promise<unknown>,
		lastId?: string,
	): Promise<number | undefined> {
		if (this.busy.peek()) return undefined;
		if (this.#isForgotten) this.#reset();
		const undone = this.#undone.peek() ?? new Set(people.map(({ id }) => id));
		const waiting = people.filter(({ id }) => undone.has(id));
		this.busy.value = true;
		this.total.value = waiting.length;
		this.outcomes.value = [];
		this.#undone.value = undone;
		try {
			const others = waiting.filter(({ id }) => id !== lastId);
			await Promise.all(Array.from({ length: atOnce }, () => this.#work(others, work)));
			// Where nothing works any more they are not reached.
			const isOver = this.refused.some(({ error }) => error && endsAll(error));
			if (!isOver)
				await this.#work(
					waiting.filter(({ id }) => id === lastId),
					work,
				);
		} finally {
			this.busy.value = false;
		}
		return this.left;
	}

	/** How many were refused or not reached, once it has begun. */
	get left(): number {
		return this.#undone.value?.size ?? 0;
	}

	get refused(): Outcome[] {
		return this.outcomes.value.filter(({ error }) => error);
	}

	/** Takes one after the other of those who wait, until there are none. */
	async #work(waiting: User[], work: (user: User) => Promise<unknown>): Promise<void> {
		for (let user = waiting.shift(); user; user = waiting.shift()) {
			const error = await work(user).then(
				() => undefined,
				(failed: unknown) => asApiError(failed),
			);
			this.outcomes.value = [...this.outcomes.peek(), { user, ...(error ? { error } : {}) }];
			if (!error) this.#isDone(user);
			// Nothing else will work, either.
			if (error && endsAll(error)) waiting.length = 0;
		}
	}

	#isDone({ id }: User): void {
		this.#undone.value = new Set([...(this.#undone.peek() ?? [])].filter((other) => other !== id));
		this.done.value++;
	}
}

const endsAll = (error: ApiError) => error.isSignedOut || error.status === 0;

function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	throw error;
}
