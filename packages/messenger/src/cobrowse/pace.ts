/** Changes within a second beyond which a page is shown in stills (agent-features 12), and below which it is live again. */
const most = 2_000;
const calm = 500;

/** How fast a page changes. */
export class Pace {
	#changes: Array<{ at: number; count: number }> = [];
	#observer: MutationObserver | undefined;

	/** @returns whether that was too much for a second */
	count(event: { type: number; data: unknown }, nowMs: number): boolean {
		const data = event.data as Record<string, unknown>;
		if (event.type !== 3 || data.source !== 0) return false;
		const lists = [data.adds, data.removes, data.texts, data.attributes];
		const count = lists.reduce<number>((all, list) => all + (Array.isArray(list) ? list.length : 0), 0);
		return this.#add(count, nowMs) > most;
	}

	/** Counts by itself for a while, what nobody records. */
	watch(forMs: number): void {
		this.#observer?.disconnect();
		this.#observer = new MutationObserver((changes) => void this.#add(changes.length, performance.now()));
		this.#observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
		setTimeout(() => this.#observer?.disconnect(), forMs);
	}

	isCalm(nowMs: number): boolean {
		return this.#add(0, nowMs) < calm;
	}

	#add(count: number, nowMs: number): number {
		this.#changes = [...this.#changes.filter(({ at }) => nowMs - at < 1000), { at: nowMs, count }];
		return this.#changes.reduce((all, one) => all + one.count, 0);
	}
}
