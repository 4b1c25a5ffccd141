/**
 * Of several attempts at the same thing under way the one that was begun last counts. Whatever awaits asks afterwards whether
 * it still does: it may have been stopped, begun anew, or overtaken by news.
 */
export class Attempts {
	#current: symbol | undefined;

	/** Whether one is under way, or holds. */
	get isGoing(): boolean {
		return this.#current !== undefined;
	}

	/** Begins one; whatever was begun before is too late. @returns whether it still counts */
	begin(): () => boolean {
		const attempt = Symbol("attempt");
		this.#current = attempt;
		return () => this.#current === attempt;
	}

	/** Begins one that is `run`. @returns what became of it; undefined where it counted no longer, also where it failed then */
	async last<T>(run: () => Promise<T>): Promise<T | undefined> {
		const counts = this.begin();
		try {
			const outcome = await run();
			return counts() ? outcome : undefined;
		} catch (error) {
			if (counts()) throw error;
			return undefined;
		}
	}

	/** None counts any more. */
	end(): void {
		this.#current = undefined;
	}
}
