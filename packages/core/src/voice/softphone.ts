import { randomUUID } from "node:crypto";
import { KeptConnections } from "./kept-connections.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";
import { candidateSdp, SoftphoneSignals } from "./softphone-signals.ts";
import type { PhoneRegistry } from "./streaming/phone-registry.ts";
import type { RtcMessage } from "./streaming/stanzas.ts";
import type { XmppStream } from "./streaming/stream.ts";

/** A user's part in a conversation. */
export interface SoftphoneCall {
	conversationId: string;
	participantId: string;
	userId: string;
}

/** One user's part in a conversation, as their phones see it. */
export interface SoftphoneSession extends SoftphoneCall {
	/** Also the id of the media leg. */
	readonly id: string;
	readonly userId: string;
	readonly autoAnswer: boolean;
	/** The phone that took it; the others have stopped ringing. */
	phone?: XmppStream;
	/** The phone has taken the offer; before, it does not know the session and candidates would be lost on it. */
	answered: boolean;
	/** The phone that took it is not connected any more. Its media may well go on. */
	orphan: boolean;
}

/** What sessions tell the call. All but `rejected` and `hungUp` mean: the session is over, make another one. */
export interface SoftphoneEvents {
	/** A phone refused: the user does not want the call. */
	rejected(session: SoftphoneSession): void;
	/** The phone ended a session that the server had not ended. */
	hungUp(session: SoftphoneSession): void;
	/** Media could not be agreed or broke. */
	failed(session: SoftphoneSession, reason: string): void;
	/** A phone has answered what rang, and no sound came up in time: the call goes back to its place. */
	silent(session: SoftphoneSession): void;
	/** The phone is gone and another one of the user can have the call. */
	abandoned(session: SoftphoneSession): void;
	/** A call rang for a connection that had been kept, and that is gone: it has to be offered. */
	unready(conversationId: string): void;
}

/** Tests are in more of a hurry. */
export interface SoftphoneOptions {
	graceMs?: number | undefined;
	setupMs?: number | undefined;
	/** How long the connection of a user's phone stays open without a call, in ms; undefined where it ends with the call. */
	persistentMs?: ((userId: string) => Promise<number | undefined>) | undefined;
}

interface Session extends SoftphoneSession {
	/** Candidates of the engine that wait for the phone's answer. */
	early: string[];
	/** Runs while the lost phone may still come back. */
	grace?: NodeJS.Timeout;
	/** Runs while the sound is being set up. */
	setup?: NodeJS.Timeout;
	/** Sound flows. */
	isUp?: boolean;
	/** How long it stays open without a call, in ms; undefined where it ends with the call. */
	keepMs?: number | undefined;
}

/** How long a phone that lost its stream may take to reconnect before another phone of the user gets its call, in ms. */
const defaultGraceMs = 4000;
/** How long the sound may take from the phone's answer, in ms: far more than any network needs, less than people wait. */
const defaultSetupMs = 8000;
/** Told to a phone whose call went back to its place. */
const noSound = "no sound";
/** Far more than an engine has addresses. */
const maxEarlyCandidates = 64;
/** Reasons of a phone that did not hang up but failed (XEP-0166 section 7.4); anything else is the user's wish. */
const failures = /fail|error|timeout|expired|gone|alternative-session/;

/**
 * Call sessions of users' WebRTC phones: propose, proceed, offer, answer, candidates, terminate (platform-api 6.2, 6.3).
 * A session is offered to every phone of the user; the first that proceeds has it. Where the user's station is set so, its
 * connection stays open when the call ends and has the next one at once (persistent connection, platform-api 6.3).
 */
export class Softphones {
	readonly #phones: PhoneRegistry;
	readonly #engine: MediaEngine;
	readonly #signals: SoftphoneSignals;
	readonly #events: SoftphoneEvents;
	readonly #graceMs: number;
	readonly #setupMs: number;
	readonly #persistentMs: (userId: string) => Promise<number | undefined>;
	readonly #kept: KeptConnections<Session>;
	readonly #sessions = new Map<string, Session>();
	readonly #byUser = new Map<string, Set<Session>>();
	/** Phones that their user has left for another one: nothing is offered to them while another is there. */
	readonly #left = new WeakSet<XmppStream>();
	readonly #endings: Array<() => void>;

	constructor(
		phones: PhoneRegistry,
		engine: MediaEngine,
		domain: string,
		events: SoftphoneEvents,
		options: SoftphoneOptions = {},
	) {
		this.#phones = phones;
		this.#engine = engine;
		this.#signals = new SoftphoneSignals(domain);
		this.#events = events;
		this.#graceMs = options.graceMs ?? defaultGraceMs;
		this.#setupMs = options.setupMs ?? defaultSetupMs;
		this.#persistentMs = options.persistentMs ?? (async () => undefined);
		this.#kept = new KeptConnections({
			expired: (session) => this.end(session, "inactivity"),
			unready: (conversationId) => this.#events.unready(conversationId),
		});
		this.#endings = [
			phones.onReachable((userId, phone) => this.#onPhone(userId, phone)),
			phones.onGone((userId, phone) => this.#onPhoneGone(userId, phone)),
			engine.onEvent((event) => this.#onMedia(event)),
		];
	}

	/** Stops listening; sessions stay as they are. */
	stop(): void {
		for (const end of this.#endings) end();
		for (const session of this.#sessions.values()) stopTimers(session);
		this.#kept.stop();
	}

	/** Offers a call to all phones of a user; a phone that connects later is offered it too. */
	propose(call: SoftphoneCall & { autoAnswer: boolean }): SoftphoneSession {
		const session: Session = { ...call, id: randomUUID(), answered: false, orphan: false, early: [] };
		this.#sessions.set(session.id, session);
		this.#byUser.set(call.userId, (this.#byUser.get(call.userId) ?? new Set()).add(session));
		for (const phone of this.#phonesInUse(call.userId)) this.#signals.propose(session, phone);
		void this.#learnKeeping([session]);
		return session;
	}

	/**
	 * Whether a connection of the user waits for this call, which then rings by its events alone. `unready` tells when the
	 * connection waits no longer.
	 */
	expects({ userId, conversationId }: SoftphoneCall): boolean {
		const isReady = this.#readyOf(userId) !== undefined;
		if (isReady) this.#kept.expect(userId, conversationId);
		return isReady;
	}

	/** Gives the call the connection that waits for it, if there is one. Its sound is up. */
	connect(call: SoftphoneCall): SoftphoneSession | undefined {
		const session = this.#readyOf(call.userId);
		if (!session) return undefined;
		this.#kept.take(session, call.conversationId);
		return Object.assign(session, { conversationId: call.conversationId, participantId: call.participantId });
	}

	/** The call is over: its connection is kept for the next one where the station wants it so, else it ends. */
	release({ id }: SoftphoneSession, reason: string): void {
		const session = this.#sessions.get(id);
		if (session?.keepMs === undefined || !this.#isKeepable(session)) {
			if (session) this.end(session, reason);
			return;
		}
		this.#engine.removeFromBridge(session.id);
		this.#kept.keep(Object.assign(session, { conversationId: "", participantId: "" }), session.keepMs);
	}

	/** Its sound flows to a phone that is in use, and the user has no other connection that waits. */
	#isKeepable({ isUp, phone, orphan, userId }: Session): boolean {
		const isInUse = phone !== undefined && !orphan && !this.#left.has(phone);
		return isUp === true && isInUse && !this.#kept.of(userId);
	}

	/** The user's station is another one, or set otherwise: what is kept for nothing ends. */
	async stationChanged(userId: string): Promise<void> {
		await this.#learnKeeping([...(this.#byUser.get(userId) ?? [])]);
		const kept = this.#kept.of(userId);
		if (kept && kept.keepMs === undefined) this.end(kept, "success");
	}

	#readyOf(userId: string): Session | undefined {
		const session = this.#kept.of(userId);
		return session?.phone && !session.orphan && !this.#left.has(session.phone) ? session : undefined;
	}

	/** One whose station cannot be read now ends with its call. */
	async #learnKeeping(sessions: Session[]): Promise<void> {
		const [first] = sessions;
		if (!first) return;
		const keepMs = await this.#persistentMs(first.userId).catch(() => undefined);
		for (const session of sessions) session.keepMs = keepMs;
	}

	/**
	 * The user goes on at another phone: what those here have is its as soon as it is connected, whether or not they are
	 * still reached.
	 */
	handOver(userId: string): void {
		const phones = this.#phones.phonesOf(userId);
		const newest = phones.at(-1);
		const held = [...(this.#byUser.get(userId) ?? [])].filter((session) => session.phone);
		for (const phone of phones) if (phone !== newest || phones.length === 1) this.#left.add(phone);
		for (const session of held) if (session.phone !== newest) this.#abandon(session);
	}

	/** All phones of a user, but those that were left for another. */
	#phonesInUse(userId: string): XmppStream[] {
		const all = this.#phones.phonesOf(userId);
		const used = all.filter((phone) => !this.#left.has(phone));
		return used.length > 0 ? used : all;
	}

	/** Ends a session: a phone that has it hangs up, phones that still ring stop. */
	end({ id }: SoftphoneSession, reason: string): void {
		const session = this.#sessions.get(id);
		if (!session) return;
		this.#forget(session);
		if (session.phone) this.#signals.terminate(session, session.phone, reason);
		else for (const phone of this.#phones.phonesOf(session.userId)) this.#signals.notice("retract", session, phone);
	}

	/** `proceed`, `accept` or `reject` from a phone. One that still wants to take what has ended is told so once more. */
	onSessionMessage(phone: XmppStream, kind: string, sessionId: string): void {
		const session = this.#sessions.get(sessionId);
		if (!session && kind === "proceed") this.#signals.notice("retract", { id: sessionId }, phone);
		if (!session || session.userId !== phone.userId) return;
		if (kind === "proceed") void this.#proceed(session, phone);
		const isFree = !session.phone || (session.phone === phone && !session.answered);
		if (kind === "reject" && isFree) this.#reject(session, phone);
	}

	/**
	 * `answer` or `terminate` from the phone that has the session; others' and unknown ones are ignored. So is `iceCandidate`:
	 * the engine sends to where checks come from, whatever a phone names. An answer to what has ended is told so once more:
	 * the official SDK drops a `terminate` that comes while it still takes the offer in, and would keep the session, and for
	 * its sake take no other call.
	 */
	onRtc(phone: XmppStream, message: RtcMessage): void {
		const id = text(message.params.sessionId);
		const session = this.#sessions.get(id);
		if (!session && message.method === "answer") this.#signals.terminate({ id }, phone, "success");
		if (!session || session.phone !== phone) return;
		if (message.method === "answer") this.#onAnswer(session, phone, text(message.params.sdp));
		if (message.method === "terminate") this.#onTerminate(session, text(message.params.reason));
	}

	async #proceed(session: Session, phone: XmppStream): Promise<void> {
		if (session.phone) {
			if (session.phone !== phone) this.#signals.notice("accept", session, phone);
			return;
		}
		session.phone = phone;
		this.#expectSound(session);
		for (const other of this.#phones.phonesOf(session.userId))
			if (other !== phone) this.#signals.notice("accept", session, other);
		try {
			const { sdp } = await this.#engine.createWebRtcLeg(session.id);
			if (this.#isCurrent(session)) this.#signals.offer(session, session.phone, sdp, session.keepMs !== undefined);
			// Ended meanwhile: the engine may have been told to close the leg before it had made it.
			else this.#engine.closeLeg(session.id);
		} catch (error) {
			this.#fail(session, error instanceof Error ? error.message : String(error));
		}
	}

	#expectSound(session: Session): void {
		this.#phones.setAnswering(session.participantId, true);
		session.setup = setTimeout(() => {
			if (session.autoAnswer) this.#fail(session, "no sound in time");
			else if (this.#isCurrent(session)) {
				this.end(session, noSound);
				this.#events.silent(session);
			}
		}, this.#setupMs);
	}

	#hasSound(session: Session): void {
		session.isUp = true;
		clearTimeout(session.setup);
		this.#phones.setAnswering(session.participantId, false);
	}

	#onAnswer(session: Session, phone: XmppStream, sdp: string): void {
		if (session.answered) return;
		session.answered = true;
		this.#engine.acceptAnswer(session.id, sdp);
		for (const one of session.early.splice(0)) this.#signals.candidate(session, phone, one);
	}

	#reject(session: Session, by: XmppStream): void {
		this.#forget(session);
		for (const phone of this.#phones.phonesOf(session.userId))
			if (phone !== by) this.#signals.notice("retract", session, phone);
		this.#events.rejected(session);
	}

	#onTerminate(session: Session, reason: string): void {
		if (failures.test(reason)) {
			this.#fail(session, reason);
			return;
		}
		const wasKept = this.#kept.has(session);
		this.#forget(session);
		if (!wasKept) this.#events.hungUp(session);
	}

	#fail(session: Session, reason: string): void {
		if (!this.#isCurrent(session)) return;
		this.end(session, "media lost");
		this.#events.failed(session, reason);
	}

	#onMedia(event: MediaEvent): void {
		if (event.type === "restarted") for (const kept of this.#kept.all()) this.end(kept, "media lost");
		if (event.type === "leg-lost") this.#onLost(event.legId);
		if (event.type !== "candidate" && event.type !== "leg-connected") return;
		const session = this.#sessions.get(event.legId);
		if (!session) return;
		if (event.type === "leg-connected") {
			this.#hasSound(session);
			return;
		}
		const sdp = candidateSdp(event.candidate, event.mid);
		if (session.answered && session.phone) this.#signals.candidate(session, session.phone, sdp);
		else if (session.early.length < maxEarlyCandidates) session.early.push(sdp);
	}

	/** Of a call's leg the call is told, which ends the session. */
	#onLost(legId: string): void {
		const session = this.#sessions.get(legId);
		if (session && this.#kept.has(session)) this.end(session, "media lost");
	}

	/** A phone has (re)connected: it goes on with what it had, and is offered what still waits for a phone. */
	#onPhone(userId: string, phone: XmppStream): void {
		for (const session of [...(this.#byUser.get(userId) ?? [])]) {
			if (!session.phone) this.#signals.propose(session, phone);
			else if (session.answered && session.phone.client === phone.client) rebind(session, phone);
			else if (session.orphan || this.#left.has(session.phone)) this.#abandon(session);
		}
	}

	/** Media may go on without signalling, so a phone that reconnects keeps its call; another one gets it after a while. */
	#onPhoneGone(userId: string, phone: XmppStream): void {
		for (const session of [...(this.#byUser.get(userId) ?? [])]) {
			if (session.phone !== phone) continue;
			session.orphan = true;
			if (!this.#phones.isReachable(userId) && !this.#kept.has(session)) continue;
			if (session.answered) session.grace = setTimeout(() => this.#abandon(session), this.#graceMs);
			else this.#abandon(session);
		}
	}

	#abandon(session: Session): void {
		if (!this.#isCurrent(session)) return;
		this.end(session, "replaced");
		this.#events.abandoned(session);
	}

	#isCurrent(session: Session): boolean {
		return this.#sessions.get(session.id) === session;
	}

	#forget(session: Session): void {
		stopTimers(session);
		this.#phones.setAnswering(session.participantId, false);
		this.#sessions.delete(session.id);
		const own = this.#byUser.get(session.userId);
		own?.delete(session);
		if (own?.size === 0) this.#byUser.delete(session.userId);
		this.#engine.closeLeg(session.id);
		this.#kept.take(session);
	}
}

function stopTimers({ grace, setup }: Session): void {
	clearTimeout(grace);
	clearTimeout(setup);
}

/** The same client on a new stream: page and media have stayed. */
function rebind(session: Session, phone: XmppStream): void {
	clearTimeout(session.grace);
	session.grace = undefined;
	session.phone = phone;
	session.orphan = false;
}

function text(value: unknown): string {
	return typeof value === "string" ? value : "";
}
