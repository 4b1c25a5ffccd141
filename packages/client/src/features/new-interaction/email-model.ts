import { computed, effect, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

/** A queue on whose behalf the agent writes emails. */
export interface EmailQueue {
	id: string;
	name: string;
	/** The address that customers see. */
	address: string;
}

/** Under which this browser remembers on whose behalf the agent wrote last. */
const lastKey = "inlay.email-queue";

/** Whom an email is to be written to, and on whose behalf. */
export class EmailModel {
	/** Undefined until they are known. */
	readonly queues = signal<readonly EmailQueue[] | undefined>(undefined);
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly failed = computed(() => this.why.value !== undefined);
	readonly to = signal("");
	readonly subject = signal("");
	readonly queueId = signal("");
	/** Why the server does not let it begin. */
	readonly refused = signal<string | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #stopFilling: () => void;
	#isOver = false;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#stopFilling = effect(() => {
			const draft = workspace.draft.value;
			if (draft?.type !== "email") return;
			this.to.value = draft.address;
			if (draft.queueId) this.queueId.value = draft.queueId;
		});
		void this.load();
	}

	get offered(): boolean {
		return (this.queues.value?.length ?? 0) > 0;
	}

	get isReady(): boolean {
		return /^\S+@\S+$/.test(this.to.value.trim()) && this.#queue() !== undefined;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		this.why.value = undefined;
		try {
			const path = "/api/inlay/v1/email/queues/me";
			const { entities } = await this.#workspace.session.api.get<{ entities: EmailQueue[] }>(path);
			if (this.#isOver) return;
			this.queues.value = entities;
			if (!this.#queue()) this.queueId.value = proposed(entities);
		} catch (error) {
			if (!this.#isOver) this.why.value = error;
		}
	}

	input(field: "to" | "subject" | "queueId", text: string): void {
		this[field].value = text;
		this.refused.value = undefined;
	}

	/** Begins the conversation, and shows where it is written. */
	async compose(): Promise<void> {
		const queue = this.#queue();
		if (!queue || !this.isReady) return;
		this.refused.value = undefined;
		const given = this.#workspace.draft.peek();
		await this.#workspace.attempt("compose", async () => {
			try {
				const { session, draft, selectedId, view } = this.#workspace;
				const attributes = given?.type === "email" ? given.attributes : {};
				const { id } = await session.api.post<{ id: string }>("/conversations/emails", {
					...{ queueId: queue.id, provider: "PureCloud Email", direction: "OUTBOUND" },
					...{ toAddress: this.to.peek().trim(), subject: this.subject.peek() },
					...(Object.keys(attributes).length > 0 ? { attributes } : {}),
				});
				localStorageSet(queue.id);
				draft.value = undefined;
				selectedId.value = id;
				view.value = "interactions";
			} catch (error) {
				this.refused.value = await this.#workspace.describe(error);
			}
		});
	}

	dispose(): void {
		this.#isOver = true;
		this.#stopFilling();
	}

	#queue(): EmailQueue | undefined {
		return this.queues.value?.find(({ id }) => id === this.queueId.value);
	}
}

/** The only one, or the one of last time. */
function proposed(queues: readonly EmailQueue[]): string {
	const last = localStorageGet();
	return (queues.find(({ id }) => id === last) ?? (queues.length === 1 ? queues[0] : undefined))?.id ?? "";
}

/** Where a browser keeps nothing, nothing is remembered. */
function localStorageGet(): string | undefined {
	try {
		return globalThis.localStorage?.getItem(lastKey) ?? undefined;
	} catch {
		return undefined;
	}
}

function localStorageSet(queueId: string): void {
	try {
		globalThis.localStorage?.setItem(lastKey, queueId);
	} catch {
		// As above.
	}
}
