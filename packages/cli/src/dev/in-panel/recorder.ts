/** Writes down what goes on between panel and script: when, with what, for how long, and because of what. */
import type { Entry, EntryError, EntryKind } from "../protocol.ts";
import { versionIn } from "./caller.ts";
import { plain } from "./plain.ts";

export interface About
	extends Partial<Pick<Entry, "direction" | "origin" | "isObject" | "version" | "isReplay" | "heard">> {
	kind: EntryKind;
	name: string;
	payload: unknown;
}

export class Recorder {
	readonly #tell: (entry: Entry) => void;
	readonly #mark: (thrown: unknown, stack: string | undefined) => void;
	readonly #page = Math.random().toString(36).slice(2, 8);
	readonly #hidden = new Set<string>();
	/** In whose course the script runs just now, the innermost last. */
	readonly #course: Entry[] = [];
	#made = 0;

	/** @param mark hears of whatever the script throws, before the panel does */
	constructor(tell: (entry: Entry) => void, mark: (thrown: unknown, stack: string | undefined) => void = () => {}) {
		this.#tell = tell;
		this.#mark = mark;
	}

	/** From now on this text is shown as dots, wherever it stands. */
	hide(secret: string): void {
		if (secret.length > 8) this.#hidden.add(secret);
	}

	note(about: About): Entry {
		this.#made += 1;
		const cause = this.#course.at(-1)?.id;
		const payload = plain(about.payload, this.#hidden);
		const id = `${this.#page}-${this.#made}`;
		const entry: Entry = { ...about, id, at: Date.now(), payload, ...(cause ? { cause } : {}) };
		this.#tell(entry);
		return entry;
	}

	/** Runs a piece of the script that belongs to the entry. Throws what it throws. */
	during<Result>(entry: Entry, task: () => Result): Result {
		const began = performance.now();
		this.#course.push(entry);
		try {
			return task();
		} catch (thrown) {
			this.failed(entry, thrown);
			throw thrown;
		} finally {
			this.#course.pop();
			entry.ms = (entry.ms ?? 0) + performance.now() - began;
			this.#tell(entry);
		}
	}

	/** What somebody answered, by a callback of this name or by a promise. */
	answered(entry: Entry, name: string, payload: unknown): void {
		entry.answer = { name, payload: plain(payload, this.#hidden), afterMs: Date.now() - entry.at };
		this.#tell(entry);
	}

	failed(entry: Entry, thrown: unknown): void {
		entry.error = errorOf(thrown);
		this.#mark(thrown, entry.error.stack);
		const version = versionIn(entry.error.stack ?? "");
		if (version !== undefined) entry.version ??= version;
		this.#tell(entry);
	}

	/** A listener of the script was called for it. */
	heard(entry: Entry): void {
		entry.heard = (entry.heard ?? 0) + 1;
	}
}

export function errorOf(thrown: unknown): EntryError {
	if (!(thrown instanceof Error)) return { message: String(thrown) };
	return { message: `${thrown.name}: ${thrown.message}`, stack: thrown.stack ?? "" };
}
