import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import type { DeskLed } from "./events.ts";

/** What attendance asks of the rest of the server. */
export interface AttendancePorts {
	/** Users of whom anything is connected now: a panel, another client's channel, a phone. */
	present(): ReadonlySet<string>;
	/** Sound comes from the user just now: they talk, though nothing else of theirs may reach us. */
	isHeard(userId: string): boolean;
	/** Whether the user, or a client on their behalf, has asked for anything since then. */
	usedSince(userId: string, since: Date): Promise<boolean>;
	/** Users whose presence is another than Offline. */
	attending(): Promise<string[]>;
	goOffline(userId: string): Promise<unknown>;
	/**
	 * Nobody who talks with the user, or rings them, waits in vain: calls go back to their queue, or end with a reason; with
	 * `all` what they have in writing does, too.
	 */
	handBack(userId: string, which: "all" | "spoken"): Promise<void>;
	/** After how long without a connection somebody is Offline; undefined where nobody is by that. */
	offlineAfterMs(): Promise<number | undefined>;
}

/** Times in ms. */
export interface AttendanceTiming {
	/** Sockets of a token that has ended need a moment to close. */
	settle: number;
	/** A program that has asked within this time is somebody who is there. */
	fresh: number;
	/** A page that was closed, or is loaded anew on a slow line: after that it is closed. Its customer hears music meanwhile. */
	closed: number;
	/** The same of a page that went without a word: a killed browser, or one whose line is cut and that comes back by itself. */
	lost: number;
	/** How often those who are away are looked for. */
	sweep: number;
}

const usual: AttendanceTiming = { settle: 1_000, fresh: 15_000, closed: 11_000, lost: 16_000, sweep: 20_000 };

/**
 * Who has gone. An agent whose last session was ended (they signed out, or somebody ended it) is Offline at once, and
 * whoever was talking with them is not left in silence; so it is where the last panel was closed in a call, or lost. Who only has
 * no connection may come back: they are Offline after the organization's time, and what they have in writing is another's then.
 */
export function createAttendance(kernel: Kernel, ports: AttendancePorts, timing: Partial<AttendanceTiming> = {}) {
	const { clock, log, feed } = kernel;
	const { settle, fresh, closed, lost, sweep } = { ...usual, ...timing };
	/** Looks that are due, by user. */
	const looks = new Map<string, NodeJS.Timeout>();
	/** Those of them that are due as a page has gone. */
	const ofPages = new Set<string>();
	/** Since when somebody who is not Offline is without a connection, in steady ms. */
	const awaySince = new Map<string, number>();
	let sweeping: NodeJS.Timeout | undefined;
	let isStopped = false;

	function lookIn(ms: number, userId: string, look: () => Promise<void>, isOfPage = false): void {
		clearTimeout(looks.get(userId));
		ofPages.delete(userId);
		if (isStopped) return;
		if (isOfPage) ofPages.add(userId);
		const timer = setTimeout(() => {
			looks.delete(userId);
			ofPages.delete(userId);
			look().catch((error: unknown) => {
				if (isStopped) return;
				log.warn({ err: error, userId }, "somebody who left could not be signed off; trying again");
				lookIn(settle, userId, look, isOfPage);
			});
		}, ms);
		looks.set(userId, timer);
	}

	/** A session has ended: was it the last? @param byHand its user has signed out, and means it wherever nothing is connected */
	async function signedOut(userId: string, byHand: boolean): Promise<void> {
		if (ports.present().has(userId)) return;
		if (!byHand && (await ports.usedSince(userId, new Date(clock.now().getTime() - fresh))))
			return lookIn(fresh, userId, () => signedOut(userId, byHand));
		await ports.handBack(userId, "all");
		await ports.goOffline(userId);
	}

	/**
	 * The panel that had the phone was closed: a browser is started anew sooner than an email is answered. Whose sound goes on has
	 * closed nothing: only the way of the panel's news is cut, and both still hear each other.
	 * @param wasHeard they were, at the last look: once they are not, they have the time of any that are lost
	 */
	async function closedPanel(userId: string, wasHeard = false): Promise<void> {
		if (ports.present().has(userId)) return;
		if (ports.isHeard(userId)) return lookIn(settle, userId, () => closedPanel(userId, true), true);
		if (wasHeard) return lookIn(lost, userId, () => closedPanel(userId), true);
		await ports.handBack(userId, "spoken");
	}

	function onEvent({ type, entityId, data }: LoggedEvent): void {
		if (type === "token.revoked") {
			const { userId, reason } = data as { userId?: string; reason?: string };
			if (userId) lookIn(settle, userId, () => signedOut(userId, reason === "SIGNED_OUT"));
		}
		if (type === "desk.led") lookAfterPage(entityId, data as DeskLed);
	}

	/** A panel is back, or another one goes on: what is due would meet the next reload, and take the call away in its midst. */
	function lookAfterPage(userId: string, { closed: wasClosed }: DeskLed): void {
		if (wasClosed === undefined) {
			if (!ofPages.delete(userId)) return;
			clearTimeout(looks.get(userId));
			looks.delete(userId);
		} else if (!looks.has(userId)) {
			lookIn(wasClosed ? closed : lost, userId, () => closedPanel(userId), true);
		}
	}

	/** Those without a connection for too long are Offline. */
	async function lookAround(): Promise<void> {
		const limit = await ports.offlineAfterMs();
		if (limit === undefined) return awaySince.clear();
		const attending = await ports.attending();
		const present = ports.present();
		const away = new Set(attending.filter((userId) => !present.has(userId)));
		const now = clock.steadyMs();
		for (const userId of awaySince.keys()) if (!away.has(userId)) awaySince.delete(userId);
		for (const userId of away) {
			const since = awaySince.get(userId) ?? now;
			awaySince.set(userId, since);
			if (now - since < limit) continue;
			await awayFor(limit, userId).catch((error: unknown) =>
				log.warn({ err: error, userId }, "somebody who is away could not be signed off; trying again"),
			);
		}
	}

	async function awayFor(ms: number, userId: string): Promise<void> {
		if (ports.isHeard(userId) || (await ports.usedSince(userId, new Date(clock.now().getTime() - ms)))) return;
		await ports.handBack(userId, "all");
		await ports.goOffline(userId);
		awaySince.delete(userId);
	}

	function sweepAgain(): void {
		sweeping = setTimeout(() => {
			lookAround()
				.catch((error: unknown) => {
					// Of a database that is away the log tells once.
					const level = isAway(error) ? "debug" : "warn";
					log[level]({ err: error }, "who is away could not be looked for; trying again");
				})
				.finally(() => sweeping && sweepAgain());
		}, sweep);
		sweeping.unref();
	}

	const stopListening = feed.subscribe(onEvent);
	return {
		start: sweepAgain,
		stop(): void {
			isStopped = true;
			stopListening();
			clearTimeout(sweeping);
			sweeping = undefined;
			for (const timer of looks.values()) clearTimeout(timer);
			looks.clear();
		},
	};
}

export type Attendance = ReturnType<typeof createAttendance>;
