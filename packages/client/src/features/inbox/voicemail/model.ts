import { effect, signal } from "@preact/signals";
import type { PlayableRecording } from "../../../player/model.ts";
import type { Workspace } from "../../../shell/workspace.ts";

interface Named {
	id: string;
	name?: string;
}

/** `VoicemailMessage` of the platform, with what the server says beside it. */
export interface Message {
	id: string;
	read: boolean;
	audioRecordingDurationSeconds: number;
	createdDate: string;
	callerAddress?: string;
	callerName?: string;
	note?: string;
	group?: Named;
	copiedFrom?: { user?: Named };
	inlayReadBy?: Named & { date?: string };
	inlayClaimedBy?: Named;
}

interface Page {
	entities: Message[];
	total: number;
}

const pageSize = 25;
const messages = "/voicemail/messages";
/** How long what was deleted can be had back here, ms (agent-features 7). */
const undoMs = 10_000;

/** The agent's messages, and those of their groups, as far as they are shown; read anew whenever something is told of one. */
export class VoicemailModel {
	readonly list = signal<readonly Message[]>([]);
	readonly more = signal(false);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
	/** Deleted a moment ago. */
	readonly deleted = signal<Message | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #stop: () => void;
	#pages = 1;
	#asked = 0;
	#endUndo = () => {};

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
	}

	async load(more = false): Promise<void> {
		if (more) this.#pages += 1;
		const turn = ++this.#asked;
		if (this.list.peek().length === 0) this.state.value = "loading";
		try {
			const page = await this.#api.get<Page>(`${messages}?pageSize=${this.#pages * pageSize}`);
			if (turn !== this.#asked) return;
			this.list.value = page.entities;
			this.more.value = page.entities.length < page.total;
			this.state.value = "ready";
		} catch {
			if (turn === this.#asked) this.state.value = "failed";
		}
	}

	/** Where it is heard, and what it looks like. Rejects with ApiError. */
	async sound(message: Message): Promise<PlayableRecording & { url: string }> {
		const media = await this.#api.get<{ mediaFileUri: string; waveformData: number[] }>(
			`${messages}/${message.id}/media?formatId=WAV`,
		);
		return {
			id: message.id,
			kind: "user",
			state: "available",
			startTime: message.createdDate,
			durationMs: message.audioRecordingDurationSeconds * 1000,
			annotations: [],
			waveform: media.waveformData,
			url: media.mediaFileUri,
		};
	}

	mark({ id }: Message, read: boolean): Promise<unknown> {
		return this.#change(id, { read });
	}

	claim({ id }: Message, claimed: boolean): Promise<unknown> {
		return this.#api.post(`/inlay/voicemail/messages/${id}/claim`, { claimed });
	}

	forward({ id }: Message, userId: string, note: string): Promise<unknown> {
		return this.#api.post(messages, {
			voicemailMessageId: id,
			userId,
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
		return this.#api.patch(`${messages}/${id}`, change);
	}
}
