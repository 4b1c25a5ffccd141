import type { Phones } from "../../conversations/ports.ts";
import type { XmppStream } from "./stream.ts";

type Listener = (userId: string, phone: XmppStream) => void;

/** Which users' phones are connected to this process just now. */
export class PhoneRegistry implements Phones {
	readonly #streams = new Map<string, Set<XmppStream>>();
	readonly #reachable = new Set<Listener>();
	readonly #answerable = new Set<(userId: string) => void>();
	readonly #gone = new Set<Listener>();
	readonly #answering = new Set<string>();

	isReachable(userId: string): boolean {
		return this.#streams.has(userId);
	}

	canAnswer(userId: string): boolean {
		return this.phonesOf(userId).some((phone) => phone.canAnswer);
	}

	isAnswering(participantId: string): boolean {
		return this.#answering.has(participantId);
	}

	/** Notes that a phone sets up the sound for a participant, or does so no longer. */
	setAnswering(participantId: string, isAnswering: boolean): void {
		if (isAnswering) this.#answering.add(participantId);
		else this.#answering.delete(participantId);
	}

	/** Called for every phone that connects, also when another of the same user is there already. */
	onReachable(listener: Listener): () => void {
		this.#reachable.add(listener);
		return () => this.#reachable.delete(listener);
	}

	onAnswerable(listener: (userId: string) => void): () => void {
		this.#answerable.add(listener);
		return () => this.#answerable.delete(listener);
	}

	/** A phone has said whether it can be answered. */
	answers(phone: XmppStream): void {
		if (phone.canAnswer) for (const listener of this.#answerable) listener(phone.userId);
	}

	onGone(listener: Listener): () => void {
		this.#gone.add(listener);
		return () => this.#gone.delete(listener);
	}

	phonesOf(userId: string): XmppStream[] {
		return [...(this.#streams.get(userId) ?? [])];
	}

	add(phone: XmppStream): void {
		const own = this.#streams.get(phone.userId) ?? new Set();
		if (own.has(phone)) return;
		own.add(phone);
		this.#streams.set(phone.userId, own);
		for (const listener of this.#reachable) listener(phone.userId, phone);
	}

	remove(phone: XmppStream): void {
		const own = this.#streams.get(phone.userId);
		if (!own?.delete(phone)) return;
		if (own.size === 0) this.#streams.delete(phone.userId);
		for (const listener of this.#gone) listener(phone.userId, phone);
	}
}
