/** What the rest of the panel tells scripts in passing: nothing here asks for an answer, or changes what the runtime does. */
import type { CallbackView, Interaction, InteractionMessage, SubscriptionType, ToldCategory } from "@inlay/contract";
import type { CobrowseView } from "@inlay/contract/cobrowse/session";
import type { UiAction } from "./runtime-types.ts";

export interface ScriptNewsParts {
	/** Tells subscribers, once the script is set up. */
	tell: (type: SubscriptionType, category: ToldCategory, data: unknown) => void;
	interaction: (id: string) => Interaction | undefined;
	/** Calls the script's `screenPop`. */
	pop: (interaction: Interaction, searchString: string) => void;
}

/** What a script that the agent follows wants to be shown beside the panel (agent-features 17, "open URL = screen pop"). */
export interface ScriptPop {
	/** Of the interaction. */
	id: string;
	url?: string;
	searchString?: string;
	/** Name of the script's page. */
	page: string;
}

export class ScriptNews {
	readonly #tell: ScriptNewsParts["tell"];
	readonly #interaction: ScriptNewsParts["interaction"];
	readonly #pop: ScriptNewsParts["pop"];
	/** A session and how far it was, as scripts were told last: whether its page is away is no step. */
	#cobrowseTold = "";

	constructor({ tell, interaction, pop }: ScriptNewsParts) {
		this.#pop = pop;
		this.#tell = tell;
		this.#interaction = interaction;
	}

	/** The host should show the interaction window. */
	interactionWindow(reason: string): void {
		this.#tell("Notification", "interactionWindow", { reason });
	}

	/** The script hears of it as `Notification` `uiAction`. */
	uiAction(action: UiAction): void {
		this.#tell("Notification", "uiAction", action);
	}

	/** All messages of the interaction, the oldest first. */
	messagesUpdated(interactionId: string, messages: readonly InteractionMessage[]): void {
		const interaction = this.#interaction(interactionId);
		const told = { ...interaction, id: interactionId, messages };
		this.#tell("Notification", interaction?.isChat ? "chatUpdate" : "messageUpdate", told);
	}

	transcribed(piece: Record<string, unknown>): void {
		this.#tell("Notification", "conversationTranscription", piece);
	}

	/** What was told of one of the agent's callbacks; scripts that name `inlay:callback` hear of it. */
	callbackChanged({ id, state, scheduledAt, zone, numbers, ownerId }: CallbackView): void {
		this.#tell("Interaction", "inlay:callback", { id, state, scheduledAt, zone, numbers, ownerId });
	}

	/** A page is shared, or no longer; scripts that name `inlay:cobrowse` hear of it. */
	cobrowseChanged({ id: sessionId, conversationId: id, state }: CobrowseView): void {
		const step = `${sessionId} ${state}`;
		if (step === this.#cobrowseTold) return;
		this.#cobrowseTold = step;
		this.#tell("Interaction", "inlay:cobrowse", { id, sessionId, state, controlling: state === "controlling" });
	}

	/** Scripts that name `inlay:scriptPop` hear of it. @param again every script's `screenPop` is called, too */
	scriptPopped(pop: ScriptPop, again: boolean): void {
		this.#tell("Interaction", "inlay:scriptPop", pop);
		const interaction = this.#interaction(pop.id);
		if (again && interaction && pop.searchString) this.#pop(interaction, pop.searchString);
	}

	/** Scripts that name `inlay:forwarding` hear of it. */
	forwardingChanged(forwarding: { enabled: boolean; summary: string }): void {
		this.#tell("UserAction", "inlay:forwarding", forwarding);
	}

	/** Scripts that name `inlay:voicemail` hear of it. */
	voicemailChanged({ unread, newest }: { unread: number; newest?: object | undefined }): void {
		this.#tell("UserAction", "inlay:voicemail", { unread, ...(newest ? { newest } : {}) });
	}
}
