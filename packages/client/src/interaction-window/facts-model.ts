import type { Interaction } from "@inlay/contract";
import { effect, signal } from "@preact/signals";
import type { Workspace } from "../shell/workspace.ts";

/** What scripts know of an interaction, and its notes: as they are kept with its log, one text in all places. */
export class FactsModel {
	readonly interaction = signal<Interaction | undefined>(undefined);
	readonly notes = signal("");
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #clean: (() => void)[];

	constructor(workspace: Workspace, id: string) {
		this.#workspace = workspace;
		this.#id = id;
		const { callLogs } = workspace.runtime;
		const read = () => {
			this.notes.value = callLogs.store.get(id)?.notes ?? "";
		};
		read();
		this.#clean = [
			callLogs.store.subscribe(read),
			effect(() => {
				void workspace.session.conversations.sources.value;
				// Scripts' interactions follow the conversations a moment later.
				queueMicrotask(() => {
					this.interaction.value = workspace.runtime.interactions().find((one) => one.id === id);
				});
			}),
		];
	}

	write(notes: string): void {
		this.#workspace.runtime.callLogs.setNotes(this.#id, notes);
	}

	dispose(): void {
		for (const clean of this.#clean) clean();
	}
}
