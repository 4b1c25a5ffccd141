import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { NewestKept } from "../kernel/newest-kept.ts";
import { callsSeen, deskLed, deskWritten } from "./events.ts";
import type { DeskClaim, DeskEntry, DeskLease, DeskWriting } from "./model.ts";
import { deskStore as store } from "./store.ts";

/** What desks ask of the rest of the server. */
export interface DeskPorts {
	/** Whether the user has or had a part in the conversation; or it is a voicemail that they read. */
	takesPart(userId: string, conversationId: string): Promise<boolean>;
	/** Whether somebody listens on a notification channel now. */
	isConnected(channelId: string): boolean;
	/** The channel's owner, if there is such a channel. */
	ownerOf(channelId: string): Promise<string | undefined>;
	/** Whether a phone of the user is on the line: only a panel that leads has one. */
	hasPhone(userId: string): boolean;
	/** Runs whenever a channel has lost its connection, and whether its page went; gives the way to stop. */
	onDisconnected(listener: (channelId: string, pageLeft: boolean) => void): () => void;
}

/** What becomes of the page of a panel that goes; neither: it stays, without its agent. */
export interface LeavingPage {
	mayReturn?: boolean;
	closed?: boolean;
}

/** An agent's work of a week is at hand; what is older is in the CRM. */
const rememberedMs = 7 * 24 * 3_600_000;
/** As many as a panel keeps at hand, and the claims beside them. */
const mostEntries = 120;
/** Nobody reads what is older; it goes, so many entries at once. */
const keptMs = 30 * 24 * 3_600_000;
const prunedAtOnce = 5_000;
const pruneEveryMs = 3_600_000;
const pruneJob = "desks.prune";
/** Largest value of an entry, in characters of JSON. */
const largestValue = 200_000;
/** How long a leader may be away, as in a reload or a moment without network, ms. */
const graceMs = 4_000;
/**
 * How long a leader whose page went is waited for, ms, as in a reload: nobody hears the call meanwhile. A browser does not say
 * whether a page is loaded anew or closed, so the next panel takes over soon, and gives back to one that returns later.
 */
const returnMs = 800;
/** The same where its phone is back already, and its panel is about to be. */
const phoneBackMs = 3_000;
/** How long a page that is loaded anew may take, ms, and lead again: it is the one that its agent looks at. */
const takesBackMs = 30_000;
/** Channels whose panels are remembered; the oldest go. */
const mostAsking = 20_000;
/**
 * How long after a start of the server the leaders of before may take to come back, ms: panels try again every three seconds at
 * the latest, all of them at once, and the sound must not move to another window meanwhile.
 */
const afterStartMs = 12_000;

/**
 * The desks of agents: what they did with their interactions, kept on the server so that a reload, a second tab or a frame
 * without storage finds it, and which of an agent's panels leads.
 */
export function createDesks(
	kernel: Kernel,
	ports: DeskPorts,
	options: { graceMs?: number; takesBackMs?: number; afterStartMs?: number; now?: () => number } = {},
) {
	const { database, events, clock, jobs } = kernel;
	const patience = options.graceMs ?? graceMs;
	/** A count of ms that only goes up. */
	const now = options.now ?? (() => performance.now());
	/** By channel: leaders that are away. */
	const waiting = new Map<string, { timer: NodeJS.Timeout; isClosed: boolean }>();
	/** By user: panels whose page went, and that lead again where it was loaded anew; until when, by `now`. */
	const returning = new Map<string, { panelId: string; until: number }>();
	/** By panel: when its page went that may be loading anew, and when it asked again, by `now`. */
	const trips = new Map<string, { wentAt: number; backAt?: number }>();
	/** By channel: the panel that has asked to lead by it; a socket says of a page that went no more than its channel. */
	const askedBy = new NewestKept<string>(mostAsking);
	/** Nobody can have come back before the server hears them; undefined until then. */
	let hearsSince: number | undefined;

	/** Writes an entry; only who takes part in the conversation has one. */
	async function write(userId: string, writing: DeskWriting): Promise<DeskEntry> {
		if (JSON.stringify(writing.value ?? null).length > largestValue) {
			throw badField("value", `value must have at most ${largestValue} characters as JSON.`);
		}
		await requirePart(userId, writing.conversationId);
		const written = await database.change(async (trx) => {
			const entry = await store.write(trx, userId, writing, clock.now());
			if (entry) await events.append(trx, [deskWritten(userId, entry)]);
			return entry;
		});
		if (written) return written;
		const { conversationId, section, version } = writing;
		throw staleEntry(version, await store.get(database.db, userId, conversationId, section));
	}

	/**
	 * Who comes first: for what must happen once per agent and occasion of an interaction, such as a screen pop at a ring.
	 * Asking again by the same panel gets the same answer, as an answer may be lost.
	 */
	async function claim(userId: string, wanted: DeskClaim): Promise<boolean> {
		const { occasion = true, ...by } = wanted;
		await requirePart(userId, by.conversationId);
		const held = () => store.get(database.db, userId, by.conversationId, by.section);
		const known = await held();
		const isNew =
			known?.value !== occasion && (await take(userId, { ...by, version: known?.version ?? 0, value: occasion }));
		if (isNew) return true;
		const winner = await held();
		return winner?.value === occasion && winner.panelId === by.panelId;
	}

	function take(userId: string, writing: DeskWriting): Promise<boolean> {
		return database.change(async (trx) => {
			const entry = await store.write(trx, userId, writing, clock.now());
			if (entry) await events.append(trx, [deskWritten(userId, entry)]);
			return entry !== undefined;
		});
	}

	/** @throws ApiError 404 where nothing is remembered */
	async function entry(userId: string, conversationId: string, section: string): Promise<DeskEntry> {
		const found = await store.get(database.db, userId, conversationId, section);
		if (!found) throw notFound("deskEntry", `${conversationId}/${section}`);
		return found;
	}

	/**
	 * Asks to lead. Granted where nobody leads, where the leader has gone, and to whoever takes over by a click.
	 * @returns who leads now
	 */
	async function lead(userId: string, asked: { panelId: string; channelId: string; takeOver: boolean }) {
		const { panelId, channelId, takeOver } = asked;
		if ((await ports.ownerOf(channelId)) !== userId) throw badField("channelId", `No channel of yours: ${channelId}.`);
		noteAsking(panelId, channelId);
		const lease = await database.change(async (trx): Promise<DeskLease> => {
			await store.lockDesk(trx, userId);
			const held = await store.lease(trx, userId);
			const own = held?.panelId === panelId;
			const takesOver = takeOver || (isBack(userId, panelId) && !wentTogether(held, panelId));
			if (held && !own && !takesOver && !hasGone(held)) return held;
			if (own && held.channelId === channelId) return held;
			const lease = { panelId, channelId, since: own ? held.since : clock.now() };
			await store.saveLease(trx, userId, lease);
			if (!own) await events.append(trx, [deskLed(userId, lease, { takenOver: takesOver && held !== undefined })]);
			return lease;
		});
		if (takeOver || isBack(userId, lease.panelId)) returning.delete(userId);
		return lease;
	}

	/** Both pages were away at once, and the other one was quicker: the sound that it has by now stays there. */
	function wentTogether(held: DeskLease | undefined, panelId: string): boolean {
		const [other, own] = [trips.get(held?.panelId ?? ""), trips.get(panelId)];
		return other?.backAt !== undefined && own !== undefined && own.wentAt <= other.backAt;
	}

	/** Whether the panel led before its page was loaded anew, and nobody has chosen another one since. */
	function isBack(userId: string, panelId: string): boolean {
		const left = returning.get(userId);
		return left?.panelId === panelId && now() < left.until;
	}

	/**
	 * The leader goes: the next panel that asks leads. Nothing happens where another leads.
	 * @param page of which it goes: one that may be loading anew gets the time for that; one that is closed may come back as
	 * another panel
	 */
	async function leave(userId: string, panelId: string, page: LeavingPage = {}): Promise<void> {
		const { mayReturn = false, closed = false } = page;
		if (mayReturn) noteGoing(panelId);
		const held = mayReturn ? await store.lease(database.db, userId) : undefined;
		if (held?.panelId === panelId) expect(held.channelId, Math.min(returnMs, patience), true);
		else if (!mayReturn) await end({ userId, panelId }, closed);
	}

	/** Told by its last request, by its socket, or by both: one going. */
	function noteGoing(panelId: string): void {
		const old = now() - 2 * takesBackMs;
		for (const [each, { wentAt }] of trips) if (wentAt < old) trips.delete(each);
		const known = trips.get(panelId);
		if (!known || known.backAt !== undefined) trips.set(panelId, { wentAt: now() });
	}

	function noteAsking(panelId: string, channelId: string): void {
		askedBy.set(channelId, panelId);
		const trip = trips.get(panelId);
		if (trip) trip.backAt ??= now();
	}

	function noteGone(channelId: string, pageLeft: boolean): void {
		const panelId = askedBy.get(channelId);
		if (!pageLeft || panelId === undefined) return;
		askedBy.delete(channelId);
		noteGoing(panelId);
	}

	/** @returns whose lease it was */
	function end(held: { userId: string; panelId: string } | { channelId: string }, closed = false) {
		return database.change(async (trx) => {
			const ended = await store.endLease(trx, held);
			await events.append(
				trx,
				ended.map(({ userId }) => deskLed(userId, undefined, { takenOver: false, closed })),
			);
			return ended;
		});
	}

	/** A leader has not come back in time: another may lead, until a page that is still being loaded anew is there. */
	async function giveUp(channelId: string, isClosed: boolean): Promise<void> {
		const until = now() + (options.takesBackMs ?? takesBackMs);
		for (const { userId, panelId } of await end({ channelId }, isClosed))
			if (isClosed) returning.set(userId, { panelId, until });
	}

	/** After a start nobody is connected yet: leaders get the time that it takes all panels to come back. */
	function hasGone({ channelId }: DeskLease): boolean {
		if (ports.isConnected(channelId) || waiting.has(channelId)) return false;
		const left = (options.afterStartMs ?? afterStartMs) - (hearsSince === undefined ? 0 : now() - hearsSince);
		if (left <= 0) return true;
		// Nobody will see this one go: it went with the server before.
		expect(channelId, left);
		return false;
	}

	/** Waits for whoever listened on a channel; then their lead, if they had it, is over and the others are told. */
	function expect(channelId: string, ms: number, isClosed = false, asksPhone = isClosed): void {
		const known = waiting.get(channelId);
		if (known && (known.isClosed || !isClosed)) return;
		clearTimeout(known?.timer);
		const timer = setTimeout(() => {
			waiting.delete(channelId);
			if (ports.isConnected(channelId)) return;
			miss(channelId, isClosed, asksPhone).catch((error: unknown) =>
				kernel.log.error({ err: error }, "a desk could not be handed over"),
			);
		}, ms);
		waiting.set(channelId, { timer, isClosed });
	}

	async function miss(channelId: string, isClosed: boolean, asksPhone: boolean): Promise<void> {
		const userId = asksPhone ? await ports.ownerOf(channelId) : undefined;
		if (userId && ports.hasPhone(userId)) expect(channelId, phoneBackMs, isClosed, false);
		else await giveUp(channelId, isClosed);
	}

	async function prune(trx: Trx): Promise<void> {
		const pruned = await store.forget(trx, new Date(clock.now().getTime() - keptMs), prunedAtOnce);
		await schedulePrune(trx, pruned < prunedAtOnce ? pruneEveryMs : 0);
	}

	function schedulePrune(trx: Trx, inMs: number): Promise<void> {
		return jobs.schedule(trx, { kind: pruneJob, key: "all", runAt: new Date(clock.now().getTime() + inMs) });
	}

	jobs.handle(pruneJob, prune);

	// A browser that is too quick for its last request still closes its socket as one of a page that goes.
	const stopListening = ports.onDisconnected((channelId, pageLeft) => {
		noteGone(channelId, pageLeft);
		expect(channelId, pageLeft ? Math.min(returnMs, patience) : patience, pageLeft);
	});

	async function requirePart(userId: string, conversationId: string): Promise<void> {
		if (!(await ports.takesPart(userId, conversationId))) throw notFound("conversation", conversationId);
	}

	return {
		callsSeenAt: (userId: string) => store.callsSeen(database.db, userId),

		async seeCalls(userId: string): Promise<void> {
			const at = clock.now();
			await database.change(async (trx) => {
				await store.setCallsSeen(trx, userId, at);
				await events.append(trx, [callsSeen(userId, at)]);
			});
		},

		write,
		claim,
		lead,
		leave,
		entry,
		entries: (userId: string) =>
			store.recent(database.db, userId, new Date(clock.now().getTime() - rememberedMs), mostEntries),
		leaderOf: (userId: string) => store.lease(database.db, userId),
		start: () => database.change((trx) => schedulePrune(trx, pruneEveryMs)),
		/** The server hears panels from now on. */
		hears() {
			hearsSince = now();
		},
		stop() {
			stopListening();
			for (const { timer } of waiting.values()) clearTimeout(timer);
			waiting.clear();
		},
	};
}

export type Desks = ReturnType<typeof createDesks>;

/** 409: the panel reads the desk again, merges, and writes on the current version. */
function staleEntry(sent: number, current: DeskEntry | undefined): ApiError {
	return new ApiError(
		409,
		"version.conflict",
		"This was changed in another panel meanwhile: version {sent} was sent, {current} is current.",
		{ params: { sent: String(sent), current: String(current?.version ?? 0) }, entityName: "deskEntry" },
	);
}
