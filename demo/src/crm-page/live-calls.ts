import type { Interaction, InteractionChange } from "@inlay/contract";
import { computed, signal } from "@preact/signals";

/** The agent's running calls as the panel reports them. After a reload the panel reports them anew. */
export class LiveCalls {
	readonly all = signal<readonly Interaction[]>([]);
	readonly #selectedId = signal<string | undefined>(undefined);

	/** The call that the bar shows: a ringing one first, else the one selected in the panel, else the first. */
	readonly current = computed(() => {
		const running = this.all.value.filter((call) => !call.isDisconnected);
		const selected = running.find((call) => call.id === this.#selectedId.value);
		return running.find((call) => call.state === "ALERTING") ?? selected ?? running[0];
	});

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

	/** The panel's agent has left. */
	clear(): void {
		this.all.value = [];
	}
}

function readInteraction(data: Interaction | InteractionChange | string | undefined): Interaction | undefined {
	if (typeof data !== "object" || data === null) return undefined;
	return "new" in data ? data.new : data;
}
