import { computed, effect, signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { WireWrapupCode } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** After-call work of one interaction: code, notes, Done. Lives while its form is shown; what is typed outlives it. */
export class AfterCallWork {
	readonly codes = signal<readonly WireWrapupCode[] | undefined>(undefined);
	readonly failed = signal(false);
	readonly code = signal("");
	readonly notes = signal("");
	/** True after Done was pressed without a code. */
	readonly codeMissing = signal(false);
	readonly optional: boolean;
	/** Milliseconds until the server ends the work by itself; undefined where it does not. */
	readonly remaining;
	readonly #workspace: Workspace;
	readonly #call: LiveInteraction;
	readonly #stopKeeping: () => void;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#call = call;
		this.optional = call.wrapupPrompt === "optional" || call.wrapupPrompt === "agentRequested";
		this.remaining = computed(() => this.#remainingMs());
		this.notes.value = this.#readDraft() ?? workspace.runtime.callLogs.store.get(call.id)?.notes ?? "";
		this.#stopKeeping = effect(() => this.#keepDraft(this.notes.value));
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

	async finish(): Promise<void> {
		const code = this.codes.value?.find((each) => each.id === this.code.value);
		if (!code) {
			this.codeMissing.value = true;
			return;
		}
		const { session, toasts } = this.#workspace;
		const wrapup = { code: code.id, name: code.name, notes: this.notes.value.trim() };
		this.#copyToCallLog(wrapup.notes);
		const saved = await this.#workspace.attempt(`wrapup.${this.#call.id}`, () =>
			session.actions.wrapUp(this.#call, wrapup),
		);
		if (!saved) return;
		this.notes.value = "";
		toasts.show({ tone: "good", text: t("wrapupSaved") }, 2500);
	}

	async skip(): Promise<void> {
		await this.#workspace.attempt(`wrapup.${this.#call.id}`, () =>
			this.#workspace.session.actions.skipWrapUp(this.#call),
		);
	}

	/** The form began with the log's notes: what they have become goes to the CRM too. */
	#copyToCallLog(notes: string): void {
		const { callLogs } = this.#workspace.runtime;
		const log = callLogs.store.get(this.#call.id);
		if (log && notes && notes !== log.notes) callLogs.setNotes(this.#call.id, notes);
	}

	dispose(): void {
		this.#stopKeeping();
	}

	#remainingMs(): number | undefined {
		const { wrapupTimeoutMs, acwStartTime, wrapupPrompt } = this.#call;
		if (!wrapupTimeoutMs || !acwStartTime || !/timeout/i.test(wrapupPrompt ?? "")) return undefined;
		return Math.max(0, Date.parse(acwStartTime) + wrapupTimeoutMs - this.#workspace.session.now.value);
	}

	get #draftKey(): string {
		return `inlay.wrapup.${this.#call.id}`;
	}

	/** Notes survive a reload of the panel in the middle of the work. */
	#keepDraft(notes: string): void {
		try {
			if (notes) sessionStorage.setItem(this.#draftKey, notes);
			else sessionStorage.removeItem(this.#draftKey);
		} catch {
			// Storage is blocked in this frame; the notes live as long as the page.
		}
	}

	#readDraft(): string | undefined {
		try {
			return sessionStorage.getItem(this.#draftKey) ?? undefined;
		} catch {
			return undefined;
		}
	}
}
