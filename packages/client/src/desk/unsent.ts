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

/** As it is stored. */
interface LeftPage extends UnsentOfPage {
	userId: string;
	/** ms since 1970. */
	leftAt: number;
}

const key = "inlay.unsent";
/** Pages that went while the server was away: each leaves its own. */
const mostPages = 8;
/** On a computer that several people use, what one of them wrote about a customer does not lie about for ever; ms. */
const keptFor = 24 * 3_600_000;

/**
 * A convenience for a page that ends while the server is away, also where its tab goes with it; where nothing can be
 * stored, nothing is. Whoever opens a panel next clears what is a day old, whosever it was.
 */
export class UnsentStore {
	readonly #store: KeyValue;
	readonly #userId: string;
	readonly #now: () => number;

	constructor(store: KeyValue, userId: string, now = Date.now) {
		this.#store = store;
		this.#userId = userId;
		this.#now = now;
	}

	/** Takes what was left, the oldest first; it is the caller's from now on. */
	take(): UnsentOfPage[] {
		const left = this.#read();
		this.#write(left.filter(({ userId }) => userId !== this.#userId));
		return left
			.filter(({ userId }) => userId === this.#userId)
			.map(({ pageId, entries }) => ({ pageId, entries: entries.filter(isUnsent) }));
	}

	/** What this page leaves; nothing takes back what it left before. */
	leave({ pageId, entries }: UnsentOfPage): void {
		const others = this.#read().filter((one) => one.pageId !== pageId);
		const own = { userId: this.#userId, leftAt: this.#now(), pageId, entries };
		this.#write(entries.length === 0 ? others : [...others, own].slice(-mostPages));
	}

	#read(): LeftPage[] {
		try {
			const kept: unknown = JSON.parse(this.#store.getItem(key) ?? "[]");
			const since = this.#now() - keptFor;
			return Array.isArray(kept) ? kept.filter(isPage).filter(({ leftAt }) => leftAt > since) : [];
		} catch {
			return [];
		}
	}

	#write(pages: readonly LeftPage[]): void {
		try {
			if (pages.length === 0) this.#store.removeItem(key);
			else this.#store.setItem(key, JSON.stringify(pages));
		} catch {
			// Full or forbidden.
		}
	}
}

function isPage(value: unknown): value is LeftPage {
	return (
		isRecord(value) &&
		typeof value.pageId === "string" &&
		typeof value.userId === "string" &&
		typeof value.leftAt === "number" &&
		Array.isArray(value.entries)
	);
}

function isUnsent(value: unknown): value is Unsent {
	return (
		isRecord(value) &&
		typeof value.conversationId === "string" &&
		typeof value.section === "string" &&
		typeof value.version === "number"
	);
}
