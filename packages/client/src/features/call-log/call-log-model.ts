import type { Association, AssociationType } from "@inlay/contract";
import { oneLine } from "@inlay/ui";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type CallLogState, isUnsaved } from "../../framework/call-log/store.ts";
import { outcomeWord } from "../../shell/outcome-text.ts";
import { talkedText } from "../../shell/talked-text.ts";
import { whenText } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

export type SaveState = "saved" | "saving" | "unsaved" | "failed";

/** The interaction logs as the agent edits them. Lives while the view is shown; the logs themselves outlive it. */
export class CallLogModel {
	readonly logs = signal<readonly CallLogState[]>([]);
	readonly chosenId = signal<string | undefined>(undefined);
	/** The chosen log; else the selected interaction's, else the newest. */
	readonly current: ReadonlySignal<CallLogState | undefined>;
	readonly #workspace: Workspace;
	readonly #unsubscribe: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		const { store } = workspace.runtime.callLogs;
		const read = () => {
			this.logs.value = [...store.all()];
		};
		this.#unsubscribe = store.subscribe(read);
		read();
		this.current = computed(() => {
			const find = (id: string | undefined) => this.logs.value.find((log) => log.interactionId === id);
			return find(this.chosenId.value) ?? find(workspace.selectedId.value) ?? this.newestFirst[0];
		});
	}

	/** By when their calls began; those of which that is not known stand last. */
	get newestFirst(): readonly CallLogState[] {
		return this.logs.value.toReversed().toSorted((a, b) => this.#startOf(b).localeCompare(this.#startOf(a)));
	}

	/** Whether the CRM gets the logs. */
	get areSaved(): boolean {
		return this.#workspace.runtime.callLogs.areSaved;
	}

	/** Whether the CRM can show a log's record. */
	get canOpen(): boolean {
		return this.#workspace.runtime.callLogs.canOpen;
	}

	/** A log's title: its subject, or who it was; never an id. */
	titleOf(log: CallLogState): string {
		return log.subject || this.#nameOf(log) || t("unknown");
	}

	/** A log's line in the list: when it was, who, and what became of it. */
	lineOf(log: CallLogState): string {
		const past = this.#pastOf(log);
		const start = this.#startOf(log);
		const time = start && whenText(start, this.#workspace.session.time.now());
		const outcome = past && outcomeWord(past, this.#workspace.numbers);
		return oneLine([time, this.titleOf(log), outcome]);
	}

	/** How long the agent talked, and how it ended; a call that never was has no duration. */
	factsOf(log: CallLogState): string {
		const past = this.#pastOf(log);
		if (!past) return "";
		return oneLine([outcomeWord(past, this.#workspace.numbers), talkedText(past)]);
	}

	/** ISO; empty where it is not known. */
	#startOf(log: CallLogState): string {
		return this.#liveOf(log)?.startTime ?? this.#pastOf(log)?.startTime ?? log.startTime ?? "";
	}

	#nameOf(log: CallLogState): string {
		const live = this.#liveOf(log);
		if (live) return this.#workspace.nameOf(live);
		const past = this.#pastOf(log);
		return past ? this.#workspace.whoOf(past) : "";
	}

	#liveOf({ interactionId }: CallLogState) {
		return this.#workspace.session.conversations.find(interactionId);
	}

	#pastOf({ interactionId }: CallLogState) {
		// A ring after the talk stands before it, newest first; the log is the talk's.
		return this.#workspace.session.recent.all.value.findLast(({ id }) => id === interactionId);
	}

	setSubject(log: CallLogState, subject: string): void {
		this.#workspace.runtime.callLogs.setSubject(log.interactionId, subject);
	}

	setNotes(log: CallLogState, notes: string): void {
		this.#workspace.runtime.callLogs.setNotes(log.interactionId, notes);
	}

	select(log: CallLogState, type: AssociationType, id: string): void {
		const list: readonly Association[] = type === "contact" ? log.contacts : log.relations;
		const found = list.find((each) => String(each.id) === id);
		if (found) this.#workspace.runtime.callLogs.select(log.interactionId, found);
	}

	save(log: CallLogState): void {
		void this.#workspace.runtime.callLogs.save(log.interactionId);
	}

	/** The arrow: shows the log's record in the CRM. */
	open(log: CallLogState): void {
		void this.#workspace.attempt(`log.${log.interactionId}`, () =>
			this.#workspace.runtime.callLogs.open(log.interactionId),
		);
	}

	dispose(): void {
		this.#unsubscribe();
	}
}

export function saveStateOf(log: CallLogState): SaveState {
	if (log.saving === "saving") return "saving";
	if (log.saving === "failed") return "failed";
	return isUnsaved(log) ? "unsaved" : "saved";
}
