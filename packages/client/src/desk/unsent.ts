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

/** Pages that went while the server was away: each leaves its own. */
const mostPages = 8;

/**
 * A convenience for a page that ends while the server is away, also where its tab goes with it; where nothing can be
 * stored, nothing is.
 */
export class UnsentStore {
	readonly #store: KeyValue;
	readonly #key: string;

	constructor(store: KeyValue, userId: string) {
		this.#store = store;
		this.#key = `inlay.unsent.${userId}`;
	}

	/** Takes what was left, the oldest first; it is the caller's from now on. */
	take(): UnsentOfPage[] {
		const left = this.#read();
		this.#write([]);
		return left;
	}

	/** What this page leaves; nothing takes back what it left before. */
	leave(page: UnsentOfPage): void {
		const others = this.#read().filter(({ pageId }) => pageId !== page.pageId);
		this.#write(page.entries.length === 0 ? others : [...others, page].slice(-mostPages));
	}

	#read(): UnsentOfPage[] {
		try {
			const kept: unknown = JSON.parse(this.#store.getItem(this.#key) ?? "[]");
			return Array.isArray(kept) ? kept.filter(isPage).map(usableOf) : [];
		} catch {
			return [];
		}
	}

	#write(pages: readonly UnsentOfPage[]): void {
		try {
			if (pages.length === 0) this.#store.removeItem(this.#key);
			else this.#store.setItem(this.#key, JSON.stringify(pages));
		} catch {
			// Full or forbidden.
		}
	}
}

function usableOf({ pageId, entries }: UnsentOfPage): UnsentOfPage {
	return { pageId, entries: entries.filter(isUnsent) };
}

function isPage(value: unknown): value is UnsentOfPage {
	return isRecord(value) && typeof value.pageId === "string" && Array.isArray(value.entries);
}

function isUnsent(value: unknown): value is Unsent {
	return (
		isRecord(value) &&
		typeof value.conversationId === "string" &&
		typeof value.section === "string" &&
		typeof value.version === "number"
	);
}
