import type { Interaction } from "@inlay/contract";
import type { PlatformConversation } from "../platform-conversation.ts";
import type { BuildOptions } from "./build-interaction.ts";
import { buildInteraction } from "./build-interaction.ts";

/** Builds interactions from conversations; a conversation that is the same object gives the same interaction object. */
export class ConversationProjector {
	readonly #options: BuildOptions;
	#built = new WeakMap<PlatformConversation, Interaction>();
	#attributeNames: readonly string[] = [];
	#preserveCase = false;

	constructor(options: BuildOptions) {
		this.#options = options;
	}

	/** Which attributes scripts want to see, and how; what has been built is built again. */
	configure(attributeNames: readonly string[], preserveCase: boolean): void {
		this.#attributeNames = attributeNames;
		this.#preserveCase = preserveCase;
		this.#built = new WeakMap();
	}

	/** A name has become known: what has been built is built again. */
	forget(): void {
		this.#built = new WeakMap();
	}

	project(conversations: readonly PlatformConversation[], userId: string): Interaction[] {
		return conversations.flatMap((conversation) => this.#one(conversation, userId) ?? []);
	}

	#one(conversation: PlatformConversation, userId: string): Interaction | undefined {
		const known = this.#built.get(conversation);
		if (known !== undefined) return known;
		const options = {
			...this.#options,
			attributeNames: this.#attributeNames,
			preserveAttributeCase: this.#preserveCase,
		};
		const interaction = buildInteraction(conversation, userId, options);
		if (interaction !== undefined) this.#built.set(conversation, interaction);
		return interaction;
	}
}
