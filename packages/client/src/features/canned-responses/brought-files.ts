import { isRecord } from "@inlay/contract";
import { wordsIn } from "@inlay/contract/words";
import { signal } from "@preact/signals";
import type { FilledResponse, ResponseFile } from "./offered.ts";

/** A file of a response that goes along with what is written next. */
export interface BroughtFile extends ResponseFile {
	responseId: string;
	/** What its `Idempotency-Key` is made of: whichever panel sends it, it goes once (agent-features 0.1-6). */
	key: string;
}

/** Files of responses beside a text that is being written: what goes along, and what the channel does not take. */
export class BroughtFiles {
	readonly files = signal<readonly BroughtFile[]>([]);
	/** Names of those that do not go by this channel, until something else is chosen or written. */
	readonly left = signal<readonly string[]>([]);
	/** Names of those that responses no longer bring along. */
	readonly gone = signal<readonly string[]>([]);
	/** The words of the text that came with them. */
	#words: readonly string[] = [];
	readonly #takes: (file: ResponseFile) => boolean;
	readonly #changed: () => void;

	/** @param takes whether the channel does @param changed is told after every change that was made here */
	constructor(takes: (file: ResponseFile) => boolean, changed: () => void) {
		this.#takes = takes;
		this.#changed = changed;
	}

	bring({ id: responseId, text, files }: FilledResponse): void {
		this.#words = wordsIn(text);
		const there = new Set(this.files.peek().map(({ id }) => id));
		const added = files
			.filter((one) => this.#takes(one) && !there.has(one.id))
			.map(({ id, name, size }) => ({ id, name, size, responseId, key: crypto.randomUUID() }));
		this.gone.value = [];
		this.left.value = namesOf(files.filter((one) => !this.#takes(one)));
		this.#set([...this.files.peek(), ...added]);
	}

	/** The channel takes others than when they were put here: what it does not take is left out by name. */
	sort(): void {
		const out = this.files.peek().filter((one) => !this.#takes(one));
		for (const one of out) this.leave(one);
	}

	/** It does not go by this channel. */
	leave({ id, name }: BroughtFile): void {
		this.left.value = [...this.left.peek(), name];
		this.drop(id);
	}

	/** Nobody can send it any more: it is taken out, by name. */
	lose({ id, name }: BroughtFile): void {
		this.gone.value = [...this.gone.peek(), name];
		this.drop(id);
	}

	/** What was said of a response's files is over once its text has been sent, or is another one. */
	wrote(text: string): void {
		if (this.left.peek().length + this.gone.peek().length === 0) return;
		const there = new Set(wordsIn(text));
		if (there.size > 0 && this.#words.filter((word) => there.has(word)).length * 2 >= this.#words.length) return;
		this.left.value = [];
		this.gone.value = [];
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

function namesOf(files: readonly ResponseFile[]): string[] {
	return files.map(({ name }) => name);
}

function isBrought(value: unknown): value is BroughtFile {
	const texts = ["id", "name", "responseId", "key"];
	return isRecord(value) && typeof value.size === "number" && texts.every((one) => typeof value[one] === "string");
}
