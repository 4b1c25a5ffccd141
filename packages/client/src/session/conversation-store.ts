import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isListed, type LiveInteraction, readInteraction } from "./interaction.ts";
import type { WireConversation } from "./wire.ts";

/** What changed, for those who react to changes rather than to states. */
export type ConversationListener = (conversation: WireConversation) => void;

/** The agent's conversations, fed by a snapshot and by events. */
export class ConversationStore {
	readonly #conversations = signal<ReadonlyMap<string, WireConversation>>(new Map());
	readonly #listeners = new Set<ConversationListener>();
	readonly #touched = new Set<string>();
	/** The conversations themselves; one that was not updated is the same object as before. */
	readonly sources: ReadonlySignal<readonly WireConversation[]>;
	readonly all: ReadonlySignal<readonly LiveInteraction[]>;
	readonly listed: ReadonlySignal<readonly LiveInteraction[]>;
	/** False until the first snapshot has come: an empty list means nothing before that. */
	readonly loaded = signal(false);

	constructor(userId: string) {
		this.sources = computed(() => [...this.#conversations.value.values()]);
		this.all = computed(() =>
			this.sources.value.flatMap((conversation) => readInteraction(conversation, userId) ?? []),
		);
		this.listed = computed(() => this.all.value.filter(isListed));
	}

	find(id: string | undefined): LiveInteraction | undefined {
		return this.all.value.find((interaction) => interaction.id === id);
	}

	/** Starts a snapshot: from now on, events win over what the snapshot will say. */
	beginSnapshot(): void {
		this.#touched.clear();
	}

	/** Takes a snapshot. Conversations that it no longer names have ended while we were away, and go. */
	takeSnapshot(conversations: readonly WireConversation[]): void {
		const before = this.#conversations.peek();
		const next = new Map<string, WireConversation>();
		for (const conversation of conversations) {
			const newer = this.#touched.has(conversation.id) ? before.get(conversation.id) : undefined;
			next.set(conversation.id, newer ?? conversation);
		}
		for (const id of this.#touched) {
			const touched = before.get(id);
			if (touched) next.set(id, touched);
		}
		this.#conversations.value = next;
		this.loaded.value = true;
		for (const conversation of next.values()) if (!this.#touched.has(conversation.id)) this.#announce(conversation);
	}

	apply(conversation: WireConversation): void {
		this.#touched.add(conversation.id);
		this.#conversations.value = new Map(this.#conversations.peek()).set(conversation.id, conversation);
		this.#announce(conversation);
	}

	onConversation(listener: ConversationListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#announce(conversation: WireConversation): void {
		for (const listener of this.#listeners) listener(conversation);
	}
}
