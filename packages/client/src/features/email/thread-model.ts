import { signal } from "@preact/signals";
import type { ApiClient } from "../../session/api.ts";
import { type MailPage, pathOf } from "./mail.ts";

const pageSize = 20;

/** The mails about one thing, as far as they are shown. */
export class ThreadModel {
	readonly shown = signal<MailPage | undefined>(undefined);
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
	load(): Promise<void> {
		const asked = ++this.#asked;
		return this.#read(undefined, (page) => {
			if (asked === this.#asked) this.shown.value = withNewest(this.shown.peek(), page);
		});
	}

	/** Never rejects. */
	async older(): Promise<void> {
		const before = this.shown.peek()?.entities[0]?.id;
		if (before === undefined) return;
		await this.#read(before, (page) => {
			const now = this.shown.peek();
			if (now) this.shown.value = withOlder(now, page);
		});
	}

	dispose(): void {
		this.#isOver = true;
	}

	async #read(before: string | undefined, take: (page: MailPage) => void): Promise<void> {
		this.state.value = "loading";
		this.why.value = undefined;
		const query = new URLSearchParams({ pageSize: String(pageSize), ...(before ? { before } : {}) });
		try {
			const page = await this.#api.get<MailPage>(`${pathOf(this.#id)}/thread?${query}`);
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

/** The newest page anew, under what was loaded of older ones, where nothing is missing between them. */
function withNewest(now: MailPage | undefined, page: MailPage): MailPage {
	const [first] = page.entities;
	const at = now?.entities.findIndex(({ id }) => id === first?.id) ?? -1;
	if (!now || at < 1) return page;
	return { ...page, entities: [...now.entities.slice(0, at), ...page.entities], hasMore: now.hasMore };
}

function withOlder(now: MailPage, { entities, hasMore }: MailPage): MailPage {
	const known = new Set(now.entities.map(({ id }) => id));
	return { ...now, entities: [...entities.filter(({ id }) => !known.has(id)), ...now.entities], hasMore };
}
