import { signal } from "@preact/signals";
import { Loaded } from "./load.ts";

/** One page of a long list, and how long the list is. */
export interface Slice<T> {
	entities: T[];
	total: number;
}

/** Milliseconds without a key after which what was typed is looked for. */
const typingMs = 250;

/**
 * A list that is searched and paged on the server: only one page of it is ever here. What was found stays on the screen
 * while the next is read; an answer that is overtaken by a newer question is not shown.
 */
export class Paged<T> {
	readonly text = signal("");
	/** From 1. */
	readonly number = signal(1);
	readonly size: number;
	readonly slice: Loaded<Slice<T>>;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(read: (asked: { text: string; number: number; size: number }) => Promise<Slice<T>>, size = 25) {
		this.size = size;
		this.slice = new Loaded(() => read({ text: this.text.peek().trim(), number: this.number.peek(), size }));
	}

	/** How many pages there are, at least one. */
	get pages(): number {
		return Math.max(1, Math.ceil((this.slice.value?.total ?? 0) / this.size));
	}

	/** Looks for something else, from the first page on, once typing pauses. */
	search(text: string): void {
		this.text.value = text;
		this.number.value = 1;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.slice.load(), typingMs);
	}

	/** Goes to a page; one that is not there is the nearest that is. */
	go(number: number): Promise<void> {
		this.number.value = Math.min(Math.max(1, number), this.pages);
		return this.slice.load();
	}

	/** Reads again after a change; a page that has become empty gives way to the one before. */
	async reload(): Promise<void> {
		await this.slice.load();
		if (this.number.peek() > this.pages) await this.go(this.pages);
	}
}
