import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isListed, type LiveInteraction, readInteraction } from "./interaction.ts";
import type { WireConversation } from "./wire.ts";

/** Ended conversations whose logs may still be written, and then some. */
const mostKept = 60;

/** The agent's conversations, fed by a snapshot and by events. */
export class ConversationStore {
	readonly #conversations = signal<ReadonlyMap<string, WireConversation>>(new Map());
	readonly #touched = new Set<string>();
	/** The conversations themselves; one that was not updated is the same object as before. */
	readonly sources: ReadonlySignal<readonly WireConversation[]>;
	/** As the server says it. */
	readonly told: ReadonlySignal<readonly LiveInteraction[]>;
	/** As it is: this panel's own microphone is muted before the server says so. */
	readonly all: ReadonlySignal<readonly LiveInteraction[]>;
	readonly listed: ReadonlySignal<readonly LiveInteraction[]>;
	/** False until the first snapshot has come: an empty list means nothing before that. */
	readonly loaded = signal(false);

	/** @param ownMutes by conversation: what the agent has done to the panel's own microphone, and the server does not know yet */
	constructor(userId: string, ownMutes: ReadonlySignal<ReadonlyMap<string, boolean>> = signal(new Map())) {
		this.sources = computed(() => [...this.#conversations.value.values()]);
		this.told = computed(() =>
			this.sources.value.flatMap((conversation) => readInteraction(conversation, userId) ?? []),
		);
		this.all = computed(() => {
			const mutes = ownMutes.value;
			if (mutes.size === 0) return this.told.value;
			return this.told.value.map((each) => ({ ...each, muted: mutes.get(each.id) ?? each.muted }));
		});
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
	}

	apply(conversation: WireConversation): void {
		this.#touched.add(conversation.id);
		const next = new Map(this.#conversations.peek()).set(conversation.id, conversation);
		if (next.size > mostKept) this.#forgetOldest(next);
		this.#conversations.value = next;
	}

	/** A day of calls must not fill the memory; what is still listed always stays. */
	#forgetOldest(conversations: Map<string, WireConversation>): void {
		const listed = new Set(this.listed.peek().map((interaction) => interaction.id));
		for (const id of conversations.keys()) {
			if (conversations.size <= mostKept) return;
			if (!listed.has(id)) conversations.delete(id);
		}
	}
}
