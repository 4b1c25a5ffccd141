import { effect, signal } from "@preact/signals";
import type { Workspace } from "../../../shell/workspace.ts";
import { type Message, messagesPath } from "./message.ts";

interface Page {
	entities: Message[];
	total: number;
}

const pageSize = 25;
/** Whoever types is waited for, ms. */
const findAfterMs = 350;
/** How long what was deleted can be had back here, ms (agent-features 7). */
const undoMs = 10_000;

/** The agent's messages, and those of their groups, as far as they are shown; read anew whenever something is told of one. */
export class VoicemailModel {
	readonly list = signal<readonly Message[]>([]);
	readonly more = signal(false);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	/** Deleted a moment ago. */
	readonly deleted = signal<Message | undefined>(undefined);
	/** Which are shown: of one mailbox alone, as the server names it; what they say; what nobody has heard. */
	readonly mailbox = signal("");
	readonly text = signal("");
	readonly unread = signal(false);
	readonly #workspace: Workspace;
	readonly #stop: () => void;
	#pages = 1;
	#asked = 0;
	#endUndo = () => {};
	#endFind = () => {};

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#stop = effect(() => {
			void workspace.session.voicemailNews.value;
			void this.load();
		});
	}

	dispose(): void {
		this.#stop();
		this.#endUndo();
		this.#endFind();
	}

	async load(more = false): Promise<void> {
		if (more) this.#pages += 1;
		const turn = ++this.#asked;
		if (this.list.peek().length === 0) this.state.value = "loading";
		this.why.value = undefined;
		try {
			const page = await this.#api.get<Page>(`${messagesPath}?${this.#query()}`);
			if (turn !== this.#asked) return;
			this.list.value = page.entities;
			this.more.value = page.entities.length < page.total;
			this.state.value = "ready";
		} catch (error) {
			if (turn !== this.#asked) return;
			this.state.value = "failed";
			this.why.value = error;
		}
	}

	/** Others are looked for: from the first on. */
	find({ mailbox, text, unread }: { mailbox?: string; text?: string; unread?: boolean }): void {
		if (mailbox !== undefined) this.mailbox.value = mailbox;
		if (text !== undefined) this.text.value = text;
		if (unread !== undefined) this.unread.value = unread;
		this.#pages = 1;
		this.#endFind();
		this.#endFind = this.#workspace.session.clock.after(text === undefined ? 0 : findAfterMs, () => void this.load());
	}

	get isFiltered(): boolean {
		return this.mailbox.value !== "" || this.text.value.trim() !== "" || this.unread.value;
	}

	#query(): string {
		const query = new URLSearchParams({ pageSize: String(this.#pages * pageSize) });
		if (this.mailbox.peek()) query.set("inlayMailbox", this.mailbox.peek());
		if (this.text.peek().trim()) query.set("inlayText", this.text.peek().trim());
		if (this.unread.peek()) query.set("inlayUnread", "true");
		return query.toString();
	}

	/** Saves the sound on the agent's machine. Rejects with ApiError. */
	async download({ id }: Message): Promise<void> {
		const path = `${messagesPath}/${id}/media?formatId=WAV&inlayDownload=true`;
		const { mediaFileUri } = await this.#api.get<{ mediaFileUri: string }>(path);
		const link = document.createElement("a");
		link.href = mediaFileUri;
		link.download = "";
		link.click();
	}

	write({ id }: Message, note: string): Promise<unknown> {
		return this.#change(id, { note: note.trim() });
	}

	mark({ id }: Message, read: boolean): Promise<unknown> {
		return this.#change(id, { read });
	}

	/** Where a colleague was quicker, the list says who. */
	claim({ id }: Message, claimed: boolean): Promise<unknown> {
		return this.#api.post(`/inlay/voicemail/messages/${id}/claim`, { claimed }).catch((error: unknown) => {
			void this.load();
			throw error;
		});
	}

	/** A copy goes to a colleague, or into a group's mailbox. */
	forward({ id }: Message, to: { userId: string } | { groupId: string }, note: string): Promise<unknown> {
		return this.#api.post(messagesPath, {
			voicemailMessageId: id,
			...to,
			...(note.trim() ? { inlayNote: note.trim() } : {}),
		});
	}

	async delete(message: Message): Promise<void> {
		await this.#change(message.id, { deleted: true });
		this.#endUndo();
		this.deleted.value = message;
		this.#endUndo = this.#workspace.session.clock.after(undoMs, () => {
			this.deleted.value = undefined;
		});
	}

	async undo(): Promise<void> {
		const message = this.deleted.peek();
		if (!message) return;
		await this.#change(message.id, { deleted: false });
		this.deleted.value = undefined;
	}

	get #api() {
		return this.#workspace.session.api;
	}

	#change(id: string, change: object): Promise<unknown> {
		return this.#api.patch(`${messagesPath}/${id}`, change);
	}
}
