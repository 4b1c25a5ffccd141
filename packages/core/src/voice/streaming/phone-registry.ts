import type { Phones } from "../../conversations/ports.ts";
import type { XmppStream } from "./stream.ts";

/** Which users' phones are connected to this process just now. */
export class PhoneRegistry implements Phones {
	readonly #streams = new Map<string, Set<XmppStream>>();
	readonly #reachable = new Set<(userId: string) => void>();
	readonly #gone = new Set<(userId: string, stream: XmppStream) => void>();

	isReachable(userId: string): boolean {
		return this.#streams.has(userId);
	}

	/** Called for every phone that connects, also when another of the same user is there already. */
	onReachable(listener: (userId: string) => void): () => void {
		this.#reachable.add(listener);
		return () => this.#reachable.delete(listener);
	}

	onGone(listener: (userId: string, stream: XmppStream) => void): () => void {
		this.#gone.add(listener);
		return () => this.#gone.delete(listener);
	}

	phonesOf(userId: string): XmppStream[] {
		return [...(this.#streams.get(userId) ?? [])];
	}

	add(stream: XmppStream): void {
		const own = this.#streams.get(stream.userId) ?? new Set();
		own.add(stream);
		this.#streams.set(stream.userId, own);
		for (const listener of this.#reachable) listener(stream.userId);
	}

	remove(stream: XmppStream): void {
		const own = this.#streams.get(stream.userId);
		if (!own?.delete(stream)) return;
		if (own.size === 0) this.#streams.delete(stream.userId);
		for (const listener of this.#gone) listener(stream.userId, stream);
	}
}
