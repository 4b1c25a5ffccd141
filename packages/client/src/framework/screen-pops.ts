/** Screen pops: once per agent and ring of an inbound interaction, whatever is reloaded and however many panels there are (framework-contract 5). */
import type { Interaction } from "@inlay/contract";
import type { DeskPort } from "./ports.ts";

/** The desk's section. */
const section = "pop";

/** Pops where this panel leads and nobody has popped before. */
export class ScreenPops {
	readonly #desk: DeskPort;
	readonly #pop: (interaction: Interaction) => void;
	readonly #asked = new Set<string>();

	constructor(desk: DeskPort, pop: (interaction: Interaction) => void) {
		this.#desk = desk;
		this.#pop = pop;
	}

	/**
	 * As often as an interaction is seen alerting.
	 * @param ring the agent's part that alerts: who is offered it a second time has looked at something else meanwhile
	 */
	alerting(interaction: Interaction, ring: string): void {
		const asked = `${interaction.id}/${ring}`;
		if (this.#asked.has(asked) || !this.#desk.leads()) return;
		this.#asked.add(asked);
		const first = this.#desk.claim(interaction.id, section, ring);
		// At once where that is sure: the agent is being rung.
		if (first === true) this.#pop(interaction);
		else if (first) void first.then((isFirst) => isFirst && this.#pop(interaction));
	}
}

/**
 * Inbound work that alerts; previews of a dialler and callbacks are offered the same way. What a campaign puts through to the
 * agent does not ring first (agent-features 0.2).
 */
export function deservesScreenPop(interaction: Interaction): boolean {
	if (interaction.isDialer && interaction.isConnected && !interaction.isDisconnected) return true;
	if (interaction.state !== "ALERTING") return false;
	return interaction.direction !== "Outbound" || interaction.isDialer || interaction.isCallback;
}

/** E-mail address for e-mails, phone number for the rest; the name where a chat has neither. */
export function searchStringOf(interaction: Interaction): string {
	const number = interaction.isCallback || interaction.isVoicemail ? interaction.callbackNumbers?.[0] : undefined;
	return number ?? interaction.displayAddress ?? interaction.phone ?? interaction.name ?? "";
}
