import { NewestKept } from "../kernel/newest-kept.ts";

/** Versions whose guarded text is kept: those that panels load just now. */
const mostKept = 8;
/** How long a panel waits for them, ms: later ones have what is made meanwhile. */
const longestWaitMs = 1_000;

/**
 * Scripts as panels run them in their own window: with guards by which one that does not come back is ended (decision 58). What an
 * administrator has uploaded, reads and compares stays as it is.
 */
export class GuardedScripts {
	readonly #kept = new NewestKept<Promise<string | undefined>>(mostKept);
	readonly #guard: (source: string, deploymentId: string) => Promise<string | "busy" | undefined>;

	readonly #waitMs: number;

	/** @param guard see `guardScript`; what it was too busy for is asked again the next time */
	constructor(
		guard: (source: string, deploymentId: string) => Promise<string | "busy" | undefined>,
		waitMs = longestWaitMs,
	) {
		this.#guard = guard;
		this.#waitMs = waitMs;
	}

	/** Undefined where there are no guards in it, now or at all: it is delivered as it is. */
	of(deploymentId: string, version: number, source: string): Promise<string | undefined> {
		const key = `${deploymentId}/${version}`;
		const known = this.#kept.get(key);
		if (known) return this.#inTime(known);
		const guarded = this.#guard(source, deploymentId).then((answer) => {
			if (answer !== "busy") return answer;
			this.#kept.delete(key);
			return undefined;
		});
		this.#kept.set(key, guarded);
		guarded.catch(() => this.#kept.delete(key));
		return this.#inTime(guarded);
	}

	async #inTime(guarded: Promise<string | undefined>): Promise<string | undefined> {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<undefined>((resolve) => {
			timer = setTimeout(() => resolve(undefined), this.#waitMs);
		});
		return Promise.race([guarded, late]).finally(() => clearTimeout(timer));
	}
}
