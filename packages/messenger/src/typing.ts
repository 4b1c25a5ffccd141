import { signal } from "@preact/signals";

/** That somebody is writing is told so often at most, and shown for so long, ms (agent-features 11). */
const toldEveryMs = 3_000;
const shownMs = 5_000;

/** That the other side is writing, and that this one is. */
export class Typing {
	/** Somebody of the organization is writing. */
	readonly isShown = signal(false);
	readonly #now: () => number;
	#toldAt = Number.NEGATIVE_INFINITY;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** @returns whether it is to be told now */
	isToBeTold(): boolean {
		const now = this.#now();
		if (now - this.#toldAt < toldEveryMs) return false;
		this.#toldAt = now;
		return true;
	}

	show(): void {
		this.isShown.value = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.hide(), shownMs);
	}

	hide(): void {
		this.isShown.value = false;
	}
}
