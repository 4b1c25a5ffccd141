import { computed, signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { WireWrapupCode } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/**
 * After-call work of one interaction: code, notes, Done. Lives while its form is shown. Its notes are those of the
 * interaction log, one text in both places, so they outlive the form and a reload, and the CRM gets them.
 */
export class AfterCallWork {
	readonly codes = signal<readonly WireWrapupCode[] | undefined>(undefined);
	readonly failed = signal(false);
	readonly code = signal("");
	/** The log's notes; {@link write} changes them. */
	readonly notes = signal("");
	/** True after Done was pressed without a code. */
	readonly codeMissing = signal(false);
	readonly optional: boolean;
	/** Milliseconds until the server ends the work by itself; undefined where it does not. */
	readonly remaining;
	readonly #workspace: Workspace;
	readonly #call: LiveInteraction;
	readonly #stopReading: () => void;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#call = call;
		this.optional = call.wrapupPrompt === "optional" || call.wrapupPrompt === "agentRequested";
		this.remaining = computed(() => this.#remainingMs());
		const { store } = workspace.runtime.callLogs;
		const read = () => {
			this.notes.value = store.get(call.id)?.notes ?? "";
		};
		this.#stopReading = store.subscribe(read);
		read();
		this.load();
	}

	load(): void {
		this.failed.value = false;
		this.#workspace.session.actions.wrapupCodes(this.#call).then(
			(codes) => {
				this.codes.value = codes;
				const [only] = codes;
				if (codes.length === 1 && only) this.code.value = only.id;
			},
			() => {
				this.failed.value = true;
			},
		);
	}

	choose(code: string): void {
		this.code.value = code;
		this.codeMissing.value = false;
	}

	write(notes: string): void {
		this.#workspace.runtime.callLogs.setNotes(this.#call.id, notes);
	}

	async finish(): Promise<void> {
		const code = this.codes.value?.find((each) => each.id === this.code.value);
		if (!code) {
			this.codeMissing.value = true;
			return;
		}
		const { session, toasts, runtime } = this.#workspace;
		const wrapup = { code: code.id, name: code.name, notes: this.notes.value.trim() };
		// What was typed just now goes to the CRM at once; the code follows with the `acw` event.
		void runtime.callLogs.flush(this.#call.id);
		const saved = await this.#workspace.attempt(`wrapup.${this.#call.id}`, () =>
			session.actions.wrapUp(this.#call, wrapup),
		);
		if (saved) toasts.show({ tone: "good", text: t("wrapupSaved") }, 2500);
	}

	async skip(): Promise<void> {
		await this.#workspace.attempt(`wrapup.${this.#call.id}`, () =>
			this.#workspace.session.actions.skipWrapUp(this.#call),
		);
	}

	dispose(): void {
		this.#stopReading();
	}

	#remainingMs(): number | undefined {
		const { wrapupTimeoutMs, acwStartTime, wrapupPrompt } = this.#call;
		if (!wrapupTimeoutMs || !acwStartTime || !/timeout/i.test(wrapupPrompt ?? "")) return undefined;
		return Math.max(0, Date.parse(acwStartTime) + wrapupTimeoutMs - this.#workspace.session.now.value);
	}
}
