import { signal } from "@preact/signals";
import type { SessionState } from "./protocol.ts";

/** Before its end a session says so, ms. */
const noticeMs = 5 * 60_000;

/** When a session is over, by the server's clock. */
export class SessionEnd {
	/** Until the session is removed; undefined while that is far away. */
	readonly minutesLeft = signal<number | undefined>(undefined);
	readonly #now: () => number;
	/** Of the server's clock and ours, ms. */
	#aheadMs = 0;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** @param serverNow ISO 8601 */
	setClock(serverNow: string): void {
		this.#aheadMs = Date.parse(serverNow) - this.#now();
	}

	/** @returns whether it is over */
	check({ expiresAt }: SessionState): boolean {
		const leftMs = Date.parse(expiresAt) - (this.#now() + this.#aheadMs);
		if (leftMs > 0) this.minutesLeft.value = leftMs <= noticeMs ? Math.ceil(leftMs / 60_000) : undefined;
		return leftMs <= 0;
	}
}
