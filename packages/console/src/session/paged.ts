import { batch, computed, signal } from "@preact/signals";
import type { Addressed, Place } from "./addressed.ts";
import { Loaded } from "./load.ts";

/** One page of a long list, and how long the list is. */
export interface Slice<T> {
	entities: T[];
	total: number;
}

interface Asked {
	text: string;
	number: number;
	size: number;
	/** A field of what is listed, with a minus before it for the other direction; empty for the list's own order. */
	order: string;
}

/** Milliseconds without a key after which what was typed is looked for. */
const typingMs = 250;

/**
 * A list that is searched and paged on the server: only one page of it is ever here. What was found stays on the screen
 * while the next is read; an answer that is overtaken by a newer question is not shown.
 */
export class Paged<T> implements Addressed {
	readonly text = signal("");
	/** From 1. */
	readonly number = signal(1);
	/** See {@link Asked}. */
	readonly order = signal("");
	readonly size: number;
	readonly slice: Loaded<Slice<T>>;
	readonly steps = signal(0);
	readonly place = computed<Place>(() => ({
		...(this.text.value === "" ? {} : { text: this.text.value }),
		...(this.number.value === 1 ? {} : { page: String(this.number.value) }),
		...(this.order.value === "" ? {} : { order: this.order.value }),
	}));
	readonly #ask: (asked: Asked) => Promise<Slice<T>>;
	#wasRead = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(read: (asked: Asked) => Promise<Slice<T>>, size = 25) {
		this.size = size;
		this.#ask = read;
		this.slice = new Loaded(() => this.#read());
	}

	/** How many pages there are, at least one. */
	get pages(): number {
		return this.#pagesOf(this.slice.value?.total ?? 0);
	}

	/** Looks for something else, from the first page on, once typing pauses. */
	search(text: string): void {
		batch(() => {
			this.text.value = text;
			this.number.value = 1;
		});
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.slice.load(), typingMs);
	}

	/** Goes to a page; one that is not there is the nearest that is. */
	go(number: number): Promise<void> {
		batch(() => {
			this.steps.value++;
			this.number.value = Math.min(Math.max(1, number), this.pages);
		});
		return this.slice.load();
	}

	/** Begins anew, in another order. */
	sort(order: string): Promise<void> {
		batch(() => {
			this.order.value = order;
			this.number.value = 1;
		});
		return this.slice.load();
	}

	/** Reads again after a change. */
	reload(): Promise<void> {
		return this.slice.load();
	}

	/** @param isOther that something else is asked for now, beside text and page */
	restore({ text = "", page = "1", order = "" }: Place, isOther = false): void {
		const number = /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1;
		const isSame = text === this.text.peek() && number === this.number.peek() && order === this.order.peek();
		if (!isOther && isSame) return;
		clearTimeout(this.#timer);
		batch(() => {
			this.text.value = text;
			this.number.value = number;
			this.order.value = order;
		});
		if (this.#wasRead) void this.slice.load();
	}

	/** A page beyond the last one, of an old address or emptied by a change, gives way to the last. */
	async #read(): Promise<Slice<T>> {
		this.#wasRead = true;
		const [text, number] = [this.text.peek(), this.number.peek()];
		const order = this.order.peek();
		const found = await this.#ask({ text: text.trim(), number, size: this.size, order });
		const last = this.#pagesOf(found.total);
		const isOvertaken = text !== this.text.peek() || number !== this.number.peek() || order !== this.order.peek();
		if (number <= last || isOvertaken) return found;
		this.number.value = last;
		return this.#read();
	}

	#pagesOf(total: number): number {
		return Math.max(1, Math.ceil(total / this.size));
	}
}
