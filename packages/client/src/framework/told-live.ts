import type { Interaction } from "@inlay/contract";

const key = "inlay.told";

/**
 * What pages have been told of that goes on. It outlives a reload of the panel, in which a call may end: whoever was told of
 * it is told the end as well. Where storage is blocked nothing is known of what was told before.
 */
export class ToldLive {
	readonly #storage: () => Storage;
	#kept = "";
	/** Told before this page, by the same agent; none once {@link takeEarlier} has given them. */
	#earlier: readonly string[] = [];

	constructor(window: Pick<Window, "sessionStorage">) {
		this.#storage = () => window.sessionStorage;
	}

	/** For this agent from now on. */
	open(userId: string): void {
		try {
			const [of, ...ids] = JSON.parse(this.#storage().getItem(key) ?? "[]") as string[];
			this.#earlier = of === userId ? ids : [];
		} catch {
			this.#earlier = [];
		}
	}

	takeEarlier(): readonly string[] {
		const earlier = this.#earlier;
		this.#earlier = [];
		return earlier;
	}

	keep(userId: string, told: readonly Interaction[]): void {
		const live = told.filter(({ isDisconnected }) => !isDisconnected).map(({ id }) => id);
		const now = JSON.stringify([userId, ...live]);
		if (now === this.#kept) return;
		this.#kept = now;
		try {
			this.#storage().setItem(key, now);
		} catch {
			// A browser that keeps nothing for frames.
		}
	}
}
