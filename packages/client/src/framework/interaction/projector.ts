import type { Interaction } from "@inlay/contract";
import type { PlatformConversation } from "../platform-conversation.ts";
import type { BuildOptions } from "./build-interaction.ts";
import { buildInteraction } from "./build-interaction.ts";

type SeenByScripts = Pick<
	BuildOptions,
	"attributeNames" | "preserveAttributeCase" | "webMessagesAreChats" | "writtenInHand" | "voicemailIsCallback"
>;

/** Builds interactions from conversations; a conversation that is the same object gives the same interaction object. */
export class ConversationProjector {
	readonly #options: BuildOptions;
	#built = new WeakMap<PlatformConversation, Interaction>();
	#seen: SeenByScripts = {};

	constructor(options: BuildOptions) {
		this.#options = options;
	}

	/** What scripts want to see, and how; what has been built is built again. */
	configure(seen: SeenByScripts): void {
		this.#seen = seen;
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
		const interaction = buildInteraction(conversation, userId, { ...this.#options, ...this.#seen });
		if (interaction !== undefined) this.#built.set(conversation, interaction);
		return interaction;
	}
}
