import { mostSegments, plainCharacters, type SmsSegments, smsSegments } from "@inlay/contract/sms-segments";
import { computed, signal } from "@preact/signals";
import { ApiError, isPassing } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { ThreadMessage } from "../../session/message-thread.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { type BroughtFile, BroughtFiles } from "../canned-responses/brought-files.ts";
import { draftOf, hasArrived, keptOf, keyOf, type Tried } from "./draft.ts";
import { t } from "./strings.ts";

/** Of the agent's desk. */
const section = "message";

/** That somebody writes is told so often at most, ms (agent-features 11). */
const typingEveryMs = 3_000;

/** As long may a message be, where it is no text to a phone (platform-api 5.10; agent-features 11). */
const mostOf: Readonly<Record<string, number | undefined>> = { open: 2000, webmessaging: 4000 };

/** What the agent is writing to a customer: on their desk until it is sent, whatever becomes of this page. */
export class ComposerModel {
	readonly text = signal("");
	/** As how many texts it goes to a phone; undefined on other channels, and while there is nothing. */
	readonly size = computed<SmsSegments | undefined>(() =>
		this.#isSms && this.text.value !== "" ? smsSegments(this.text.value) : undefined,
	);
	/** Undefined for texts to phones, which are counted otherwise. */
	readonly mostCharacters: number | undefined;
	readonly isTooLong = computed(() =>
		this.mostCharacters === undefined
			? (this.size.value?.segments ?? 0) > mostSegments
			: [...this.text.value].length > this.mostCharacters,
	);
	/** Plain characters would make it another text. */
	readonly isTypographic = computed(
		() => this.size.value?.encoding === "UCS-2" && plainCharacters(this.text.value) !== this.text.value,
	);
	/** Why the server did not send it. */
	readonly refused = signal<string | undefined>(undefined);
	/** The file that is on its way, by name. */
	readonly sending = signal<string | undefined>(undefined);
	/** Whether files go by the address; undefined until its channel or the exchange says so. */
	readonly takesFiles = signal<boolean | undefined>(undefined);
	/** Files of responses that go with the text. */
	readonly brought = new BroughtFiles(
		(file) => this.takesFiles.peek() !== false && fileProblem(file) === undefined,
		() => this.#keep(this.text.peek()),
	);
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #isSms: boolean;
	readonly #typingPath: string | undefined;
	#saidTypingAt = Number.NEGATIVE_INFINITY;
	#draftId: string | undefined;
	#tried: Tried | undefined;
	#triedFile: { what: string; key: string } | undefined;
	#shown: readonly ThreadMessage[] = [];
	readonly #stop: () => void;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#id = call.id;
		const channel = channelOf(call) ?? "sms";
		this.#isSms = channel === "sms";
		this.mostCharacters = mostOf[channel];
		if (channel === "webmessaging") this.takesFiles.value = true;
		if (channel === "open") this.takesFiles.value = false;
		if (!this.#isSms)
			this.#typingPath = `/conversations/messages/${call.id}/communications/${call.communicationId}/typing`;
		const { desk } = workspace.session;
		const read = (kept: unknown) => {
			const { text, id, tried, files } = draftOf(kept);
			this.brought.read(files);
			this.text.value = text;
			this.#draftId = id;
			this.#tried = tried;
		};
		read(desk.read(call.id, section));
		this.#stop = desk.follow({
			wrote: (id, of, value) => {
				if (id === this.#id && of === section) read(value);
			},
			led: () => {},
		});
	}

	get busyKey(): string {
		return `message.${this.#id}`;
	}

	write(text: string): void {
		this.refused.value = undefined;
		this.brought.wrote(text);
		this.#keep(text);
		if (text !== "") this.#tellTyping();
	}

	makePlain(): void {
		this.write(plainCharacters(this.text.peek()));
	}

	/** Sends what stands there. Resolves true once the server has it; else the text stays. */
	async send(call: LiveInteraction): Promise<boolean> {
		const text = this.text.peek();
		const hasText = text.trim() !== "";
		if ((!hasText && this.brought.files.peek().length === 0) || this.isTooLong.peek()) return false;
		if (hasText && !(await this.#areStillThere())) return false;
		const sent = !hasText || (await this.#post(pathOf(call), { textBody: text }, this.#try(call, text)));
		if (sent && hasText) {
			this.brought.wrote("");
			this.#keep("");
		}
		this.#notice();
		return sent && (await this.#sendBrought(call));
	}

	/** A text that promises a file waits where the file has gone meanwhile. What cannot be asked now is seen when it is sent. */
	async #areStillThere(): Promise<boolean> {
		const brought = this.brought.files.peek();
		if (brought.length === 0) return true;
		let lost: readonly BroughtFile[] = [];
		await this.#workspace.attempt(this.busyKey, async () => {
			const ids = [...new Set(brought.map(({ responseId }) => responseId))];
			const there = new Map(await Promise.all(ids.map(async (id) => [id, await this.#filesOf(id)] as const)));
			lost = brought.filter(({ responseId, id }) => there.get(responseId)?.includes(id) === false);
			for (const one of lost) this.brought.lose(one);
		});
		return lost.length === 0;
	}

	/** What a response brings along now; undefined where that cannot be told. */
	async #filesOf(responseId: string): Promise<string[] | undefined> {
		try {
			const path = `/responsemanagement/responses/${encodeURIComponent(responseId)}`;
			const { assets = [] } = await this.#workspace.session.api.get<{ assets?: { id: string }[] }>(path);
			return assets.map(({ id }) => id);
		} catch (error) {
			return error instanceof ApiError && error.status === 404 ? [] : undefined;
		}
	}

	/** One after the other, so that they come in their order; what cannot go is left out by name, and the others go. */
	async #sendBrought({ id, communicationId }: LiveInteraction): Promise<boolean> {
		const path = `/api/inlay/v1/conversations/messages/${id}/communications/${communicationId}/responsefiles`;
		// Asked anew each time: whoever takes one out meanwhile does not want it sent.
		for (let next = this.brought.files.peek()[0]; next; next = this.brought.files.peek()[0]) {
			const { id: assetId, responseId, key } = next;
			let failure: unknown;
			// A key is for one path (agent-features 0.1-6): in another part of the conversation it is another sending.
			const isSent = await this.#post(path, { responseId, assetId }, keyOf(key, path, ""), (error) => {
				failure = error;
			});
			if (isSent) this.brought.drop(assetId);
			else if (!this.#setAside(next, failure)) return false;
		}
		return true;
	}

	/** Whether it is this one file that cannot go. */
	#setAside(file: BroughtFile, failure: unknown): boolean {
		if (!(failure instanceof ApiError)) return false;
		const isGone = failure.status === 404 && failure.params.entityName?.startsWith("response") === true;
		if (!isGone && !failure.code.startsWith("message.file.")) return false;
		this.refused.value = undefined;
		if (isGone) this.brought.lose(file);
		else this.brought.leave(file);
		return true;
	}

	/** The exchange shows these: what was sent after all is not offered to be sent again. */
	shows(messages: readonly ThreadMessage[], files?: boolean): void {
		this.#shown = messages;
		if (files !== undefined) this.takesFiles.value = files;
		this.brought.sort();
		this.#notice();
	}

	/** Resolves once the server has it, or has refused it. Never rejects. */
	async sendFile({ id, communicationId }: LiveInteraction, file: File): Promise<void> {
		this.refused.value = fileProblem(file);
		if (this.refused.peek() !== undefined) return;
		this.sending.value = file.name;
		const query = new URLSearchParams({ name: file.name, size: String(file.size) });
		const path = `/api/inlay/v1/conversations/messages/${id}/communications/${communicationId}/files?${query}`;
		await this.#workspace.attempt(`file.${this.busyKey}`, async () => {
			try {
				const send = () => this.#workspace.session.api.request("POST", path, file, { key: this.#keyOf(path, file) });
				await doneOnce(send());
				this.#triedFile = undefined;
			} catch (error) {
				if (!isPassing(error)) this.#triedFile = undefined;
				this.refused.value = await this.#workspace.describe(error);
			}
		});
		this.sending.value = undefined;
	}

	/** The same file, chosen again after an answer that was lost, is one message. */
	#keyOf(path: string, { name, size, lastModified }: File): string {
		const what = `${path} ${name} ${size} ${lastModified}`;
		if (this.#triedFile?.what !== what) this.#triedFile = { what, key: crypto.randomUUID() };
		return this.#triedFile.key;
	}

	/** What had failed; once at a time, whatever is pressed meanwhile. */
	sendAgain(call: LiveInteraction, { id, text }: ThreadMessage): Promise<boolean> {
		return this.#post(pathOf(call), { textBody: text, inlayAgainOf: id });
	}

	async #post(path: string, body: object, key?: string, onRefused?: (error: unknown) => void): Promise<boolean> {
		const { session } = this.#workspace;
		this.refused.value = undefined;
		const done = await this.#workspace.attempt(this.busyKey, async () => {
			try {
				await doneOnce(session.api.request("POST", path, body, { key }));
			} catch (error) {
				onRefused?.(error);
				if (key !== undefined && key === this.#tried?.key && !isPassing(error)) this.#beginAnew();
				// Said beside the text that it is about.
				this.refused.value = await this.#workspace.describe(error);
			}
		});
		return done && this.refused.peek() === undefined;
	}

	/** The key to send it with. It lives as long as the draft: a page that comes back does not send what was sent (0.1-6). */
	#try(call: LiveInteraction, text: string): string {
		const path = pathOf(call);
		this.#draftId ??= crypto.randomUUID();
		if (this.#tried?.text !== text || this.#tried.path !== path)
			this.#tried = { text, path, key: keyOf(this.#draftId, path, text), after: this.#shown.at(-1)?.id };
		const { key } = this.#tried;
		this.#keep(text);
		return key;
	}

	/** What was refused is asked for again by another key, whichever panel does it. */
	#beginAnew(): void {
		this.#tried = undefined;
		this.#draftId = undefined;
		this.#keep(this.text.peek());
	}

	#notice(): void {
		if (!this.#tried || this.#workspace.busy.peek().has(this.busyKey)) return;
		const { text } = this.#tried;
		if (text !== this.text.peek() || !hasArrived(this.#tried, this.#shown)) return;
		this.refused.value = undefined;
		this.#keep("");
	}

	dispose(): void {
		this.#stop();
	}

	/** Nobody waits for that, and it may get lost. */
	#tellTyping(): void {
		const now = performance.now();
		if (!this.#typingPath || now - this.#saidTypingAt < typingEveryMs) return;
		this.#saidTypingAt = now;
		this.#workspace.session.api.post(this.#typingPath, { typing: { type: "On" } }).catch(() => undefined);
	}

	#keep(text: string): void {
		this.text.value = text;
		if (text === "") {
			this.#tried = undefined;
			this.#draftId = undefined;
		} else this.#draftId ??= crypto.randomUUID();
		const kept = keptOf({ text, id: this.#draftId, tried: this.#tried, files: this.brought.files.peek() });
		this.#workspace.session.desk.write(this.#id, section, kept);
	}
}

/** Asked for again by the same key: the server did it, and only its answer is lost (agent-features 0.1-6). */
async function doneOnce(asked: Promise<unknown>): Promise<void> {
	try {
		await asked;
	} catch (error) {
		if (!(error instanceof ApiError && error.code === "idempotency.answer.lost")) throw error;
	}
}

const pathOf = ({ id, communicationId }: LiveInteraction) =>
	`/conversations/messages/${id}/communications/${communicationId}/messages`;

/** As the server takes them (`file-types.ts`). */
export const fileEndings = ["png", "jpg", "jpeg", "gif", "webp", "pdf", "txt"];
const mostMegabytes = 25;

/** Why a file would be refused, before it is sent. */
export function fileProblem({ name, size }: Pick<File, "name" | "size">): string | undefined {
	if (!fileEndings.includes(name.split(".").at(-1)?.toLowerCase() ?? "")) return t("fileRefused");
	return size > mostMegabytes * 1024 * 1024 ? t("fileTooLarge", { most: mostMegabytes }) : undefined;
}

/** `sms`, `open` or `webmessaging`. */
export function channelOf({ source, participantId }: LiveInteraction): string | undefined {
	const own = source.participants?.find(({ id }) => id === participantId);
	return own?.messages?.at(-1)?.type;
}
