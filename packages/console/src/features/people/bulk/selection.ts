import { computed, signal } from "@preact/signals";
import type { User } from "../../../session/wire.ts";

/** People who were chosen in a list, on whatever of its pages. */
export class Selection {
	readonly #chosen = signal<ReadonlyMap<string, User>>(new Map());
	readonly people = computed(() => [...this.#chosen.value.values()]);

	has(id: string): boolean {
		return this.#chosen.value.has(id);
	}

	set(people: readonly User[], chosen: boolean): void {
		const next = new Map(this.#chosen.peek());
		for (const person of people) {
			if (chosen) next.set(person.id, person);
			else next.delete(person.id);
		}
		this.#chosen.value = next;
	}

	clear(): void {
		this.#chosen.value = new Map();
	}
}
