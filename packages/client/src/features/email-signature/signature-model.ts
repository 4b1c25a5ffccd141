import { computed, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const path = "/api/inlay/v1/email/signature/me";

/** The agent's own signature, as far as they work for a queue that writes emails. */
export class SignatureModel {
	/** Absent until it is known, and for whom there is nothing to sign. */
	readonly text = signal<string | undefined>(undefined);
	readonly kept = signal("");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly isFailed = computed(() => this.why.value !== undefined);
	readonly #workspace: Workspace;
	#isOver = false;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		void this.load();
	}

	/** Never rejects. */
	async load(): Promise<void> {
		const { api } = this.#workspace.session;
		this.why.value = undefined;
		try {
			const [{ entities }, { signature }] = await Promise.all([
				api.get<{ entities: unknown[] }>("/api/inlay/v1/email/queues/me"),
				api.get<{ signature: string }>(path),
			]);
			if (this.#isOver || (entities.length === 0 && signature === "")) return;
			this.kept.value = signature;
			this.text.value = signature;
		} catch (error) {
			if (!this.#isOver) this.why.value = error;
		}
	}

	async save(): Promise<void> {
		await this.#workspace.attempt("email-signature", async () => {
			const typed = this.text.peek() ?? "";
			const body = { signature: typed };
			const { signature } = await this.#workspace.session.api.request<{ signature: string }>("PUT", path, body);
			if (this.#isOver) return;
			this.kept.value = signature;
			// What was typed meanwhile stands, and is kept next.
			if (this.text.peek() === typed) this.text.value = signature;
			this.#workspace.toasts.show({ tone: "good", text: t("saved") }, 4000);
		});
	}

	dispose(): void {
		this.#isOver = true;
	}
}
