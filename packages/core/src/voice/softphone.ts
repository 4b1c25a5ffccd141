import { randomUUID } from "node:crypto";
import type { MediaEngine } from "./media-engine.ts";
import type { PhoneRegistry } from "./streaming/phone-registry.ts";
import { proposeStanza, type RtcMessage, rtcStanza, sessionNotice } from "./streaming/stanzas.ts";
import type { XmppStream } from "./streaming/stream.ts";

/** One user's part in a conversation, as their phones see it. */
export interface SoftphoneSession {
	/** Also the id of the media leg. */
	id: string;
	conversationId: string;
	participantId: string;
	userId: string;
	autoAnswer: boolean;
	/** The phone that took it; the others have stopped ringing. */
	phone?: XmppStream;
	/** The phone has taken the offer; before, it does not know the session and candidates would be lost on it. */
	answered: boolean;
}

/** What sessions tell the call. */
export interface SoftphoneEvents {
	/** A phone refused: the user does not want the call. */
	rejected(session: SoftphoneSession): void;
	/** The phone ended a session that the server had not ended. */
	hungUp(session: SoftphoneSession, reason: string): void;
	/** The phone that had the session is gone; the call may be offered again. */
	phoneGone(session: SoftphoneSession): void;
}

/**
 * Call signalling towards users' WebRTC phones: propose, proceed, offer, answer, candidates, terminate
 * (platform-api 6.2, 6.3). A session is offered to every phone of the user; the first that proceeds has it.
 */
export class Softphones {
	readonly #phones: PhoneRegistry;
	readonly #engine: MediaEngine;
	readonly #domain: string;
	readonly #events: SoftphoneEvents;
	readonly #sessions = new Map<string, SoftphoneSession>();

	constructor(phones: PhoneRegistry, engine: MediaEngine, domain: string, events: SoftphoneEvents) {
		this.#phones = phones;
		this.#engine = engine;
		this.#domain = domain;
		this.#events = events;
		phones.onReachable((userId) => this.#proposeAgain(userId));
		phones.onGone((_userId, stream) => this.#onPhoneGone(stream));
		engine.onEvent((event) => {
			if (event.type === "candidate") this.#sendCandidate(event.legId, event.candidate, event.mid);
		});
	}

	/** Offers a call to all phones of a user; a phone that connects later is offered it too. */
	propose(call: {
		conversationId: string;
		participantId: string;
		userId: string;
		autoAnswer: boolean;
	}): SoftphoneSession {
		const session: SoftphoneSession = { ...call, id: randomUUID(), answered: false };
		this.#sessions.set(session.id, session);
		for (const phone of this.#phones.phonesOf(call.userId)) this.#proposeTo(session, phone);
		return session;
	}

	/** Whether one of the user's phones is connected just now. */
	isReachable(userId: string): boolean {
		return this.#phones.isReachable(userId);
	}

	/** Ends a session: a phone that has it hangs up, phones that still ring stop. */
	end(session: SoftphoneSession, reason: string): void {
		if (!this.#sessions.delete(session.id)) return;
		this.#early.delete(session.id);
		if (session.phone) this.#sendRtc(session, session.phone, "terminate", { reason });
		else for (const phone of this.#phones.phonesOf(session.userId)) this.#notice("retract", session, phone);
		this.#engine.closeLeg(session.id);
	}

	/** `proceed`, `accept` or `reject` from a phone. */
	onSessionMessage(phone: XmppStream, kind: string, sessionId: string): void {
		const session = this.#sessions.get(sessionId);
		if (!session || session.userId !== phone.userId) return;
		if (kind === "proceed") void this.#proceed(session, phone);
		if (kind === "reject" && !session.phone) this.#reject(session);
	}

	onRtc(phone: XmppStream, message: RtcMessage): void {
		const session = this.#sessions.get(String(message.params.sessionId ?? ""));
		if (!session || session.phone !== phone) return;
		const sdp = String(message.params.sdp ?? "");
		if (message.method === "answer") this.#onAnswer(session, phone, sdp);
		if (message.method === "iceCandidate") this.#addCandidate(session, sdp);
		if (message.method === "terminate") this.#onTerminate(session, String(message.params.reason ?? "success"));
	}

	async #proceed(session: SoftphoneSession, phone: XmppStream): Promise<void> {
		if (session.phone) {
			if (session.phone !== phone) this.#notice("accept", session, phone);
			return;
		}
		session.phone = phone;
		for (const other of this.#phones.phonesOf(session.userId))
			if (other !== phone) this.#notice("accept", session, other);
		const { sdp } = await this.#engine.createWebRtcLeg(session.id);
		if (this.#sessions.get(session.id) !== session) return this.#engine.closeLeg(session.id);
		this.#sendRtc(session, phone, "offer", { conversationId: session.conversationId, sdp, reinvite: false });
	}

	#onAnswer(session: SoftphoneSession, phone: XmppStream, sdp: string): void {
		this.#engine.acceptAnswer(session.id, sdp);
		session.answered = true;
		for (const one of this.#early.get(session.id) ?? []) this.#sendRtc(session, phone, "iceCandidate", { sdp: one });
		this.#early.delete(session.id);
	}

	#reject(session: SoftphoneSession): void {
		this.#sessions.delete(session.id);
		for (const phone of this.#phones.phonesOf(session.userId)) this.#notice("retract", session, phone);
		this.#events.rejected(session);
	}

	#onTerminate(session: SoftphoneSession, reason: string): void {
		this.#sessions.delete(session.id);
		this.#engine.closeLeg(session.id);
		this.#events.hungUp(session, reason);
	}

	/** Candidates of the engine that wait for the phone's answer. */
	readonly #early = new Map<string, string[]>();

	/** An m-line placeholder with the real mid and one candidate line (platform-api 6.2, step 13). */
	#sendCandidate(legId: string, candidate: string, mid: string): void {
		const session = this.#sessions.get(legId);
		if (!session) return;
		const sdp = `m=${mid} 9 RTP/AVP 0\r\na=${candidate.replace(/^a=/, "")}`;
		if (session.answered && session.phone) this.#sendRtc(session, session.phone, "iceCandidate", { sdp });
		else this.#early.set(legId, [...(this.#early.get(legId) ?? []), sdp]);
	}

	#addCandidate(session: SoftphoneSession, sdp: string): void {
		const mid = /m=(\S+)/.exec(sdp)?.[1];
		const candidate = /a=(candidate:[^\r\n]+)/.exec(sdp)?.[1];
		// The end of candidates has neither: the engine needs no such mark.
		if (mid && candidate) this.#engine.addCandidate(session.id, candidate, mid);
	}

	/** A phone has (re)connected: it is offered what still waits for one. */
	#proposeAgain(userId: string): void {
		for (const session of this.#sessions.values()) {
			if (session.userId !== userId || session.phone) continue;
			for (const phone of this.#phones.phonesOf(userId)) this.#proposeTo(session, phone);
		}
	}

	#onPhoneGone(stream: XmppStream): void {
		for (const session of this.#sessions.values()) if (session.phone === stream) this.#events.phoneGone(session);
	}

	#proposeTo(session: SoftphoneSession, phone: XmppStream): void {
		phone.send(
			proposeStanza({
				sessionId: session.id,
				conversationId: session.conversationId,
				from: this.#jidOf(session),
				to: phone.jid,
				userId: session.userId,
				autoAnswer: session.autoAnswer,
			}),
		);
	}

	#notice(kind: "accept" | "retract", session: SoftphoneSession, phone: XmppStream): void {
		phone.send(sessionNotice(kind, session.id, phone.jid, this.#jidOf(session)));
	}

	#sendRtc(session: SoftphoneSession, phone: XmppStream, method: string, params: Record<string, unknown>): void {
		const message: RtcMessage = {
			jsonrpc: "2.0",
			id: randomUUID(),
			method,
			params: { sessionId: session.id, ...params },
		};
		phone.send(rtcStanza(message, phone.jid, this.#jidOf(session)));
	}

	/** `gjoll` in the sender's JID makes it a softphone call for the SDK (platform-api 6.2). */
	#jidOf(session: SoftphoneSession): string {
		return `${session.id}@gjoll.${this.#domain}/${session.id}`;
	}
}
