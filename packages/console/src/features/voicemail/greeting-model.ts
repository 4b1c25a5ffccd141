import { base64Of } from "@inlay/ui";
import { VoiceRecorder } from "@inlay/ui/voice-recorder";
import { computed, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";

/** What callers of a group's or a queue's mailbox hear first, as the server tells it. */
export interface Greeting {
	type: "group" | "queue";
	id: string;
	name: string;
	kind: "standard" | "recorded";
	durationMs?: number;
	url?: string;
	/** Whether its mailbox takes messages, and those that other full mailboxes cannot take. */
	takesMessages: boolean;
	takesOverflow: boolean;
	/** Whether mailboxes answer calls at all. */
	mailboxesAnswer: boolean;
}

/** What is to become of it at the next save. */
type Draft = { kind: "standard" } | { kind: "recorded"; file: Blob; url: string };

/** One greeting: heard, recorded or chosen as a file, heard again, and saved. */
export class GreetingModel {
	readonly loaded: Loaded<Greeting>;
	readonly saving = new Task();
	readonly draft = signal<Draft | undefined>(undefined);
	readonly recorder = new VoiceRecorder({
		place: () => globalThis,
		deviceId: () => undefined,
		after: (ms, task) => {
			const timer = setTimeout(task, ms);
			return () => clearTimeout(timer);
		},
	});
	/** Whether leaving loses something. */
	readonly isUnsaved = computed(() => this.draft.value !== undefined || this.recorder.state.value === "recording");
	readonly #api: Api;
	readonly #path: string;
	readonly #encode: (file: Blob) => Promise<string>;

	/** @param encode what makes base64 of a file; a browser's own, which programs that test it lack */
	constructor(api: Api, type: Greeting["type"], id: string, encode: (file: Blob) => Promise<string> = base64Of) {
		this.#api = api;
		this.#encode = encode;
		this.#path = `/api/inlay/v1/voicemail/${type}s/${encodeURIComponent(id)}/greeting`;
		this.loaded = new Loaded(() => api.request<Greeting>("GET", this.#path));
		this.recorder.state.subscribe((state) => {
			if (state === "recorded" && this.recorder.wav) this.choose(this.recorder.wav);
		});
	}

	/** A WAV file of at most a minute; nothing is saved yet. */
	choose(file: Blob): void {
		this.discard();
		this.draft.value = { kind: "recorded", file, url: URL.createObjectURL(file) };
	}

	/** The machine is to speak by itself again; nothing is saved yet. */
	chooseStandard(): void {
		this.discard();
		this.draft.value = { kind: "standard" };
	}

	discard(): void {
		const draft = this.draft.peek();
		if (draft?.kind === "recorded") URL.revokeObjectURL(draft.url);
		this.draft.value = undefined;
		this.saving.forget();
	}

	/** Whoever leaves the page is listened to no longer. */
	close(): void {
		this.recorder.dispose();
		this.discard();
	}

	async save(): Promise<boolean> {
		const draft = this.draft.peek();
		if (!draft) return false;
		const done = await this.saving.run(() => this.#send(draft));
		if (!done) return false;
		// Another one was chosen meanwhile: that is still to be saved.
		if (this.draft.peek() === draft) this.discard();
		await this.loaded.load();
		return true;
	}

	async #send(draft: Draft): Promise<unknown> {
		if (draft.kind === "standard") return this.#api.request("DELETE", this.#path);
		const body = { audio: await this.#encode(draft.file) };
		return this.#api.request("PUT", this.#path, body, { noVersion: "a greeting is recorded anew" });
	}
}
