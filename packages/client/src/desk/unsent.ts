import { isRecord } from "@inlay/contract";
import type { KeyValue } from "../boot/storage.ts";

/** Something that was written and that the server does not have yet. */
export interface Unsent {
	conversationId: string;
	section: string;
	version: number;
	base: unknown;
	value: unknown;
}

/** What a page that went had not sent, and who it was. */
export interface UnsentOfPage {
	pageId: string;
	entries: Unsent[];
}

/** A convenience for a page that ends while the server is away; where nothing can be stored, nothing is. */
export class UnsentStore {
	readonly #store: KeyValue;
	readonly #key: string;

	constructor(store: KeyValue, userId: string) {
		this.#store = store;
		this.#key = `inlay.unsent.${userId}`;
	}

	/** Takes what was left; it is the caller's from now on. */
	take(): UnsentOfPage | undefined {
		try {
			const kept: unknown = JSON.parse(this.#store.getItem(this.#key) ?? "null");
			this.#store.removeItem(this.#key);
			if (!isRecord(kept) || typeof kept.pageId !== "string" || !Array.isArray(kept.entries)) return undefined;
			return { pageId: kept.pageId, entries: kept.entries.filter(isUnsent) };
		} catch {
			return undefined;
		}
	}

	leave(page: UnsentOfPage): void {
		try {
			if (page.entries.length === 0) this.#store.removeItem(this.#key);
			else this.#store.setItem(this.#key, JSON.stringify(page));
		} catch {
			// Full or forbidden.
		}
	}
}

function isUnsent(value: unknown): value is Unsent {
	return (
		isRecord(value) &&
		typeof value.conversationId === "string" &&
		typeof value.section === "string" &&
		typeof value.version === "number"
	);
}
