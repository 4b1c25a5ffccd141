/** Screen pops: once per agent and inbound alerting interaction, also over a reload (framework-contract 5). */
import type { Interaction } from "@inlay/contract";
import type { KeyValueStore } from "./storage.ts";
import { readJson } from "./storage.ts";

/** Enough for days of work in one tab. */
const MOST_REMEMBERED = 500;

/** Remembers in the tab's session storage which interactions have popped for this agent. */
export class ScreenPopMemory {
	readonly #store: KeyValueStore;
	readonly #key: string;
	#popped: string[];

	constructor(store: KeyValueStore, userId: string) {
		this.#store = store;
		this.#key = `inlay.framework.popped.${userId}`;
		const kept = readJson(store, this.#key);
		this.#popped = Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : [];
	}

	/** True the first time for this interaction, and never again. */
	take(interactionId: string): boolean {
		if (this.#popped.includes(interactionId)) return false;
		this.#popped = [...this.#popped, interactionId].slice(-MOST_REMEMBERED);
		this.#store.set(this.#key, JSON.stringify(this.#popped));
		return true;
	}
}

/** Inbound work that alerts; previews of a dialler and callbacks are offered the same way. */
export function deservesScreenPop(interaction: Interaction): boolean {
	if (interaction.state !== "ALERTING") return false;
	return interaction.direction !== "Outbound" || interaction.isDialer || interaction.isCallback;
}

/** E-mail address for e-mails, phone number for the rest; the name where a chat has neither. */
export function searchStringOf(interaction: Interaction): string {
	const number = interaction.isCallback || interaction.isVoicemail ? interaction.callbackNumbers?.[0] : undefined;
	return number ?? interaction.displayAddress ?? interaction.phone ?? interaction.name ?? "";
}
