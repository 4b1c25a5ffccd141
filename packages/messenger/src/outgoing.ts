import { signal } from "@preact/signals";
import type { Memory } from "./memory.ts";
import { type Unsent, unsentOf } from "./unsent.ts";
import type { Visitor } from "./visitor.ts";

/** What the customer has written and the server has not confirmed, in the order in which it was written. */
export class Outgoing {
	readonly unsent = signal<readonly Unsent[]>([]);
	readonly #memory: Memory;
	readonly #visitor: Pick<Visitor, "write">;
	/** What others have not sent who were here before, by whose it is: files and refusals are kept nowhere else. */
	readonly #others = new Map<string, readonly Unsent[]>();

	constructor(memory: Memory, visitor: Pick<Visitor, "write">) {
		this.#memory = memory;
		this.#visitor = visitor;
	}

	/** A file is held by this page alone until it is sent. */
	add(one: Unsent): void {
		if (!one.file) this.#visitor.write(nameOf(one.clientId), JSON.stringify(one));
		this.unsent.value = [...this.unsent.peek(), one];
	}

	drop(clientId: string): void {
		this.#visitor.write(nameOf(clientId), undefined);
		this.unsent.value = this.unsent.peek().filter((one) => one.clientId !== clientId);
	}

	dropAll(): void {
		for (const { clientId } of this.unsent.peek()) this.drop(clientId);
	}

	/** It will not be sent. */
	fail(clientId: string, why: string): void {
		this.#visitor.write(nameOf(clientId), undefined);
		this.unsent.value = this.unsent.peek().map((one) => (one.clientId === clientId ? { ...one, failed: why } : one));
	}

	find(clientId: string): Unsent | undefined {
		return this.unsent.peek().find((one) => one.clientId === clientId);
	}

	/** What has still a chance. */
	waiting(): Unsent[] {
		return this.unsent.peek().filter(({ failed }) => failed === undefined);
	}

	/** Whoever was here has gone, and may come again. */
	setAside(who: string): void {
		this.#others.set(who, this.unsent.peek());
	}

	/** What is kept for that one; nothing where nobody knows who it is. */
	recall(who: string | undefined): void {
		this.unsent.value = who === undefined ? [] : (this.#others.get(who) ?? unsentOf(this.#memory, who));
	}
}

function nameOf(clientId: string): string {
	return `unsent.${clientId}`;
}
