import { isRecord } from "@inlay/contract";
import { signal } from "@preact/signals";
import type { FilledResponse, ResponseFile } from "./offered.ts";

/** A file of a response that goes along with what is written next. */
export interface BroughtFile extends ResponseFile {
	responseId: string;
	/** `Idempotency-Key` of sending it: whichever panel does it, it goes once (agent-features 0.1-6). */
	key: string;
}

/** Files of responses beside a text that is being written: what goes along, and what the channel does not take. */
export class BroughtFiles {
	readonly files = signal<readonly BroughtFile[]>([]);
	/** Names of those that do not go by this channel, until something else is chosen. */
	readonly left = signal<readonly string[]>([]);
	readonly #takes: (file: ResponseFile) => boolean;
	readonly #changed: () => void;

	/** @param takes whether the channel does @param changed is told after every change that was made here */
	constructor(takes: (file: ResponseFile) => boolean, changed: () => void) {
		this.#takes = takes;
		this.#changed = changed;
	}

	bring({ id: responseId, files }: FilledResponse): void {
		const there = new Set(this.files.peek().map(({ id }) => id));
		const added = files
			.filter((one) => this.#takes(one) && !there.has(one.id))
			.map(({ id, name, size }) => ({ id, name, size, responseId, key: crypto.randomUUID() }));
		this.left.value = files.filter((one) => !this.#takes(one)).map(({ name }) => name);
		this.#set([...this.files.peek(), ...added]);
	}

	drop(id: string): void {
		this.#set(this.files.peek().filter((one) => one.id !== id));
	}

	/** As it was kept elsewhere. */
	read(kept: unknown): void {
		this.files.value = Array.isArray(kept) ? kept.filter(isBrought) : [];
	}

	#set(files: readonly BroughtFile[]): void {
		this.files.value = files;
		this.#changed();
	}
}

function isBrought(value: unknown): value is BroughtFile {
	const texts = ["id", "name", "responseId", "key"];
	return isRecord(value) && typeof value.size === "number" && texts.every((one) => typeof value[one] === "string");
}
