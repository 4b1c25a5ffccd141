import { signal } from "@preact/signals";
import type { ApiClient } from "../../session/api.ts";
import { readThread, type ThreadPage } from "../../session/message-thread.ts";
import { type Shown, withNewest, withOlder } from "./thread.ts";

const pageSize = 30;

/** The exchange with one customer, as far as it is shown. */
export class ThreadModel {
	readonly shown = signal<Shown | undefined>(undefined);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #api: Pick<ApiClient, "get">;
	readonly #id: string;
	#stamp: string | undefined;
	#isOver = false;
	/** The newest question's answer counts. */
	#asked = 0;

	constructor(api: Pick<ApiClient, "get">, conversationId: string) {
		this.#api = api;
		this.#id = conversationId;
	}

	/** The conversation is as this says: what is not known of it yet is read. */
	follow(stamp: string): void {
		if (stamp === this.#stamp) return;
		this.#stamp = stamp;
		void this.load();
	}

	/** Reads what is newest. Never rejects. */
	async load(): Promise<void> {
		const asked = ++this.#asked;
		await this.#read(undefined, (page) => {
			if (asked === this.#asked) this.shown.value = withNewest(this.shown.peek(), page);
		});
	}

	/** Never rejects. */
	async older(): Promise<void> {
		const before = this.shown.peek()?.messages[0]?.id;
		if (before === undefined) return;
		await this.#read(before, (page) => {
			const shown = this.shown.peek();
			if (shown) this.shown.value = withOlder(shown, page);
		});
	}

	dispose(): void {
		this.#isOver = true;
	}

	async #read(before: string | undefined, take: (page: ThreadPage) => void): Promise<void> {
		this.state.value = "loading";
		this.why.value = undefined;
		try {
			const page = await readThread(this.#api, this.#id, { pageSize, before });
			if (this.#isOver) return;
			take(page);
			this.state.value = "ready";
		} catch (error) {
			if (this.#isOver) return;
			this.state.value = "failed";
			this.why.value = error;
		}
	}
}
