import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Editors write a file in several steps, or put another one in its place; milliseconds until it counts as saved. */
const settleMs = 15;

/**
 * Tells when one of some files was saved. Watches their folders, as a file that an editor replaces is another one.
 *
 * @param saved gets milliseconds since 1970 of the first sign of it
 */
export class WatchedFiles {
	readonly #saved: (at: number) => void;
	readonly #watchers = new Map<string, FSWatcher>();
	#names = new Set<string>();
	#firstAt: number | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(saved: (at: number) => void) {
		this.#saved = saved;
	}

	/** From now on these. @param files absolute names */
	follow(files: readonly string[]): void {
		this.#names = new Set(files);
		const folders = new Set(files.map(dirname));
		for (const [folder, watcher] of this.#watchers) {
			if (folders.has(folder)) continue;
			watcher.close();
			this.#watchers.delete(folder);
		}
		for (const folder of folders) if (!this.#watchers.has(folder)) this.#watch(folder);
	}

	close(): void {
		clearTimeout(this.#timer);
		for (const watcher of this.#watchers.values()) watcher.close();
		this.#watchers.clear();
	}

	#watch(folder: string): void {
		const watcher = watch(folder, (_event, name) => {
			if (name === null || [...this.#names].some((file) => dirname(file) === folder && basename(file) === name))
				this.#touched();
		});
		// A folder that goes away: what was built last stays live.
		watcher.on("error", () => watcher.close());
		this.#watchers.set(folder, watcher);
	}

	#touched(): void {
		this.#firstAt ??= Date.now();
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			const at = this.#firstAt ?? Date.now();
			this.#firstAt = undefined;
			this.#saved(at);
		}, settleMs);
	}
}
