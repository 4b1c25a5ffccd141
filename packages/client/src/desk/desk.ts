import { type DeskNotice, type DeskView, isRecord } from "@inlay/contract";
import { type ReadonlySignal, signal } from "@preact/signals";
import { type KeyValue, memoryStorage } from "../boot/storage.ts";
import type { KeptLog } from "../framework/call-log/store.ts";
import type { DeskFollower, DeskPort } from "../framework/ports.ts";
import type { Clock } from "../session/clock.ts";
import type { Later } from "../session/next-task.ts";
import type { DeskApi } from "./desk-api.ts";
import { DeskEntries } from "./desk-entries.ts";
import { keepIdentity, leaveIdentity, type PanelIdentity, takeIdentity } from "./identity.ts";
import { isRefusal, Lead } from "./lead.ts";
import { mergeLogs } from "./merge-log.ts";
import type { Merged } from "./merge-text.ts";
import { UnsentStore } from "./unsent.ts";

export interface DeskParts {
	api: DeskApi;
	userId: string;
	clock: Clock;
	random?: () => number;
	/** For what the server is told and nobody waits for; at once unless told. */
	later?: Later;
	/**
	 * `place` outlives a reload and `own` the tab, where the browser lets them; nothing depends on it. The page that the
	 * frame goes to may see `place`. Where that is the frame's name (`isName`), what is written as the page goes is lost.
	 */
	store?: { place: KeyValue; own: KeyValue; isName: boolean };
}

/** Something about the desk that the agent is told. */
export type DeskNews = "merged" | "tooLong" | "notKept";

/** How long leaving waits for the last writings, ms. */
const lastWordsMs = 1_000;

/**
 * This panel's side of the agent's desk: what was done with interactions, which the server keeps for all of the agent's
 * panels, and whether this one leads.
 */
export class Desk implements DeskPort {
	readonly lead: Lead;
	readonly known: Promise<void>;
	/** Writings that the server does not have yet, and will get. */
	readonly unsent: ReadonlySignal<boolean>;
	/** What to tell, each time anew. */
	readonly news = signal<{ news: DeskNews } | undefined>(undefined);
	/** When the agent looked at their missed calls last, in any panel; undefined: never, or not known yet. */
	readonly callsSeenAt = signal<string | undefined>(undefined);
	/** There may be something that the agent has begun to write and not sent; what else begins it says so here. */
	readonly hasDrafts = signal(false);
	readonly #parts: DeskParts;
	readonly #store: KeyValue;
	readonly #identity: PanelIdentity;
	readonly #entries: DeskEntries;
	readonly #followers = new Set<DeskFollower>();
	readonly #unsentStore: UnsentStore;
	readonly #clean: (() => void)[] = [];
	#wasHere = false;
	#isOver = false;

	/** @param reading the desk as the server has it, asked for as early as can be */
	constructor(parts: DeskParts, reading: Promise<DeskView>) {
		this.#parts = parts;
		this.#store = parts.store?.place ?? memoryStorage();
		this.#identity = takeIdentity(this.#store);
		if (parts.store?.isName) leaveIdentity(this.#store, this.#identity);
		this.#unsentStore = new UnsentStore(parts.store?.own ?? memoryStorage(), parts.userId);
		this.lead = new Lead(parts.api, this.#identity.panelId, parts.clock);
		this.#entries = new DeskEntries({
			api: parts.api,
			clock: parts.clock,
			random: parts.random ?? Math.random,
			pageId: this.#identity.pageId,
			merge,
			isTyped,
			isPromise,
			changed: (conversationId, section, value, clash) => {
				for (const follower of this.#followers) follower.wrote(conversationId, section, value);
				if (clash) this.news.value = { news: "merged" };
			},
			refused: (why, error) => {
				console.warn("inlay: something could not be kept with its interaction", error);
				this.news.value = { news: why === "tooLong" ? "tooLong" : "notKept" };
			},
		});
		this.unsent = this.#entries.unsent;
		for (const left of this.#unsentStore.take()) this.#entries.resume(left);
		this.known = this.#begin(reading);
		this.#clean.push(this.lead.here.subscribe((here) => this.#led(here)));
		this.#followPage();
	}

	/** The panel was loaded anew before, and came back. */
	get cameBack(): boolean {
		return this.#identity.cameBack;
	}

	/** This panel, also over a reload where anything outlives the page. */
	get panelId(): string {
		return this.#identity.panelId;
	}

	leads(): boolean {
		return this.lead.here.peek();
	}

	read(interactionId: string, section: string): unknown {
		return this.#entries.get(interactionId, section);
	}

	readAll(section: string): [interactionId: string, value: unknown][] {
		return this.#entries
			.all(section)
			.filter(({ value }) => value !== undefined)
			.map(({ conversationId, value }) => [conversationId, value]);
	}

	write(interactionId: string, section: string, value: unknown): void {
		this.#entries.write(interactionId, section, value);
	}

	/** Whoever surely leads need not wait for the answer: nobody else is asked to do it. */
	claim(interactionId: string, section: string, occasion: string): boolean | Promise<boolean> {
		if (this.#entries.get(interactionId, section) === occasion) return false;
		const { api, later = (task) => task() } = this.#parts;
		const claim = () => api.claim(interactionId, section, { panelId: this.#identity.pageId, occasion });
		if (this.lead.firm) {
			// The page around has a call to show first: a request costs milliseconds.
			later(() => void claim().catch(() => undefined));
			return true;
		}
		return claim().catch(() => this.leads());
	}

	follow(follower: DeskFollower): () => void {
		this.#followers.add(follower);
		return () => this.#followers.delete(follower);
	}

	/** The panel's notification channel stands. */
	connected(channelId: string | undefined): void {
		void this.lead.connected(channelId);
		this.#entries.retry();
	}

	/** The channel is another one: what was told meanwhile is read. */
	async refresh(): Promise<void> {
		const view = await this.#parts.api.read().catch(() => undefined);
		this.#entries.takeAll(view?.entries ?? []);
		this.#takeNews(view);
	}

	/** No missed call is news any more. Never rejects: what is not told now is told with the next look. */
	async seeCalls(): Promise<void> {
		await this.#parts.api.seeCalls().catch(() => undefined);
	}

	/** A notification on the desk's topic. */
	told(notice: DeskNotice): void {
		if (notice.entry) this.#entries.take(notice.entry);
		this.#haveSeen(notice.callsSeenAt);
		if (notice.leader !== undefined) this.lead.told(notice.leader);
	}

	/** The agent goes, and will not come back as this session: last writings, then the lead is another's. Never rejects. */
	async leave(): Promise<void> {
		this.lead.stop();
		const last = Promise.allSettled([this.#entries.settle(), this.#parts.api.leave(this.#identity.panelId)]);
		await Promise.race([last, new Promise<void>((done) => this.#parts.clock.after(lastWordsMs, done))]);
	}

	dispose(): void {
		this.#isOver = true;
		this.lead.stop();
		// What is not sent now waits for whoever signs in here again.
		this.#leaveUnsent();
		this.#entries.stop();
		this.#followers.clear();
		for (const clean of this.#clean.splice(0)) clean();
	}

	async #begin(reading: Promise<DeskView>): Promise<void> {
		try {
			const view = await this.#untilRead(reading);
			this.#entries.takeAll(view.entries);
			this.#takeNews(view);
			this.lead.presume(view.leader);
		} catch {
			this.lead.standAlone();
		}
	}

	/** Asks until there is an answer; rejects where there will be none. */
	async #untilRead(reading: Promise<DeskView>): Promise<DeskView> {
		const { api, clock } = this.#parts;
		for (let asked = reading; ; asked = api.read()) {
			try {
				return await asked;
			} catch (error) {
				if (this.#isOver || isRefusal(error)) throw error;
				await new Promise<void>((done) => clock.after(readAgainMs, done));
			}
		}
	}

	#takeNews(view: DeskView | undefined): void {
		this.#haveSeen(view?.callsSeenAt);
		if (view?.hasDrafts) this.hasDrafts.value = true;
	}

	/** What was read may be older than what was told since. */
	#haveSeen(at = ""): void {
		if (at > (this.callsSeenAt.peek() ?? "")) this.callsSeenAt.value = at;
	}

	#led(here: boolean): void {
		if (here && !this.#wasHere) for (const follower of this.#followers) follower.led();
		this.#wasHere = here;
	}

	/** A page that goes may be loaded anew: the same panel then. */
	#followPage(): void {
		const going = () => {
			this.#leaveUnsent();
			leaveIdentity(this.#store, this.#identity);
			// A frame's name is gone where the page around it is loaded anew.
			const page = this.#parts.store?.isName ? "closed" : "mayReturn";
			this.#parts.api.leave(this.#identity.panelId, page).catch(() => undefined);
		};
		const back = () => {
			if (!this.#parts.store?.isName) keepIdentity(this.#store);
			this.#unsentStore.leave({ pageId: this.#identity.pageId, entries: [] });
			this.#entries.retry();
		};
		window.addEventListener("pagehide", going);
		window.addEventListener("pageshow", back);
		this.#clean.push(() => window.removeEventListener("pagehide", going));
		this.#clean.push(() => window.removeEventListener("pageshow", back));
	}

	#leaveUnsent(): void {
		const { pageId } = this.#identity;
		this.#unsentStore.leave({ pageId, entries: this.#entries.flush() });
	}
}

const readAgainMs = 1_000;

/** Notes are typed, and a subject that the panel has not made of itself. */
function isTyped(section: string, base: unknown, value: unknown): boolean {
	if (section !== "log" || !isRecord(value)) return false;
	const before = isRecord(base) ? base : {};
	const isOwnSubject = value.subject === value.ownSubject;
	return (value.notes ?? "") !== (before.notes ?? "") || (!isOwnSubject && value.subject !== before.subject);
}

const promises = ["id", "open", "wraps"] as const;

/** The CRM's id of a log, and what its script has yet to be told: a second record, or none, would come of losing it. */
function isPromise(section: string, base: unknown, value: unknown): boolean {
	if (section !== "log" || !isRecord(value)) return false;
	const before = isRecord(base) ? base : {};
	return promises.some((name) => (value[name] ?? false) !== (before[name] ?? false));
}

/** Logs are joined field by field; of anything else the later writing counts. */
function merge(section: string, base: unknown, mine: unknown, theirs: unknown): Merged<unknown> {
	if (section !== "log" || !isRecord(mine) || !isRecord(theirs)) return { value: mine, clash: false };
	return mergeLogs(base as KeptLog | undefined, mine as unknown as KeptLog, theirs as unknown as KeptLog);
}
