import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** A queue on whose behalf the agent writes texts. */
export interface TextQueue {
	id: string;
	name: string;
	/** The number that customers see. */
	address: string;
	/** All of them, where there are several; the first one is that of who says nothing else. */
	addresses?: string[];
}

/** Whom a text is to be written to, and on whose behalf. */
export class SmsModel {
	/** Undefined until they are known. */
	readonly queues = signal<readonly TextQueue[] | undefined>(undefined);
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly failed = computed(() => this.why.value !== undefined);
	readonly text = signal("");
	readonly queueId = signal("");
	/** By which of the queue's numbers; the first one where it is empty. */
	readonly from = signal("");
	/** Why the server does not let it begin. */
	readonly refused = signal<string | undefined>(undefined);
	/** ISO 8601: there is a conversation of then, and the agent is asked whether to go on with it. */
	readonly openSince = signal<string | undefined>(undefined);
	/** E.164; undefined where the text is no number of one phone. */
	readonly number: ReadonlySignal<string | undefined>;
	readonly #workspace: Workspace;
	readonly #stopFilling: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		void workspace.numbers.load().catch(() => undefined);
		this.number = computed(() => this.#number());
		this.#stopFilling = effect(() => {
			const draft = workspace.draft.value;
			if (draft?.type !== "sms") return;
			this.input(draft.address);
			if (draft.queueId) this.queueId.value = draft.queueId;
		});
		void this.load();
	}

	get offered(): boolean {
		return (this.queues.value?.length ?? 0) > 0;
	}

	get isReady(): boolean {
		return this.number.value !== undefined && this.#queue() !== undefined;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		this.why.value = undefined;
		try {
			const path = "/api/inlay/v1/messaging/queues/me";
			const { entities } = await this.#workspace.session.api.get<{ entities: TextQueue[] }>(path);
			this.queues.value = entities;
			if (!this.#queue()) this.queueId.value = this.#proposed(entities);
		} catch (error) {
			this.why.value = error;
		}
	}

	input(text: string): void {
		this.text.value = text;
		this.#ask();
	}

	choose(queueId: string): void {
		this.queueId.value = queueId;
		this.from.value = "";
		this.#ask();
	}

	chooseFrom(address: string): void {
		this.from.value = address;
		this.#ask();
	}

	/** The numbers of the queue, where there is a choice. */
	get numbers(): readonly string[] {
		return this.#queue()?.addresses ?? [];
	}

	/** Nothing has been asked of what stands there now. */
	#ask(): void {
		this.refused.value = undefined;
		this.openSince.value = undefined;
	}

	/** Begins the conversation, or goes on with the one that there is, and shows it. */
	async compose(goOn = false): Promise<void> {
		const number = this.number.peek();
		const queue = this.#queue();
		if (!number || !queue) return;
		this.#ask();
		await this.#workspace.attempt("compose", async () => {
			try {
				await this.#begin(queue.id, number, goOn);
			} catch (error) {
				const isOpen = error instanceof ApiError && error.code === "message.conversation.open";
				if (isOpen) this.openSince.value = error.params.date ?? "";
				else this.refused.value = await this.#workspace.describe(error);
			}
		});
	}

	dispose(): void {
		this.#stopFilling();
	}

	async #begin(queueId: string, toAddress: string, goOn: boolean): Promise<void> {
		const { session, draft, selectedId, view } = this.#workspace;
		const { id } = await session.api.post<{ id: string }>("/conversations/messages", {
			queueId,
			toAddress,
			toAddressMessengerType: "sms",
			...(this.from.peek() === "" ? {} : { inlayFromAddress: this.from.peek() }),
			...(goOn ? { useExistingConversation: true } : {}),
		});
		this.#workspace.usedTextQueue(queueId);
		const given = draft.peek();
		draft.value = undefined;
		selectedId.value = id;
		view.value = "interactions";
		if (given?.type === "sms" && Object.keys(given.attributes).length > 0) await this.#attach(id, given.attributes);
	}

	/** What the script wants to travel with it, as with a call. */
	async #attach(id: string, attributes: Record<string, string>): Promise<void> {
		const { session } = this.#workspace;
		const conversation = await session.conversation(id);
		const customer = conversation?.participants?.find(({ purpose }) => purpose === "customer");
		if (customer?.id)
			await session.api.patch(`/conversations/${id}/participants/${customer.id}/attributes`, { attributes });
	}

	#queue(): TextQueue | undefined {
		return this.queues.value?.find(({ id }) => id === this.queueId.value);
	}

	/** The only one, or the one of last time. */
	#proposed(queues: readonly TextQueue[]): string {
		const last = queues.find(({ id }) => id === this.#workspace.textQueue.peek());
		return (last ?? (queues.length === 1 ? queues[0] : undefined))?.id ?? "";
	}

	#number(): string | undefined {
		const { numbers, config } = this.#workspace;
		const text = this.text.value.trim();
		const country = config.value.settings.defaultOutboundSMSCountryCode;
		// A dialling code such as +1, or a country (framework-contract 4).
		const isCode = country?.startsWith("+") && !/^(\+|00)/.test(text);
		const read = numbers.read(
			isCode ? `${country}${text.replace(/^0/, "")}` : text,
			country?.startsWith("+") ? undefined : country,
		);
		return read?.kind === "number" ? read.dial : undefined;
	}
}
