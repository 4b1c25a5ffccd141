import { signal } from "@preact/signals";
import type { ApiClient } from "../../session/api.ts";
import { type MailPage, pathOf } from "./mail.ts";

const pageSize = 20;

/** The mails about one thing, as far as they are shown. */
export class ThreadModel {
	readonly shown = signal<MailPage | undefined>(undefined);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
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
	load(): Promise<void> {
		return this.#read(undefined, (page) => {
			this.shown.value = page;
		});
	}

	/** Never rejects. */
	older(): Promise<void> {
		const before = this.shown.peek()?.entities[0]?.id;
		return this.#read(before, (page) => {
			const now = this.shown.peek();
			if (!now) return;
			const known = new Set(now.entities.map(({ id }) => id));
			const entities = [...page.entities.filter(({ id }) => !known.has(id)), ...now.entities];
			this.shown.value = { ...now, entities, hasMore: page.hasMore };
		});
	}

	dispose(): void {
		this.#isOver = true;
	}

	async #read(before: string | undefined, take: (page: MailPage) => void): Promise<void> {
		this.#asked += 1;
		const asked = this.#asked;
		const isWanted = () => !this.#isOver && asked === this.#asked;
		this.state.value = "loading";
		const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
		try {
			const page = await this.#api.get<MailPage>(`${pathOf(this.#id)}/thread?${query}`);
			if (!isWanted()) return;
			take(page);
			this.state.value = "ready";
		} catch {
			if (isWanted()) this.state.value = "failed";
		}
	}
}
