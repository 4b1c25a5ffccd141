import { effect, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";
import { lastWordsKept } from "./composer-model.ts";
import { type MailDraft, pathOf } from "./mail.ts";

/** What was written and not sent when the email ended: the agent's still, to go on with or to throw away. */
export class LeftModel {
	/** Undefined where there is nothing. */
	readonly draft = signal<MailDraft | undefined>(undefined);
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #stop: () => void;
	/** The newest question's answer counts. */
	#asked = 0;
	#isOver = false;

	constructor(workspace: Workspace, conversationId: string) {
		this.#workspace = workspace;
		this.#id = conversationId;
		// The editor that this follows may go a moment later, and keeps what was typed last.
		this.#stop = effect(() => {
			lastWordsKept.value;
			void this.load();
		});
	}

	get busyKey(): string {
		return `mail.${this.#id}`;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		const { api } = this.#workspace.session;
		const asked = ++this.#asked;
		this.why.value = undefined;
		let why: unknown;
		const draft = await api.get<MailDraft>(`${pathOf(this.#id)}/draft`).catch((error: unknown) => {
			why = error;
			return undefined;
		});
		if (this.#isOver || asked !== this.#asked) return;
		this.draft.value = draft && saysSomething(draft) ? draft : undefined;
		this.why.value = why;
	}

	/** In the next conversation with the same customer. Never rejects. */
	async goOn(): Promise<void> {
		await this.#ask((path) => this.#workspace.session.api.post<{ conversationId: string }>(`${path}/draft/resume`));
	}

	/** What was sent a moment ago is a draft again, in the next conversation with the same customer. Never rejects. */
	async undo(mailId: string): Promise<void> {
		await this.#ask((path) => this.#workspace.session.api.post<MailDraft>(`${path}/messages/${mailId}/undo`));
	}

	/** Never rejects. */
	async discard(): Promise<void> {
		await this.#workspace.attempt(this.busyKey, async () => {
			await this.#workspace.session.api.request("DELETE", `${pathOf(this.#id)}/draft`);
			this.draft.value = undefined;
		});
	}

	dispose(): void {
		this.#stop();
		this.#isOver = true;
	}

	async #ask(request: (path: string) => Promise<{ conversationId: string }>): Promise<void> {
		await this.#workspace.attempt(this.busyKey, async () => {
			const { conversationId } = await request(pathOf(this.#id));
			this.draft.value = undefined;
			this.#workspace.selectedId.value = conversationId;
		});
	}
}

function saysSomething({ text, attachments }: MailDraft): boolean {
	return text.trim() !== "" || attachments.length > 0;
}
