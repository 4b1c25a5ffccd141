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
	readonly total = signal(0);
	readonly outcomes = signal<readonly Outcome[]>([]);

	/** @returns how many were refused */
	async run(people: readonly User[], work: (user: User) => Promise<unknown>): Promise<number> {
		if (this.busy.peek()) return 0;
		this.busy.value = true;
		this.total.value = people.length;
		this.outcomes.value = [];
		const waiting = [...people];
		const worker = async () => {
			for (let user = waiting.shift(); user; user = waiting.shift()) {
				const error = await work(user).then(
					() => undefined,
					(failed: unknown) => asApiError(failed),
				);
				this.outcomes.value = [...this.outcomes.peek(), { user, ...(error ? { error } : {}) }];
				// Nothing else will work, either.
				if (error?.isSignedOut || error?.status === 0) waiting.length = 0;
			}
		};
		await Promise.all(Array.from({ length: atOnce }, worker));
		this.busy.value = false;
		return this.refused.length;
	}

	get refused(): Outcome[] {
		return this.outcomes.value.filter(({ error }) => error);
	}
}

function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	throw error;
}
