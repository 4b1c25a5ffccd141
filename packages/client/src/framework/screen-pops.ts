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
