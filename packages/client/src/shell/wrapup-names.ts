import { signal } from "@preact/signals";
import type { CallActions } from "../session/call-actions.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { WireConversation } from "../session/wire.ts";

/**
 * Events carry only the id of a wrap-up code, scripts get its name (framework-contract 7, `disposition`). A conversation
 * whose code is not known by name yet is held back, alone, until the name has come or could not be had.
 */
export class WrapupNames {
	readonly #actions: Pick<CallActions, "wrapupCodes" | "wrapupName">;
	readonly #interaction: (id: string) => LiveInteraction | undefined;
	/** Counts answers, so that whoever asked {@link ready} asks again. */
	readonly #answers = signal(0);
	readonly #asked = new Set<string>();
	readonly #given = new Set<string>();
	#told = new Map<string, WireConversation>();

	constructor(
		actions: Pick<CallActions, "wrapupCodes" | "wrapupName">,
		interaction: (id: string) => LiveInteraction | undefined,
	) {
		this.#actions = actions;
		this.#interaction = interaction;
	}

	/** The conversations as they may be told now; read it in an effect. */
	ready(conversations: readonly WireConversation[]): readonly WireConversation[] {
		void this.#answers.value;
		const told = conversations.flatMap((conversation) => {
			const waits = codesOf(conversation).some((code) => !this.#isKnown(code));
			if (waits) this.#ask(conversation);
			return waits ? (this.#told.get(conversation.id) ?? []) : conversation;
		});
		this.#told = new Map(told.map((conversation) => [conversation.id, conversation]));
		return told;
	}

	#isKnown(code: string): boolean {
		return this.#given.has(code) || this.#actions.wrapupName(code) !== undefined;
	}

	#ask(conversation: WireConversation): void {
		const codes = codesOf(conversation).filter((code) => !this.#isKnown(code));
		const key = `${conversation.id} ${codes.join(" ")}`;
		if (this.#asked.has(key)) return;
		this.#asked.add(key);
		const interaction = this.#interaction(conversation.id);
		const asking = interaction ? this.#actions.wrapupCodes(interaction) : Promise.resolve([]);
		void asking
			.catch(() => [])
			.then(() => {
				// A code that has no name to be had is told by its id.
				for (const code of codes) this.#given.add(code);
				this.#answers.value += 1;
			});
	}
}

/** Ids of codes that come without their names. */
function codesOf(conversation: WireConversation): string[] {
	return (conversation.participants ?? []).flatMap(({ wrapup, ...participant }) => {
		const legs = [
			participant.calls,
			participant.callbacks,
			participant.chats,
			participant.emails,
			participant.messages,
		];
		const given = [wrapup, ...legs.flatMap((list) => list ?? []).map((leg) => leg.wrapup)];
		return given.flatMap((each) => (each?.code && !each.name ? each.code : []));
	});
}
