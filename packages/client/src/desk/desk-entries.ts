import type { DeskEntryView } from "@inlay/contract";
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "../session/api.ts";
import { backoffMs } from "../session/backoff.ts";
import type { Clock } from "../session/clock.ts";
import type { DeskApi } from "./desk-api.ts";
import type { Merged } from "./merge-text.ts";
import { same } from "./same.ts";
import type { Unsent, UnsentOfPage } from "./unsent.ts";

/** How a section's two versions become one; `base` is what both came from, undefined where one knew of nothing. */
export type Merge = (section: string, base: unknown, mine: unknown, theirs: unknown) => Merged<unknown>;

export interface DeskEntriesParts {
	api: DeskApi;
	clock: Clock;
	random: () => number;
	pageId: string;
	merge: Merge;
	/** Whether the agent has written any of what differs: only that is worth a word while it is not sent. */
	isTyped: (section: string, base: unknown, value: unknown) => boolean;
	/** Whether what differs must not be lost with page and server at once: it is sent without a pause. */
	isPromise: (section: string, base: unknown, value: unknown) => boolean;
	/** Something came from elsewhere, or is another after a merge. `clash`: two wrote at the same place. */
	changed: (conversationId: string, section: string, value: unknown, clash: boolean) => void;
	/** The server will not take it; `tooLong` tells the agent what to do about it. */
	refused: (why: "tooLong" | "other", error: unknown) => void;
}

interface Entry {
	conversationId: string;
	section: string;
	/** The last version of the server's that was seen, and what it held. */
	version: number;
	base: unknown;
	value: unknown;
	isDirty: boolean;
	/** The request under way. */
	sending: Promise<void> | undefined;
	dirtySince: number;
	attempt: number;
	cancel: () => void;
}

/** After the last key, ms: what is saved is two seconds old at most. */
const pauseMs = 800;
/** Whoever types without a pause is saved this often. */
const mostMs = 2_000;
/** Requests that {@link DeskEntries.settle} waits for, one after the other. */
const mostTurns = 4;

/**
 * What this panel remembers of interactions, and the way to the server and back. Writings are kept here until the server
 * has them; what other panels wrote meanwhile is merged, never overwritten.
 */
export class DeskEntries {
	/** The server does not take what was typed here just now; it is kept. */
	readonly unsent: ReadonlySignal<boolean>;
	readonly #unsent = signal(false);
	readonly #parts: DeskEntriesParts;
	readonly #entries = new Map<string, Entry>();
	/** This page, and those before it in this place: what they wrote is no other panel's. */
	readonly #own: Set<string>;
	#stopped = false;

	constructor(parts: DeskEntriesParts) {
		this.#parts = parts;
		this.#own = new Set([parts.pageId]);
		this.unsent = this.#unsent;
	}

	get(conversationId: string, section: string): unknown {
		return this.#entries.get(keyOf(conversationId, section))?.value;
	}

	all(section: string): { conversationId: string; value: unknown }[] {
		return [...this.#entries.values()].filter((entry) => entry.section === section);
	}

	/** Writes, and saves when the typing pauses. */
	write(conversationId: string, section: string, value: unknown): void {
		const entry = this.#of(conversationId, section);
		if (same(entry.value, value)) return;
		entry.value = value;
		this.#soil(entry);
	}

	/** All of the desk as it was read, the newest first; who follows is told the oldest first, as it happened. */
	takeAll(views: readonly DeskEntryView[]): void {
		for (const view of views.toReversed()) this.take(view);
		// What the page before could not send is newer than all of it.
		for (const entry of this.#dirty()) this.#tell(entry, false);
	}

	/** An entry as the server has it now: from the first reading, a notice, or an answer. */
	take(view: DeskEntryView): void {
		const entry = this.#of(view.conversationId, view.section);
		if (view.version <= entry.version) return;
		const before = { base: entry.base, value: entry.value };
		entry.version = view.version;
		entry.base = view.value;
		if (this.#own.has(view.panelId) && before.value !== undefined) {
			if (same(entry.value, view.value)) this.#cleaned(entry);
			return;
		}
		if (!entry.isDirty) {
			entry.value = view.value;
			if (!same(before.value, view.value)) this.#tell(entry, false);
			return;
		}
		const merged = this.#parts.merge(entry.section, before.base, before.value, view.value);
		entry.value = merged.value;
		if (same(merged.value, view.value)) this.#cleaned(entry);
		if (!same(before.value, merged.value)) this.#tell(entry, merged.clash);
	}

	/** Takes up what a page before could not send; what several left is joined. To be called before the first {@link take}. */
	resume({ pageId, entries }: UnsentOfPage): void {
		this.#own.add(pageId);
		for (const { conversationId, section, version, base, value } of entries) {
			const entry = this.#of(conversationId, section);
			if (entry.isDirty) entry.value = this.#parts.merge(section, base, entry.value, value).value;
			else Object.assign(entry, { version, base, value });
			this.#soil(entry);
			this.#tell(entry, false);
		}
	}

	/** Tries at once what waits: the server is there again. */
	retry(): void {
		for (const entry of this.#dirty()) this.#sendAt(entry, 0);
	}

	/** Sends all that is left, as the page goes; requests under way count as done. @returns what was not known to be saved */
	flush(): Unsent[] {
		const left = this.#dirty();
		for (const entry of left) {
			entry.cancel();
			const version = entry.version + (entry.sending ? 1 : 0);
			this.#put(entry, version).catch(() => undefined);
		}
		return left.map(({ conversationId, section, version, base, value }) => ({
			conversationId,
			section,
			version,
			base,
			value,
		}));
	}

	/** Resolves when everything is saved, or cannot be just now. */
	async settle(): Promise<void> {
		await Promise.all(this.#dirty().map((entry) => this.#settleOne(entry)));
	}

	/** What is under way may be older than what stands here now, or be joined with another's. */
	async #settleOne(entry: Entry): Promise<void> {
		for (let turn = 0; turn < mostTurns && entry.isDirty; turn++) {
			await this.#send(entry);
			if (entry.attempt > 0) return;
		}
	}

	stop(): void {
		this.#stopped = true;
		for (const entry of this.#entries.values()) entry.cancel();
	}

	#of(conversationId: string, section: string): Entry {
		const key = keyOf(conversationId, section);
		const known = this.#entries.get(key);
		if (known) return known;
		const entry: Entry = {
			conversationId,
			section,
			version: 0,
			base: undefined,
			value: undefined,
			isDirty: false,
			sending: undefined,
			dirtySince: 0,
			attempt: 0,
			cancel: () => {},
		};
		this.#entries.set(key, entry);
		return entry;
	}

	#dirty(): Entry[] {
		return [...this.#entries.values()].filter((entry) => entry.isDirty);
	}

	#soil(entry: Entry): void {
		const now = this.#parts.clock.now();
		if (!entry.isDirty) entry.dirtySince = now;
		entry.isDirty = true;
		// While the server is away the next try has its own time.
		if (entry.attempt > 0) return;
		const isPromise = this.#parts.isPromise(entry.section, entry.base, entry.value);
		this.#sendAt(entry, isPromise ? 0 : Math.max(0, Math.min(pauseMs, entry.dirtySince + mostMs - now)));
	}

	#cleaned(entry: Entry): void {
		entry.isDirty = false;
		entry.attempt = 0;
		entry.cancel();
		this.#tellUnsent();
	}

	#tellUnsent(): void {
		this.#unsent.value = this.#dirty().some(
			({ attempt, section, base, value }) => attempt > 0 && this.#parts.isTyped(section, base, value),
		);
	}

	#sendAt(entry: Entry, inMs: number): void {
		entry.cancel();
		if (this.#stopped) return;
		entry.cancel = this.#parts.clock.after(inMs, () => void this.#send(entry));
	}

	/** Joins the request under way, if there is one. */
	#send(entry: Entry): Promise<void> {
		if (!entry.isDirty || this.#stopped) return Promise.resolve();
		entry.sending ??= this.#sendNow(entry).finally(() => {
			entry.sending = undefined;
		});
		return entry.sending;
	}

	async #sendNow(entry: Entry): Promise<void> {
		const sent = entry.value;
		try {
			const { version } = await this.#put(entry, entry.version);
			// A notice may have come before the answer.
			if (version > entry.version) Object.assign(entry, { version, base: sent });
			entry.attempt = 0;
			if (same(entry.value, entry.base)) this.#cleaned(entry);
			else this.#sendAt(entry, this.#parts.isPromise(entry.section, entry.base, entry.value) ? 0 : pauseMs);
		} catch (error) {
			await this.#failed(entry, error);
		}
	}

	#put({ conversationId, section, value }: Entry, version: number): Promise<DeskEntryView> {
		return this.#parts.api.write(conversationId, section, { panelId: this.#parts.pageId, version, value });
	}

	async #failed(entry: Entry, error: unknown): Promise<void> {
		const status = error instanceof ApiError ? error.status : 0;
		if (status === 409) return this.#readAgain(entry);
		if (status === 0 || status === 401 || status === 429 || status >= 500) return this.#tryLater(entry);
		this.#cleaned(entry);
		this.#parts.refused(status === 400 ? "tooLong" : "other", error);
	}

	/** Another panel wrote meanwhile: both are joined, and what comes of it is sent. */
	async #readAgain(entry: Entry): Promise<void> {
		try {
			this.take(await this.#parts.api.entry(entry.conversationId, entry.section));
			if (entry.isDirty) this.#sendAt(entry, 0);
		} catch {
			this.#tryLater(entry);
		}
	}

	#tryLater(entry: Entry): void {
		const wait = backoffMs(entry.attempt, this.#parts.random());
		entry.attempt += 1;
		this.#tellUnsent();
		this.#sendAt(entry, wait);
	}

	#tell({ conversationId, section, value }: Entry, clash: boolean): void {
		this.#parts.changed(conversationId, section, value, clash);
	}
}

function keyOf(conversationId: string, section: string): string {
	return `${conversationId} ${section}`;
}
