import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { isListed, type LiveInteraction } from "./interaction.ts";
import type { Later } from "./next-task.ts";
import { readInteraction } from "./read-interaction.ts";
import type { WireConversation } from "./wire.ts";

/** Ended conversations whose logs may still be written, and then some. */
const mostKept = 60;

/**
 * The agent's conversations, fed by a snapshot and by events. An event is known at once to whoever reads {@link sources} or
 * asks with {@link find}; what is drawn follows in the next task, so that a script and the CRM's page hear of a call first.
 */
export class ConversationStore {
	readonly #conversations = signal<ReadonlyMap<string, WireConversation>>(new Map());
	/** The same, as far as it is drawn. */
	readonly #drawn = signal(this.#conversations.peek());
	readonly #touched = new Set<string>();
	readonly #read = new WeakMap<WireConversation, LiveInteraction>();
	readonly #userId: string;
	readonly #ownMutes: ReadonlySignal<ReadonlyMap<string, boolean>>;
	readonly #later: Later;
	/** The conversations themselves; one that was not updated is the same object as before. */
	readonly sources: ReadonlySignal<readonly WireConversation[]>;
	/** As the server says it. */
	readonly told: ReadonlySignal<readonly LiveInteraction[]>;
	/** As it is: this panel's own microphone is muted before the server says so. */
	readonly all: ReadonlySignal<readonly LiveInteraction[]>;
	readonly listed: ReadonlySignal<readonly LiveInteraction[]>;
	/** False until the first snapshot has come: an empty list means nothing before that. */
	readonly loaded = signal(false);

	/**
	 * @param ownMutes by conversation: what the agent has done to the panel's own microphone, and the server does not know yet
	 * @param later for what is drawn; at once unless told
	 */
	constructor(
		userId: string,
		ownMutes: ReadonlySignal<ReadonlyMap<string, boolean>> = signal(new Map()),
		later: Later = (task) => task(),
	) {
		this.#userId = userId;
		this.#ownMutes = ownMutes;
		this.#later = later;
		this.sources = computed(() => [...this.#conversations.value.values()]);
		this.told = computed(() => [...this.#drawn.value.values()].flatMap((one) => this.#interaction(one) ?? []));
		this.all = computed(() => this.told.value.map((each) => this.#withOwnMute(each)));
		this.listed = computed(() => this.all.value.filter(isListed));
	}

	find(id: string | undefined): LiveInteraction | undefined {
		const conversation = id === undefined ? undefined : this.#conversations.value.get(id);
		const found = conversation && this.#interaction(conversation);
		return found && this.#withOwnMute(found);
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
		batch(() => {
			this.#conversations.value = next;
			this.#draw();
			this.loaded.value = true;
		});
	}

	apply(conversation: WireConversation): void {
		// Whoever follows what is drawn sees each state that there was.
		this.#draw();
		this.#touched.add(conversation.id);
		const next = new Map(this.#conversations.peek()).set(conversation.id, conversation);
		if (next.size > mostKept) this.#forgetOldest(next);
		this.#conversations.value = next;
		this.#later(() => this.#draw());
	}

	#draw(): void {
		this.#drawn.value = this.#conversations.peek();
	}

	#interaction(conversation: WireConversation): LiveInteraction | undefined {
		const known = this.#read.get(conversation);
		if (known) return known;
		const interaction = readInteraction(conversation, this.#userId);
		if (interaction) this.#read.set(conversation, interaction);
		return interaction;
	}

	#withOwnMute(interaction: LiveInteraction): LiveInteraction {
		const muted = this.#ownMutes.value.get(interaction.id);
		return muted === undefined ? interaction : { ...interaction, muted };
	}

	/** A day of calls must not fill the memory; what is still listed always stays. */
	#forgetOldest(conversations: Map<string, WireConversation>): void {
		for (const [id, conversation] of conversations) {
			if (conversations.size <= mostKept) return;
			const interaction = this.#interaction(conversation);
			if (!interaction || !isListed(interaction)) conversations.delete(id);
		}
	}
}
