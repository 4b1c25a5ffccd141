import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Logger } from "../kernel/log.ts";
import type { ObjectStore } from "../kernel/storage/object-store.ts";

/** Copies of greetings on this machine, where the media engine reads them. A stored greeting never changes. */
export class GreetingFiles {
	readonly #storage: Pick<ObjectStore, "get">;
	readonly #folder: string;
	readonly #log: Logger;
	/** By key: the path, once it is there; undefined where the greeting cannot be had. */
	readonly #found = new Map<string, string | undefined>();
	readonly #loading = new Map<string, Promise<void>>();

	constructor({ storage, folder, log }: { storage: Pick<ObjectStore, "get">; folder: string; log: Logger }) {
		this.#storage = storage;
		this.#folder = folder;
		this.#log = log;
	}

	/**
	 * @param ready called once it is known what became of it
	 * @returns the path, `none` where it cannot be had, `loading` while that is not known yet
	 */
	path(key: string, ready: () => void): string | "none" | "loading" {
		if (this.#found.has(key)) return this.#found.get(key) ?? "none";
		const loading = this.#loading.get(key) ?? this.#load(key);
		this.#loading.set(key, loading);
		void loading.then(ready);
		return "loading";
	}

	async #load(key: string): Promise<void> {
		const path = join(this.#folder, `${basename(key)}.wav`);
		try {
			if (!(await stat(path).catch(() => undefined))) await this.#fetch(key, path);
			this.#found.set(key, path);
		} catch (error) {
			this.#log.error({ err: error }, "a greeting could not be read; callers hear the standard one");
			this.#found.set(key, undefined);
			// The storage may be back by the next call.
			setTimeout(() => this.#found.delete(key), 60_000).unref();
		} finally {
			this.#loading.delete(key);
		}
	}

	async #fetch(key: string, path: string): Promise<void> {
		const stored = await this.#storage.get(key);
		if (!stored) throw new Error("The greeting is not in storage.");
		const parts: Buffer[] = [];
		for await (const part of stored.body) parts.push(part as Buffer);
		await mkdir(this.#folder, { recursive: true });
		await writeFile(`${path}.part`, Buffer.concat(parts), { mode: 0o600 });
		await rename(`${path}.part`, path);
	}
}
