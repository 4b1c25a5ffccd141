import type { FindingCode } from "@inlay/contract/health/codes";
import type { Clock } from "../kernel/time/clock.ts";

/** What one browser has found in itself. */
export interface SelfTest {
	/** One for each browser and deployment; a later test of the same takes its place. */
	key: string;
	deploymentId?: string;
	/** Who was signed in there; absent: anybody can have made it up. */
	userId?: string;
	/** Whether the page stood in another one. */
	isFramed: boolean;
	/** Short name of browser and system. */
	browser: string;
	findings: { code: FindingCode; values: Record<string, string | number> }[];
	at: Date;
}

/** For so long an administrator sees one, ms. */
const keptMs = 24 * 3_600_000;
/** Of signed-in people, and of strangers: neither crowds out the other. */
const mostKept = 500;

/** Results of self-test pages, in memory: the last day's, and begins anew with the server. */
export class SelfTests {
	readonly #clock: Pick<Clock, "now">;
	readonly #known = new Map<string, SelfTest>();
	readonly #strangers = new Map<string, SelfTest>();

	constructor(clock: Pick<Clock, "now">) {
		this.#clock = clock;
	}

	keep(told: Omit<SelfTest, "at">): void {
		const kept = told.userId ? this.#known : this.#strangers;
		kept.delete(told.key);
		kept.set(told.key, { ...told, at: this.#clock.now() });
		const [oldest] = kept.keys();
		if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
	}

	/** The latest first. */
	recent(): SelfTest[] {
		const since = this.#clock.now().getTime() - keptMs;
		for (const kept of [this.#known, this.#strangers])
			for (const [key, { at }] of kept) if (at.getTime() < since) kept.delete(key);
		return [...this.#known.values(), ...this.#strangers.values()].sort((a, b) => b.at.getTime() - a.at.getTime());
	}
}
