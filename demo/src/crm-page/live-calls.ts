import type { Interaction, InteractionChange } from "@inlay/contract";
import { computed, signal } from "@preact/signals";

/** The agent's running calls as the panel reports them. After a reload the panel reports them anew. */
export class LiveCalls {
	readonly all = signal<readonly Interaction[]>([]);
	readonly #selectedId = signal<string | undefined>(undefined);

	/** The call that wants an answer. */
	readonly ringing = computed(() => this.#live().find(isRinging));

	/** The call that the agent is in: the one selected in the panel, else the first. A ring does not take its place. */
	readonly running = computed(() => {
		const running = this.#live().filter((call) => !isRinging(call));
		return running.find((call) => call.id === this.#selectedId.value) ?? running[0];
	});

	/** Is the agent in another call than this one, or rung by one? */
	hasOther(id: string): boolean {
		return this.#live().some((call) => call.id !== id);
	}

	/** An interaction message of the panel. `change` carries old and new, other categories the interaction or its id. */
	report(category: string, data: Interaction | InteractionChange | string | undefined): void {
		const interaction = readInteraction(data);
		const id = interaction?.id ?? (typeof data === "string" ? data : undefined);
		if (!id) return;
		const others = this.all.value.filter((call) => call.id !== id);
		const isOver = category === "deallocate" || category === "acw" || !interaction || interaction.isDone;
		this.all.value = isOver ? others : [...others, interaction];
	}

	select(id: string | undefined): void {
		this.#selectedId.value = id;
	}

	#live(): readonly Interaction[] {
		return this.all.value.filter((call) => !call.isDisconnected);
	}

	/** The panel's agent has left. */
	clear(): void {
		this.all.value = [];
	}
}

function isRinging({ state }: Interaction): boolean {
	return state === "ALERTING";
}

function readInteraction(data: Interaction | InteractionChange | string | undefined): Interaction | undefined {
	if (typeof data !== "object" || data === null) return undefined;
	return "new" in data ? data.new : data;
}
