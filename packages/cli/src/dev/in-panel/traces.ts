/** What a version of the script leaves in the window, so that it goes with the version: listeners and timers. */

export class Traces {
	readonly #undo = new Map<number, Set<() => void>>();

	/** @returns forgets it, as it is over by itself */
	add(version: number, undo: () => void): () => void {
		const all = this.#undo.get(version) ?? new Set();
		this.#undo.set(version, all);
		all.add(undo);
		return () => all.delete(undo);
	}

	/** Takes away what these versions have left. */
	remove(isOver: (version: number) => boolean): void {
		for (const [version, all] of this.#undo) {
			if (!isOver(version)) continue;
			for (const undo of all) undo();
			this.#undo.delete(version);
		}
	}
}
