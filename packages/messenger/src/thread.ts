import { computed, signal } from "@preact/signals";
import type { ServerMessage } from "./protocol.ts";
import type { Visitor } from "./visitor.ts";

/** What was said, as far as the page has it: the newest, and older ones as far back as was asked for. */
export class Thread {
	readonly messages = signal<readonly ServerMessage[]>([]);
	readonly hasOlder = computed(() => (this.messages.value[0]?.seq ?? 1) > 1);
	readonly unread = computed(
		() => this.messages.value.filter(({ seq, direction }) => direction === "outbound" && seq > this.#read.value).length,
	);
	/** As far as the customer has seen it. */
	readonly #read = signal(0);
	readonly #visitor: Pick<Visitor, "read" | "write">;
	/** Before which number older ones were asked for, and have not come. */
	#asked: number | undefined;

	constructor(visitor: Pick<Visitor, "read" | "write">) {
		this.#visitor = visitor;
	}

	get lastSeq(): number {
		return this.messages.peek().at(-1)?.seq ?? 0;
	}

	/** The server tells what comes after that one. */
	goOnFrom(from: number): void {
		// Of what lies between nothing comes by itself: it is asked for, from the newest back.
		if (from > this.lastSeq) this.messages.value = [];
		if (from < this.lastSeq) this.messages.value = this.messages.peek().filter(({ seq }) => seq <= from);
	}

	/** @returns whether it is new */
	add(message: ServerMessage): boolean {
		if (message.seq <= this.lastSeq) return false;
		this.messages.value = [...this.messages.peek(), message];
		return true;
	}

	/** @param ask asks for what lies before that number; @returns false where it cannot just now */
	askOlder(ask: (before: number) => boolean): void {
		const first = this.messages.peek()[0]?.seq ?? 1;
		if (first > 1 && this.#asked === undefined && ask(first)) this.#asked = first;
	}

	/** Others than those that the page has asked for to show them are not shown. */
	addOlder(older: readonly ServerMessage[]): void {
		const before = this.#asked;
		const last = older.at(-1)?.seq;
		if (before === undefined || (last !== undefined && last !== before - 1)) return;
		this.#asked = undefined;
		if (this.messages.peek()[0]?.seq === before) this.messages.value = [...older, ...this.messages.peek()];
	}

	/** What was asked before is not answered any more. */
	unanswered(): void {
		this.#asked = undefined;
	}

	/** All of it is before the customer's eyes. */
	markRead(): void {
		if (this.lastSeq <= this.#read.peek()) return;
		this.#read.value = this.lastSeq;
		this.#visitor.write("read", String(this.lastSeq));
	}

	/** As this browser has kept it for whoever is here. */
	recall(): void {
		this.#read.value = Number(this.#visitor.read("read") ?? 0);
	}

	clear(): void {
		this.messages.value = [];
		this.#read.value = 0;
	}
}
