import type { Proposal } from "./stanza.ts";

/** States of an agent's own part in which they have already wished for the sound: answered, or dialled (whoever dialled). */
const wished: readonly string[] = ["connected", "contacting", "dialing"];

/**
 * Which calls the phone takes without a click: told so by the server, connected before a reload, or just dialled here. What
 * alerts is answered by hand, also where the agent had dialled it once and it has come back.
 */
export class UnaskedCalls {
	/** Dialled here and not heard of since. */
	readonly #dialled = new Set<string>();
	/** Answered here while they alerted, and broken before they were heard. */
	readonly #answered = new Set<string>();

	/** The agent has dialled it: the server's answer may come before the call's document. */
	dialled(conversationId: string): void {
		this.#dialled.add(conversationId);
	}

	/** The agent has answered it, and its sound broke while it was set up: what the server offers next is that answer's. */
	broke(conversationId: string): void {
		this.#answered.add(conversationId);
	}

	/** These alert: of any other the answer counts no longer. */
	alerting(conversationIds: ReadonlySet<string>): void {
		for (const id of this.#answered) if (!conversationIds.has(id)) this.#answered.delete(id);
	}

	/** @param state of the agent's own part in the call, as far as this panel has heard of it */
	goes({ autoAnswer, conversationId }: Pick<Proposal, "autoAnswer" | "conversationId">, state: string | undefined) {
		if (autoAnswer || (this.#answered.has(conversationId) && (state ?? "alerting") === "alerting")) return true;
		return state === undefined ? this.#dialled.has(conversationId) : wished.includes(state);
	}

	/** Its sound is set up, or its document is here, which tells more: the dialling counts no longer. */
	heardOf(conversationId: string): void {
		this.#dialled.delete(conversationId);
	}
}
